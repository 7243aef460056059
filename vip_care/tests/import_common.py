import base64
import csv
import io

from .common import VipCareCommon


class VipImportCommon(VipCareCommon):
    """Short ways to check and import texts as files."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls._create_employee("李莉", barcode="0417")

    @classmethod
    def _new_import(cls, members=None, purchases=None, **vals):
        vals = {"store_id": cls.store.id} | vals
        for kind, content in (("member", members), ("purchase", purchases)):
            if content is not None:
                data = content if isinstance(content, bytes) else content.encode()
                vals[f"{kind}_file"] = base64.b64encode(data)
                vals.setdefault(f"{kind}_filename", f"{kind}s.csv")
        return cls.env["vip.import"].create(vals)

    @classmethod
    def _check(cls, members=None, purchases=None, **vals):
        record = cls._new_import(members, purchases, **vals)
        record.action_check()
        if record.in_background:
            record._cron_import()
        return record

    def _import(self, members=None, purchases=None, **vals):
        record = self._check(members, purchases, **vals)
        self.assertEqual(record.state, "checked", record.message)
        record.action_import()
        self.assertEqual(record.state, "done", record.message)
        return record

    def _errors(self, record):
        """Return the lines of the error file."""
        text = base64.b64decode(record.error_file or b"").decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text)))[1:]

    def _member(self, phone):
        return (
            self.env["res.partner"]
            .with_context(active_test=False)
            .search([("vip_phone_key", "=", f"+86{phone}")])
        )

    def _purchases(self, *references):
        return self.env["vip.purchase"].search([("import_ref", "in", references)])
