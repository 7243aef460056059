from contextlib import ExitStack

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.vip_care.tests.text_common import VipTextCommon

from ..gateways.base import TemplateCall

BIRTHDAY = "${name}，生日快乐！——${store}，拒收请回复R"
FIXED = "生日快乐，愿您平安喜乐。拒收请回复R"


class SmsTemplateCommon(VipTextCommon):
    """A gateway that sends approved templates only, and short ways to file them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.templates = cls.env["vip.sms.template"]
        cls.gateway = cls.env["vip.sms.gateway"].create(
            {
                "name": "Mainland",
                "kind": "aliyun",
                "company_id": cls.company.id,
                "signature": "衣品女装",
            }
        )

    @classmethod
    def _file(cls, body=BIRTHDAY, state="approved", **vals):
        code = f"SMS_{next(cls.codes)}"
        return cls.templates.create(
            {"gateway_id": cls.gateway.id, "code": code, "body": body, "state": state}
            | vals
        )

    def _match(self, body, **options):
        return self.templates._match(self.gateway, body, **options)

    def _why_not(self, body, **options):
        return self.templates._why_not(self.gateway, body, **options)


@tagged("post_install", "-at_install")
class TestSmsTemplate(SmsTemplateCommon):
    def test_the_approved_template_of_a_text(self):
        template = self._file()
        for body in (
            "王芳女士，生日快乐！——南京路店 林悦",
            "【衣品女装】王芳女士，生日快乐！——南京路店 林悦，拒收请回复R",
            "王芳女士，生日快乐！——南京路店 林悦\r\n拒收请回复R\n",
        ):
            call = self._match(body)
            params = {"name": "王芳女士", "store": "南京路店 林悦"}
            self.assertEqual(call, TemplateCall(template.code, "衣品女装", params))
            self.assertEqual(
                self.templates._text_of(self.gateway, call),
                "【衣品女装】王芳女士，生日快乐！——南京路店 林悦，拒收请回复R",
            )
            self.assertEqual(self.templates._template_of(self.gateway, call), template)
            self.assertEqual(self._why_not(body), "")

    def test_what_no_template_says(self):
        self._file()
        for body in (
            "生日快乐！",
            "",
            False,
            None,
            5,
            "王芳，生日快乐！——店，明天来吗",
        ):
            self.assertIsNone(self._match(body))
            self.assertIn("No template", self._why_not(body))

    def test_the_most_specific_first(self):
        loose = self._file("${name}，生日快乐${rest}拒收请回复R")
        self.assertEqual(self._match("王芳，生日快乐呀").code, loose.code)
        self._file()
        self.assertEqual(self._match("王芳，生日快乐！——店").params["store"], "店")
        fixed = self._file("王芳，生日快乐！——店，拒收请回复R")
        self.assertEqual(self._match("王芳，生日快乐！——店").code, fixed.code)

    def test_only_the_gateways_own_and_approved_ones(self):
        template = self._file(state="filed")
        body = "王芳，生日快乐！——店"
        self.assertIsNone(self._match(body))
        self.assertIn("not approved these words yet", self._why_not(body))
        template.action_refuse()
        self.assertIn("has refused", self._why_not(body))
        template.action_file()
        template.action_approve()
        self.assertTrue(self._match(body))
        other = self.gateway.copy({"name": "Other"})
        self.assertIsNone(self.templates._match(other, body))
        template.active = False
        self.assertIsNone(self._match(body))
        template.active = True
        self.assertTrue(self._match(body))
        template.unlink()
        self.assertIsNone(self._match(body))

    def test_service_templates_carry_no_care(self):
        template = self._file("${name}，您的大衣修好了。", purpose="service")
        body = "王芳，您的大衣修好了。"
        self.assertEqual(self._match(body, purpose="service").code, template.code)
        self.assertIsNone(self._match(body, purpose="care"))
        self.assertIn(template.code, self._why_not(body, purpose="marketing"))

    def test_values_a_provider_refuses(self):
        self._file()
        for name, words in (
            ("陳" * 3, "traditional"),
            ("长" * 36, "35"),
            ("13800138000", "telephone"),
            ("芳🌸", "sign"),
        ):
            body = f"{name}，生日快乐！——店"
            self.assertIsNone(self._match(body))
            self.assertIn(words, self._why_not(body))
            self.assertIn(name, self._why_not(body))

    def test_a_fixed_text_stands_in(self):
        named = self._file()
        self._file("端午安康。拒收请回复R")
        stand_in = self._file(FIXED, in_place_of_id=named.id)
        call = self._match("陳女士，生日快乐！——店")
        self.assertEqual(call, TemplateCall(stand_in.code, "衣品女装", {}))
        self.assertEqual(
            self.templates._text_of(self.gateway, call), f"【衣品女装】{FIXED}"
        )
        # A link is no name: she would read other words for no good reason.
        self.assertIsNone(self._match("t.cn，生日快乐！——店"))
        taken = self._match("王芳，生日快乐！——店")
        self.assertEqual(taken.code, named.code)
        fallback = self.templates._fallback(self.gateway, taken)
        self.assertEqual((fallback.code, fallback.params), (stand_in.code, {}))
        self.assertIsNone(self.templates._fallback(self.gateway, fallback))
        stand_in.action_refuse()
        self.assertIsNone(self.templates._fallback(self.gateway, taken))

    def test_a_wrong_signature_sends_nothing(self):
        self._file()
        for signature in (False, "衣", "衣品女裝"):
            self.gateway.signature = signature
            self.assertIsNone(self._match("王芳，生日快乐！——店"))
            self.assertTrue(self._why_not("王芳，生日快乐！——店"))

    def test_looking_twice_asks_the_database_once(self):
        self._file()
        self._match("王芳，生日快乐！——店")
        self.gateway.fetch(["signature"])
        with self.assertQueryCount(0):
            self._match("李敏，生日快乐！——店")


@tagged("post_install", "-at_install")
class TestFiling(SmsTemplateCommon):
    def _refused(self, words):
        """Expect a refusal that says so; nothing of the attempt is kept."""
        stack = ExitStack()
        stack.enter_context(self.assertRaisesRegex(ValidationError, words))
        stack.enter_context(self.env.cr.savepoint())
        return stack

    def test_a_draft_tells_what_the_provider_would_refuse(self):
        draft = self._file("${name}，歡迎🎂", state="draft", code=False)
        for words in ("歡", "🎂", "拒收请回复R"):
            self.assertIn(words, draft.findings)
        with self._refused("歡"):
            draft.action_file()
        draft.body = BIRTHDAY
        self.assertFalse(draft.findings)
        draft.action_file()
        self.assertEqual(draft.state, "filed")

    def test_approved_needs_a_code_and_stays_as_it_is(self):
        template = self._file(state="filed", code=False)
        with self._refused("code"):
            template.action_approve()
        template.code = "SMS_77"
        template.action_approve()
        with self.assertRaisesRegex(UserError, "Copy the template"):
            template.body = FIXED
        with self.assertRaises(UserError):
            template.action_file()
        copy = template.copy()
        self.assertEqual((copy.state, copy.code, copy.body), ("draft", False, BIRTHDAY))

    def test_a_stand_in_is_fixed_and_of_the_same_gateway(self):
        named = self._file()
        with self.assertRaisesRegex(ValidationError, "no variables"):
            self._file(BIRTHDAY, in_place_of_id=named.id)
        other = self.gateway.copy({"name": "Other"})
        with self.assertRaisesRegex(ValidationError, "same gateway"):
            self._file(FIXED, in_place_of_id=named.id, gateway_id=other.id)

    def test_only_gateways_with_templates(self):
        kannel = self.gateway.copy({"kind": "kannel"})
        with self.assertRaisesRegex(ValidationError, "any text"):
            self._file(gateway_id=kannel.id)

    def test_a_text_of_the_bank_is_filed(self):
        text = self._text("{name}{honorific}，生日快乐！——", lang="zh_CN")
        text = text.with_user(self.office)
        self.assertTrue(text.vip_needs_filing)
        action = text.action_file()
        template = self.templates.browse(action["res_id"]).with_user(self.office)
        self.assertEqual(template.body, "${name}，生日快乐！—— ${store}，拒收请回复R")
        self.assertEqual((template.state, template.text_id), ("draft", text))
        self.assertFalse(template.findings)
        self.assertEqual(text.action_file()["res_id"], template.id)
        template.action_file()
        template.code = "SMS_9"
        template.action_approve()
        member = self._friend("王芳", lang="zh_CN")
        body = self.texts._render(self._task(member), text.sudo())
        self.assertEqual(self._match(body, purpose="care").code, "SMS_9")

    def test_who_files(self):
        text = self._text("Happy birthday, {name}!")
        with self.assertRaises(AccessError):
            text.with_user(self.manager).action_file()
        draft = self._text("Happy day, {name}!", approved=False)
        with self.assertRaisesRegex(UserError, "Approve"):
            draft.with_user(self.office).action_file()
        self.gateway.kind = "kannel"
        self.assertFalse(text.with_user(self.office).vip_needs_filing)
        with self.assertRaisesRegex(UserError, "No gateway"):
            text.with_user(self.office).action_file()

    def test_who_sees_templates(self):
        template = self._file()
        for user in (self.manager, self._login("ass", "associate")):
            for method in ("read", "action_refuse", "unlink"):
                with self.assertRaises(AccessError):
                    getattr(template.with_user(user), method)()
        office = template.with_user(self.office)
        self.assertEqual(office.read(["code"])[0]["code"], template.code)
        other = self.env["res.company"].create({"name": "Other"})
        self.gateway.company_id = other
        with self.assertRaises(AccessError):
            office.with_company(self.company).read(["code"])
