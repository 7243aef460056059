import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .gateway_common import OPTIONS, SECRETS, GatewayCommon

MARK = "zq-"
NAMES = [*SECRETS, "options_text", "callback_secret"]


@tagged("post_install", "-at_install")
class TestGatewaySecrets(GatewayCommon):
    def test_head_office_reads_a_gateway_but_no_secret_by_any_way(self):
        gateway = self.gateway.with_user(self.head)
        self.assertEqual(gateway.name, "Ours")
        everything = gateway.read()[0]
        self.assertFalse([name for name in [*NAMES, "secret"] if name in everything])
        self.assertNotIn(MARK, str(everything))
        for name in [*NAMES, "secret"]:
            with self.subTest(name):
                self._assert_no_way(gateway, name)

    def _assert_no_way(self, gateway, name):
        model = gateway.browse()
        ways = [
            lambda: gateway.read([name]),
            lambda: gateway[name],
            lambda: gateway.web_read({name: {}}),
            lambda: model.search_read([], [name]),
            lambda: model.search([(name, "=like", "z%")]),
            lambda: model.search([], order=name),
            lambda: model.formatted_read_group([], [name], ["__count"]),
            lambda: gateway.export_data([name]),
            lambda: gateway.write({name: "x"}),
            lambda: model.web_search_read([], {name: {}}),
        ]
        for number, way in enumerate(ways):
            with self.subTest(way=number):
                self.assertTrue(self._is_refused(way))

    def _is_refused(self, way):
        """Whether a way raises; fields that are not stored cannot be searched at all."""
        try:
            with self.env.cr.savepoint():
                way()
        except (AccessError, UserError, ValueError):
            return True
        return False

    def test_nobody_below_head_office_sees_gateways(self):
        with self.assertRaises(AccessError):
            self.gateway.with_user(self.associate).read(["name"])

    def test_the_administrator_never_reads_the_password_back(self):
        gateway = self.gateway.with_user(self.system)
        told = gateway.read([name for name in NAMES if name != "secret"])[0]
        self.assertEqual(told["url"], SECRETS["url"])
        self.assertEqual(told["options"], OPTIONS)
        self.assertNotIn("zq-password", str(told))
        form = gateway.web_read(dict.fromkeys(["password", "options_text"], {}))
        self.assertNotIn("zq-password", str(form))
        changed = gateway.onchange({}, [], {"password": {}, "kind": {}})
        self.assertNotIn("zq-password", str(changed))
        self._assert_no_way(gateway, "secret")

    def test_saving_the_dots_keeps_the_password(self):
        gateway = self.gateway.with_user(self.system)
        self.assertTrue(gateway.password)
        gateway.write({"password": gateway.password, "user": "zq-other"})
        self.assertEqual(gateway._settings().password, "zq-password")
        gateway.password = "a new one"
        self.assertEqual(gateway._settings().password, "a new one")
        gateway.invalidate_recordset()
        dots = gateway.password
        gateway.password = False
        gateway.invalidate_recordset()
        self.assertEqual(gateway._settings().password, "")
        self.assertFalse(gateway.password)
        self.assertNotIn("a new one", dots)

    def test_a_copy_and_the_chatter_hold_no_secret(self):
        gateway = self.gateway.with_user(self.system).with_context(
            tracking_disable=False
        )
        copy = gateway.copy()
        self.assertFalse(copy.user or copy.password or copy.sudo().secret)
        self.assertNotEqual(copy.callback_secret, gateway.callback_secret)
        gateway.write({"url": "http://127.0.0.1:9/zq-new", "password": "zq-new"})
        self.env.flush_all()
        self.env.cr.precommit.run()
        told = str(gateway.message_ids.mapped("body")) + str(
            gateway.message_ids.sudo().tracking_value_ids.read()
        )
        self.assertNotIn(MARK, told)

    def test_each_gateway_has_an_address_for_reports_that_can_be_renewed(self):
        other = self.gateway.create({"name": "Other", "kind": "http"})
        self.assertNotEqual(other.callback_secret, self.gateway.callback_secret)
        self.assertGreater(len(other.callback_secret), 40)
        old = self.gateway._report_url()
        self.assertTrue(old.startswith(self.gateway.get_base_url()))
        with self.assertRaises(AccessError):
            self.gateway.with_user(self.head).action_renew_secret()
        self.assertEqual(self.gateway._report_url(), old)
        self.gateway.with_user(self.system).action_renew_secret()
        self.assertNotEqual(self.gateway._report_url(), old)
        self.assertIn("/vip_care_sms/reply/", self.gateway._report_url("reply"))

    def test_options_are_edited_as_text(self):
        gateway = self.gateway.with_user(self.system)
        self.assertEqual(json.loads(gateway.options_text), OPTIONS)
        gateway.options_text = json.dumps(OPTIONS | {"body": "json"})
        self.assertEqual(gateway._settings().options["body"], "json")
