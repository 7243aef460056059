from datetime import date
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.vip_care.tests.common import VipCareCommon
from odoo.addons.vip_care_sms.gateways import base

DAY = date(2026, 6, 15)


class Signing(base.Gateway):
    adds_signature = True


class Templated(base.Gateway):
    has_templates = True


@tagged("post_install", "-at_install")
class TestCountryText(VipCareCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.countries = cls.env["vip.sms.country"]
        cls.gateway = cls.env["vip.sms.gateway"].create(
            {
                "name": "G",
                "kind": "http",
                "company_id": cls.company.id,
                "signature": "衣品女装",
            }
        )

    def _compose(self, body, code="CN", purpose="care", way="_compose", **vals):
        self.gateway.write(vals)
        country = self.env["res.country"].search([("code", "=", code)])
        compose = getattr(self.countries, way)
        return compose(body, self.gateway, country, purpose, DAY)

    def test_signature_and_ending(self):
        self.assertEqual(
            self._compose("王姐，生日快乐！"), "【衣品女装】王姐，生日快乐！拒收请回复R"
        )
        self.assertEqual(
            self._compose("生日快乐 林"), "【衣品女装】生日快乐 林 拒收请回复R"
        )
        self.assertEqual(
            self._compose("Happy birthday!"), "【衣品女装】Happy birthday!拒收请回复R"
        )
        self.assertEqual(
            self._compose("Happy birthday!", "HK", signature="Mode"),
            "Mode: Happy birthday! Reply STOP to opt out",
        )
        self.assertEqual(
            self._compose("生日快樂！", "TW"), "【Mode】生日快樂！拒收請回覆R"
        )
        self.assertEqual(
            self._compose("Your coat is ready.", purpose="service", code="US"),
            "Mode: Your coat is ready.",
        )
        self.assertEqual(self._compose("好。", signature=False), "好。拒收请回复R")

    def test_nothing_is_there_twice(self):
        whole = "【衣品女装】王姐，生日快乐！拒收请回复R"
        self.assertEqual(self._compose(whole), whole)
        self.assertEqual(
            self._compose("[衣品女装] 生日快乐！拒收请回复Ｒ。"),
            "[衣品女装] 生日快乐！拒收请回复Ｒ。",
        )
        latin = "MODE: Hello! Reply STOP to opt out."
        self.assertEqual(self._compose(latin, "HK", signature="Mode"), latin)

    def test_what_the_gateway_adds_is_left_to_it(self):
        for kind, expected in (
            (Signing, "王姐，生日快乐！拒收请回复R"),
            (Templated, "王姐，生日快乐！"),
            (base.Gateway, "【衣品女装】王姐，生日快乐！拒收请回复R"),
        ):
            with self.subTest(kind.__name__):
                with patch.object(base, "kinds", return_value={"http": kind}):
                    self.assertEqual(self._compose("王姐，生日快乐！"), expected)
                    # She reads all of it, and all of it is counted.
                    self.assertEqual(
                        self._compose("王姐，生日快乐！", way="_whole"),
                        "【衣品女装】王姐，生日快乐！拒收请回复R",
                    )

    def test_what_gateways_of_the_mainland_refuse(self):
        def check(text, country=self.china):
            return self.countries._check(text, country, DAY)

        for text, named in (
            ("送您优 惠 券", "优惠券"),
            ("欢迎邀请到店", "邀请到店"),
            ("积分兑换开始", "积分兑换"),
            ("加微信聊", "加微信"),
            ("新到皮草", "皮草"),
            ("您好，【店】", "【 】"),
            ("【衣品女装】【店】您好", "【 】"),
            ("只要¥99", "¥"),
            ("①先来", "①"),
            ("生日快乐🎂", "🎂"),
            ("生日快乐❤️", "❤"),
            ("1\ufe0f\u20e3号", "U+FE0F U+20E3"),
            ("祝您聖誕快樂", "聖 誕 樂"),
        ):
            with self.subTest(text):
                found = check(text)
                self.assertEqual(len(found), 1, found)
                self.assertIn(named, found[0])
        for text in (
            "【衣品女装】您好拒收请回复R",
            "陈昇、喆、堃、𠮷先生，天冷加衣",
            "",
            False,
            "Happy birthday, Ms Li",
        ):
            self.assertEqual(check(text), [])
        taiwan = self.env.ref("base.tw")
        self.assertEqual(check("祝您聖誕快樂🎄", taiwan), [])
        self.assertEqual(len(check("看 HTTPS://Bit.ly/x", taiwan)), 1)
