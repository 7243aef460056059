from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.vip_care.tests.care_task_common import CareTaskCommon


@tagged("post_install", "-at_install")
class TestCounter(CareTaskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.counter = cls.env["vip.sms.counter"]
        cls.gateway = cls.env["vip.sms.gateway"].create(
            {
                "name": "G",
                "kind": "http",
                "company_id": cls.company.id,
                "signature": "衣品女装",
                "price": 0.05,
                "counting": "mainland",
            }
        )
        cls.company.vip_sms_gateway_id = cls.gateway

    def test_what_is_put_around_the_words_of_a_contact(self):
        task = self._plan(self.mine, channel="message")
        told = self.counter.with_user(self.lin).of_task(task.id)
        self.assertEqual(
            told,
            {
                "counting": "mainland",
                "price": 0.05,
                "currency_id": self.company.currency_id.id,
                "around": {
                    "before": "【衣品女装】",
                    "after": "拒收请回复R",
                    "latin_before": "【衣品女装】",
                    "latin_after": "拒收请回复R",
                },
                "sample": False,
            },
        )
        task.purpose = "service"
        told = self.counter.with_user(self.lin).of_task(task.id)
        self.assertEqual(told["around"]["after"], "")

    def test_a_text_of_the_bank_has_typical_names(self):
        told = self.counter.with_user(self.lin).of_text("zh_CN", "birthday")
        self.assertEqual(told["sample"]["name"], "欧阳晓燕")
        self.assertEqual(told["sample"]["honorific"], "女士")
        self.assertTrue(told["sample"]["store"] and told["sample"]["associate"])
        told = self.counter.with_user(self.lin).of_text("en_US", "service")
        self.assertEqual(told["around"]["after"], "")
        self.assertIn("Wong", told["sample"]["name"])

    def test_nothing_without_a_gateway_or_for_junk(self):
        call = self._plan(self.mine)
        counter = self.counter.with_user(self.lin)
        for junk in (call.id, 0, -1, "x", None, True, 2**40, [call.id], {}):
            self.assertFalse(counter.of_task(junk))
        for junk in (None, {}, [], 1, "x" * 100):
            self.assertTrue(counter.of_text(junk, junk, junk))
        task = self._plan(self.mine, channel="message")
        self.company.vip_sms_gateway_id = False
        self.assertFalse(counter.of_task(task.id))
        self.assertFalse(counter.of_text("zh_CN", "birthday"))

    def test_who_may_ask(self):
        task = self._plan(self.mine, channel="message")
        outsider = new_test_user(self.env, "counter_outsider", "base.group_user")
        for ask in (
            lambda: self.counter.with_user(outsider).of_task(task.id),
            lambda: self.counter.with_user(outsider).of_text("zh_CN", "birthday"),
            lambda: self.counter.with_user(self.mei).of_task(task.id),
        ):
            with self.assertRaises(AccessError):
                ask()
