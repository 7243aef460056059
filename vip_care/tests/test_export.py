import csv
import io
import json

from openpyxl import load_workbook

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .trust_common import EXPORT, VipTrustCommon

REASON = "Autumn catalogue"


@tagged("post_install", "-at_install")
class TestExport(VipTrustCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = cls.lin + cls.boss + cls.gu + cls.he + cls.till + cls.auditor
        for user in people:
            user.group_ids += cls.env.ref(EXPORT)

    def _export(self, user, records, names=("name",), reason=REASON, **context):
        self.env.invalidate_all()
        records = records.with_user(user).with_context(
            vip_export_reason=reason, **context
        )
        return records.export_data(list(names))["datas"]

    def test_only_head_office_exports_members_and_what_is_ours(self):
        contact = self.env["res.partner"].create({"name": "Supplier"})
        self._buy(self.mine, "2026-06-01", 100)
        purchases = self.env["vip.purchase"].search([])
        product = self.env["product.template"].create({"name": "Coat"})
        seller_phone = ["seller_ids/partner_id/phone"]
        inside, outside = self.lin + self.boss + self.gu + self.till, self.clerk
        everybody = inside + outside + self.auditor
        cases = [
            ("member among contacts", self.mine + contact, ["name"], everybody),
            ("purchases", purchases, ["amount"], everybody),
            ("tiers", self.gold, ["name"], everybody),
            ("contact", contact, ["name"], inside),
            ("path to contacts", product, seller_phone, inside),
            ("no contact at all", product, ["name"], self.env["res.users"]),
        ]
        for case, records, names, refused in cases:
            for user in everybody + self.he:
                with self.subTest(case=case, user=user.login):
                    if user in refused:
                        with self.assertRaises(AccessError):
                            self._export(user, records.sudo(), names)
                    elif records.with_user(user).has_access("read"):
                        self.assertTrue(self._export(user, records, names))

    def test_a_path_to_a_member_is_an_export_of_her(self):
        product = self.env["res.partner.category"].create({"name": "Silk"})
        self.mine.category_id = product
        with self.assertRaises(AccessError):
            self._export(self.clerk, product, ["partner_ids/phone"])
        self.assertTrue(self._export(self.clerk, product, ["partner_ids/id"]))
        self._export(self.he, product, ["partner_ids/phone"])
        self.assertEqual(self._lines(kind="export").res_fields, "partner_ids/phone")

    def test_odoos_own_right_is_still_needed(self):
        office = self.he2
        with self.assertRaises(UserError):
            self._export(office, self.mine)
        self.assertFalse(self._lines(kind="export"))

    def test_an_export_is_logged_with_its_reason_and_views(self):
        domain = "[('phone', '=', '13900000001')]"
        both = self.mine + self.hers
        self._export(self.he, both, ["name", "phone"], vip_export_domain=domain)
        self.assertRecordValues(
            self._lines(kind="export"),
            [
                {
                    "user_id": self.he.id,
                    "res_model": "res.partner",
                    "res_fields": "name, phone",
                    "res_domain": "[('phone', '=', '139****0001')]",
                    "count": 2,
                    "reason": REASON,
                }
            ],
        )
        views = self.env["vip.access.view"].search([("user_id", "=", self.he.id)])
        self.assertEqual(views.partner_id, both)
        self.assertTrue(all(views.mapped("is_exported")))

    def test_no_reason_no_export(self):
        for reason in (None, "", "  ", "xxxxx", 7):
            with self.subTest(reason=reason), self.assertRaises(UserError):
                self._export(self.he, self.mine, reason=reason)
        self.assertFalse(self._lines(kind="export"))

    def test_the_limit_counts_rows_and_alarms_once(self):
        self.company.vip_export_limit = 10
        four = self.mine + self.hers + self.away + self._create_member()
        self._export(self.he, four)
        self.assertFalse(self._told(self.he2, "exports many members"))
        self._export(self.he, four)
        with self.assertRaises(UserError) as refusal:
            self._export(self.he, four)
        self.assertIn("8 are used", str(refusal.exception))
        self._export(self.he, self.mine)
        self.assertEqual(len(self._told(self.he2, "exports many members")), 1)
        self.assertFalse(self._told(self.he, "exports many members"))
        self.assertEqual(sum(self._lines(kind="export").mapped("count")), 9)

    def test_auditors_take_the_log_along(self):
        line = self.env["vip.access.log"]._log("lookup", partner_id=self.mine.id)
        rows = self._export(self.auditor, line, ["name", "partner_name"])
        self.assertEqual(rows, [[f"L{line.id}", "王*"]])
        self.assertEqual(self._lines(kind="export").user_id, self.auditor)


@tagged("post_install", "-at_install")
class TestExportFiles(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = f"base.group_user,{EXPORT},vip_care.group_"
        cls.he = new_test_user(cls.env, "vip_he", groups=groups + "head_office")
        cls.boss = new_test_user(cls.env, "vip_boss", groups=groups + "store_manager")
        cls.members = cls.env["res.partner"].create(
            [
                {"name": name, "phone": phone, "is_vip_member": True, "city": city}
                for name, phone, city in [
                    ("王芳", "+8613911110001", "上海"),
                    ("李梅", "+8613911110002", "杭州"),
                ]
            ]
        )

    def _lines(self, kind):
        self.env.invalidate_all()
        users = self.he + self.boss
        return self.env["vip.access.log"].search(
            [("kind", "=", kind), ("user_id", "in", users.ids)]
        )

    def _download(self, user, kind, reason="Autumn catalogue", **params):
        self.authenticate(user.login, user.login)
        data = {
            "model": "res.partner",
            "fields": [
                {"name": "name", "label": "Name", "type": "char"},
                {"name": "phone", "label": "Phone", "type": "char"},
            ],
            "ids": False,
            "domain": [["id", "in", self.members.ids]],
            "import_compat": False,
            "context": {"vip_export_reason": reason, "vip_export_domain": "lies"},
        } | params
        return self._post(f"/web/export/{kind}", data)

    def _post(self, url, data):
        token = http.Request.csrf_token(self)
        return self.url_open(url, {"data": json.dumps(data), "csrf_token": token})

    def test_a_text_file_is_marked_and_can_be_imported(self):
        response = self._download(self.he, "csv")
        self.assertEqual(response.status_code, 200)
        line = self._lines("export")
        rows = list(csv.reader(io.StringIO(response.content.decode())))
        self.assertEqual(rows[0][:2], ["Name", "Phone"])
        self.assertRegex(rows[0][2], rf"^L{line.id}: .+ \(vip_he\), 20")
        self.assertEqual({row[2] for row in rows[1:]}, {f"L{line.id}"})
        self.assertEqual(len(rows), 3)
        name = response.headers["Content-Disposition"]
        self.assertIn(f"L{line.id}%20vip_he%2020", name)
        self.assertIn(str(self.members.ids), line.res_domain.replace("(", "["))
        self.assertEqual((line.count, line.ip), (2, "127.0.0.1"))
        wizard = self.env["base_import.import"].create(
            {"res_model": "res.partner", "file": response.content}
        )
        wizard.file_type = "text/csv"
        options = {"quoting": '"', "separator": ",", "has_headers": True}
        preview = wizard.parse_preview(options)
        self.assertNotIn(2, {int(place) for place in preview["matches"]})
        self.members.write({"phone": False})
        result = wizard.execute_import(["name", "phone", False], rows[0], options)
        self.assertEqual(len(result["ids"]), 2, result["messages"])

    def test_a_workbook_is_marked(self):
        for groupby in ([], ["city"]):
            with self.subTest(groupby=groupby):
                response = self._download(self.he, "xlsx", groupby=groupby)
                line = self._lines("export")[:1]
                book = load_workbook(io.BytesIO(response.content))
                self.assertEqual(book.sheetnames, ["Sheet1", line.name])
                self.assertEqual(book.worksheets[0].max_column, 2)
                told = [cell.value for cell in book[line.name]["B"]]
                self.assertEqual(told[0], line.name)
                self.assertEqual(told[3], "Autumn catalogue")
                self.assertIn("vip_he", book.properties.description)
                self.assertIn(line.name, response.headers["Content-Disposition"])

    @mute_logger("odoo.addons.web.controllers.export", "odoo.http")
    def test_refused_downloads_say_why_and_are_logged(self):
        for kind in ("csv", "xlsx"):
            response = self._download(self.boss, kind)
            self.assertEqual(response.status_code, 500)
            self.assertIn("Only head office exports members", response.text)
            self.assertNotIn("13911110001", response.text)
        self.assertEqual(self._lines("refused").mapped("user_id"), self.boss)
        self.assertEqual(len(self._lines("refused")), 2)
        response = self._download(self.he, "csv", reason="")
        self.assertIn("what the export is for", response.text)
        self.assertFalse(self._lines("export"))

    @mute_logger("odoo.addons.web.controllers.export", "odoo.http")
    def test_beyond_the_limit_the_refusal_is_logged_and_told(self):
        other = new_test_user(self.env, "he2", groups="vip_care.group_head_office")
        self.he.company_id.vip_export_limit = 1
        for _time in range(2):
            response = self._download(self.he, "csv")
            self.assertIn("beyond 1 rows a day", response.text)
        self.assertEqual(self._lines("limit").mapped("count"), [2, 2])
        told = self.env["mail.message"].search(
            [
                ("notified_partner_ids", "in", other.partner_id.ids),
                ("subject", "ilike", "exports many members"),
            ]
        )
        self.assertEqual(len(told), 1)
        self.assertFalse(self._lines("export"))

    def test_contacts_that_are_no_members_leave_as_odoo_has_it(self):
        contact = self.env["res.partner"].create({"name": "Supplier"})
        params = {"domain": [["id", "=", contact.id]], "reason": None}
        response = self._download(self.he, "csv", **params)
        self.assertEqual(response.text.splitlines()[0], '"Name","Phone"')
        self.assertFalse(self._lines("export"))

    @mute_logger("odoo.http")
    def test_a_pivot_leaves_under_the_same_rules(self):
        table = {
            "title": "Purchases",
            "model": "vip.purchase",
            "measure_count": 1,
            "col_group_headers": [],
            "measure_headers": [],
            "rows": [{"indent": 0, "title": "Total", "values": [{"value": 5}]}],
        }
        for user, status in [(self.boss, 500), (self.he, 200)]:
            self.authenticate(user.login, user.login)
            response = self._post("/web/pivot/export_xlsx", table)
            self.assertEqual(response.status_code, status)
        self.assertEqual(self._lines("refused").details, "Purchases")
        self.assertEqual(self._lines("export").res_model, "vip.purchase")
