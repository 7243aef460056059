from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..gateways.base import STOP, Outgoing
from .gateway_common import OPTIONS, GatewayCommon


@tagged("post_install", "-at_install")
class TestGatewaySettings(GatewayCommon):
    def test_settings_that_cannot_work_are_refused_with_the_reason(self):
        cases = [
            ({"url": "file:///etc/passwd"}, "http"),
            ({"options": OPTIONS | {"method": "GET"}}, "POST, PUT"),
            ({"options": ["a"]}, "{…}"),
            ({"options_text": '{"a":\n}'}, "line 2"),
            ({"options_text": "[1]"}, "{…}"),
            ({"timeout": 0}, "60"),
            ({"timeout": 600}, "60"),
            ({"batch_size": 0}, "1000"),
            ({"price": -1}, "negative"),
            ({"day_limit": -1}, "negative"),
            ({"number_day_limit": -1}, "negative"),
            ({"kind": "kannel", "options": {"number": "+"}}, "account, smsc"),
        ]
        for vals, words in cases:
            with self.subTest(vals), self.assertRaises(UserError) as told:
                self.gateway.write(vals)
            self.assertIn(words, str(told.exception))

    def test_what_is_missing_is_asked_for_when_it_is_to_run(self):
        url = "http://127.0.0.1:9/cgi-bin/sendsms"
        gateways = self.env["vip.sms.gateway"].with_user(self.system)
        kannel = gateways.create({"name": "K", "kind": "kannel", "url": url})
        with self.assertRaises(ValidationError):
            kannel.action_resume()
        kannel.write({"user": "shop", "password": "secret"})
        kannel.action_resume()
        self.assertEqual(kannel.state, "running")
        whole = {"name": "K", "kind": "kannel", "url": url, "user": "shop"}
        gateways.create(whole | {"password": "secret"}).action_resume()
        with self.assertRaises(ValidationError):
            gateways.create(whole | {"user": "a\r\nb"})

    def test_reasons_are_in_the_users_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        translated = "地址必须以 https:// 或 http:// 开头。"
        source = "The address must begin with https:// or http://."
        gateway = self.gateway.with_context(lang="zh_CN")
        self.patch(
            self.env.registry["vip.sms.gateway"],
            "_explained",
            lambda self, error: translated if error.template == source else "",
        )
        with self.assertRaises(ValidationError) as told:
            gateway.url = "ftp://x"
        self.assertEqual(str(told.exception), translated)

    def test_a_new_http_gateway_begins_with_an_example(self):
        gateways = self.env["vip.sms.gateway"].with_user(self.system)
        gateway = gateways.new({"name": "New", "kind": "http"})
        gateway._onchange_kind()
        self.assertEqual(gateway.options["parameters"]["number"], "to")

    def test_what_a_gateway_is_given(self):
        settings = self.gateway._settings()
        self.assertEqual(
            (settings.url, settings.user, settings.password, settings.sender),
            ("http://127.0.0.1:9/zq-url", "zq-user", "zq-password", "zq-sender"),
        )
        self.assertEqual(settings.options, OPTIONS)
        self.assertEqual(settings.company_id, self.company.id)
        self.assertIsNone(settings.env)
        self.assertTrue(settings.report_url.endswith(self.gateway.callback_secret))
        odoos = self.gateway.create({"name": "Odoo", "kind": "odoo"})
        self.assertTrue(odoos._settings().report_url.endswith("/sms/status"))
        self.assertEqual(odoos._settings().env["res.users"]._name, "res.users")

    def test_whoever_may_send_needs_no_right_to_the_settings(self):
        gateway = self.gateway.with_user(self.head)
        self.assertEqual(gateway._gateway().settings.password, "zq-password")

    def test_one_that_cannot_work_takes_nothing_and_raises_nothing(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE vip_sms_gateway SET url = 'junk' WHERE id = %s", [self.gateway.id]
        )
        self.gateway.invalidate_recordset()
        message = Outgoing("a" * 32, "+8613800138000", "x")
        (result,) = self.gateway._gateway().send([message]).values()
        self.assertEqual(result.outcome, STOP)
        self.assertTrue(result.reason)
        self.gateway.active = False
        (result,) = self.gateway._gateway().send([message]).values()
        self.assertEqual(result.outcome, STOP)
