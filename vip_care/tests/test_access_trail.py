from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestAccessTrail(HttpCase):
    """What a browser or a script gets, and what stays when it is refused."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        china = cls.env.ref("base.cn")
        cls.store = cls.env["vip.store"].create(
            {"name": "North Gate", "code": "T1", "country_id": china.id}
        )
        group = "base.group_user,vip_care.group_"
        cls.lin = new_test_user(cls.env, "vip_lin", groups=group + "associate")
        cls.boss = new_test_user(cls.env, "vip_boss", groups=group + "store_manager")
        cls.he = new_test_user(cls.env, "vip_he", groups=group + "head_office")
        cls.store.manager_ids = cls.boss
        employee = cls.env["hr.employee"].create(
            {"name": "Lin", "user_id": cls.lin.id, "vip_store_id": cls.store.id}
        )
        cls.mine, cls.other = cls.env["res.partner"].create(
            [
                {
                    "name": name,
                    "phone": phone,
                    "is_vip_member": True,
                    "vip_store_id": cls.store.id,
                    "vip_owner_id": owner,
                }
                for name, phone, owner in [
                    ("王芳", "13911110001", employee.id),
                    ("李梅", "13911110002", False),
                ]
            ]
        )

    def _call(self, method, *args, **kwargs):
        params = {"model": "res.partner", "method": method}
        params |= {"args": args, "kwargs": kwargs}
        url = f"/web/dataset/call_kw/res.partner/{method}"
        return self.make_jsonrpc_request(url, params)

    def _refuse(self, method, *args):
        # Not assertRaises: its savepoint would take the log back too.
        try:
            self._call(method, *args)
        except JsonRpcException:
            return
        self.fail(f"{method} was not refused")

    def _rows(self, model, **values):
        self.env.invalidate_all()
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env[model].search([("user_id", "=", self.lin.id), *domain])

    @mute_logger("odoo.http", "odoo.sql_db")
    def test_reading_is_counted_though_odoo_reads_on_a_replica(self):
        self.authenticate("vip_lin", "vip_lin")
        spec = {"phone": {}}
        for _time in range(2):
            found = self._call("web_search_read", [["is_vip_member", "=", True]], spec)
            self.assertEqual(found["records"][0]["phone"], self.mine.phone)
        self.assertEqual(self._rows("vip.access.view").partner_id, self.mine)

    @mute_logger("odoo.http")
    def test_a_refused_reveal_stays_in_the_log_and_is_told(self):
        self.env.company.vip_reveal_limit = 1
        self.authenticate("vip_lin", "vip_lin")
        reason = "Parcel returned"
        number = self._call("vip_reveal_phone", self.other.id, reason)
        self.assertEqual(number, "+86 139 1111 0002")
        for _time in range(2):
            self._refuse("vip_reveal_phone", self.other.id, reason)
        self._refuse("vip_reveal_phone", self.env.user.partner_id.id, reason)
        lines = self._rows("vip.access.log").sorted("id")
        self.assertEqual(lines.mapped("kind"), ["reveal", "limit", "limit", "refused"])
        self.assertEqual(lines[:3].partner_id, self.other)
        ids = lines.ids
        self.assertEqual(ids, list(range(ids[0], ids[0] + 4)), "no number is missing")
        self.assertEqual(set(lines.mapped("ip")), {"127.0.0.1"})
        used = self._rows("vip.access.quota", kind="reveal")
        self.assertEqual((used.amount, used.is_alarmed), (1, True))
        told = self.env["mail.message"].search(
            [("notified_partner_ids", "in", self.boss.partner_id.ids)]
        )
        self.assertEqual(len(told), 1)

    @mute_logger("odoo.http")
    def test_visiting_cards_are_exports(self):
        url = f"/web/partner/vcard?partner_ids={self.mine.id},{self.other.id}"
        self.authenticate("vip_lin", "vip_lin")
        response = self.url_open(f"/web/partner/vcard?partner_ids={self.mine.id}")
        self.assertEqual(response.status_code, 403)
        self.assertNotIn("13911110001", response.text)
        self.assertTrue(self._rows("vip.access.log", kind="refused"))
        self.authenticate("vip_he", "vip_he")
        self.assertEqual(self.url_open(url).status_code, 200)
        lines = self.env["vip.access.log"].search([("user_id", "=", self.he.id)])
        self.assertEqual(lines.mapped("kind"), ["export", "export"])
        self.assertEqual(lines.partner_id, self.mine + self.other)
