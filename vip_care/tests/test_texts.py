from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged

from ..models.vip_care_text import KIND_OF
from .text_common import SIGNED, VipTextCommon

BAD = {
    "en_US": ("Happy birthday, {name}! Enjoy 20% off this week.", "20% off"),
    "zh_CN": ("{name}{honorific}，生日快乐，全场八折等您。", "八折"),
    "zh_TW": ("{name}{honorific}，生日快樂，全館八折等您。", "八折"),
}
GOOD = {
    "en_US": "Happy birthday, {honorific} {name}. A gentle day to you.",
    "zh_CN": "{name}{honorific}，生日快乐，愿您平安喜乐。",
    "zh_TW": "{name}{honorific}，生日快樂，祝您平安順心。",
}
KIND = {"trigger": "birthday", "kind": "birthday"}


@tagged("post_install", "-at_install")
class TestTexts(VipTextCommon):
    def test_the_guard_reads_what_is_created_by_rpc(self):
        for lang, (body, words) in BAD.items():
            vals = KIND | {"lang": lang, "body": body + SIGNED}
            with self.subTest(lang), self.assertRaises(ValidationError) as refused:
                model = self.texts.with_user(self.manager)
                call_kw(model, "create", [[vals]], {"context": {"lang": "en_US"}})
            self.assertIn(words, str(refused.exception))
            self.assertIn("offer", str(refused.exception))

    def test_the_guard_reads_what_is_changed_in_lists_and_by_rpc(self):
        for lang, (body, _words) in BAD.items():
            text = self._text(GOOD[lang], approved=False, lang=lang)
            for method in ("write", "web_save"):
                vals = {"body": body + SIGNED}
                args = [[text.id], vals]
                more = {"specification": {}} if method == "web_save" else {}
                with self.subTest((lang, method)), self.assertRaises(ValidationError):
                    call_kw(self.texts.with_user(self.office), method, args, more)

    def test_the_guard_reads_words_written_in_another_language_of_the_screen(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        text = self._text(GOOD["zh_CN"], approved=False, lang="zh_CN")
        with self.assertRaises(ValidationError):
            text.with_context(lang="zh_CN").body = BAD["zh_CN"][0] + SIGNED
        self.assertFalse(self.texts._fields["body"].translate)

    def test_a_form_shows_findings_before_saving(self):
        for lang, (body, words) in BAD.items():
            with self.subTest(lang):
                form = Form(self.texts.with_user(self.manager))
                form.trigger = form.kind = "birthday"
                form.lang = lang
                form.body = body + SIGNED
                self.assertIn(words, form.findings)
                form.body = GOOD[lang] + SIGNED
                self.assertFalse(form.findings)
                self.assertEqual(form.save().state, "draft")

    def test_a_form_chooses_the_kind_and_reads_words_before_it(self):
        form = Form(self.texts.with_user(self.manager))
        form.body = "Half price today."
        self.assertIn("Half price", form.findings)
        for trigger, kind in (("purchase", "thanks"), ("festival", "greeting")):
            form.trigger = trigger
            self.assertEqual(form.kind, kind)

    def test_every_starter_text_has_the_kind_of_its_matter(self):
        for text in self.texts.search([("key", "!=", False)]):
            self.assertEqual(text.kind, KIND_OF.get(text.trigger, "greeting"))

    def test_an_imported_file_is_read_line_by_line(self):
        fields = ["trigger", "kind", "lang", "body"]
        for lang, (body, words) in BAD.items():
            rows = [
                ["Birthday", "Birthday", lang, GOOD[lang] + SIGNED],
                ["Birthday", "Birthday", lang, body + SIGNED],
            ]
            with self.subTest(lang):
                before = self.texts.search_count([])
                result = self.texts.with_user(self.office).load(fields, rows)
                self.assertFalse(result["ids"])
                self.assertIn(words, result["messages"][0]["message"])
                self.assertEqual(self.texts.search_count([]), before)
                result = self.texts.with_user(self.office).load(fields, rows[:1])
                self.assertEqual(self.texts.browse(result["ids"]).state, "draft")

    def test_a_kind_is_held_to_its_own_rules(self):
        text = self._text("Your points: ask us for the 200 yuan.", kind="points")
        with self.assertRaises(UserError):
            text.kind = "birthday"
        draft = text.copy()
        with self.assertRaises(ValidationError):
            draft.kind = "birthday"

    def test_every_code_of_the_guard_is_a_sentence(self):
        codes = "price discount product event link phone bait urging prying shouting"
        sentences = self.texts._finding_sentences()
        wanted = {*codes.split(), "placeholder", "signature"}
        self.assertEqual(set(sentences), wanted)
        for code in wanted - {"signature"}:
            self.assertIn("%(words)s", sentences[code])


@tagged("post_install", "-at_install")
class TestTextSteps(VipTextCommon):
    def _proposed(self):
        vals = KIND | {"lang": "en_US", "body": GOOD["en_US"] + SIGNED}
        text = self.texts.with_user(self.manager).create(vals)
        text.action_submit()
        return text

    def test_a_store_proposes_and_head_office_approves(self):
        before = self.env["mail.message"].search_count([("subject", "like", "Texts")])
        text = self._proposed()
        self.assertEqual((text.state, text.company_id), ("submitted", self.company))
        after = self.env["mail.message"].search_count([("subject", "like", "Texts")])
        self.assertGreater(after, before)
        for step in ("action_approve", "action_retire", "action_send_back"):
            with self.subTest(step), self.assertRaises(AccessError):
                getattr(text, step)()
        decided = text.with_user(self.office)
        decided.action_approve()
        self.assertEqual(decided.approved_by_id, self.office)
        self.assertTrue(decided.approved_at)

    def test_head_office_sends_back_with_a_reason(self):
        text = self._proposed().with_user(self.office)
        for nothing in (None, " ", 5, []):
            with self.subTest(nothing), self.assertRaises(UserError):
                text.action_send_back(nothing)
        text.action_send_back("Too long")
        self.assertEqual((text.state, text.reply), ("draft", "Too long"))
        message = self.env["mail.message"].search([], order="id desc", limit=1)
        self.assertEqual(message.partner_ids, self.manager.partner_id)
        self.assertIn("Too long", message.body)

    def test_what_is_changed_after_submitting_is_proposed_anew(self):
        text = self._proposed()
        text.body = "Many happy returns, {honorific} {name}." + SIGNED
        self.assertEqual(text.state, "draft")

    def test_an_approved_text_stays_as_it_is(self):
        text = self._text(GOOD["en_US"])
        changes = {
            "body": "Many happy returns." + SIGNED,
            "kind": "greeting",
            "trigger": "edge",
            "occasion_id": self.env["vip.occasion"].search([], limit=1).id,
            "lang": "zh_CN",
            "year": 2027,
            "tone": "neutral",
            "company_id": self.company.id,
        }
        for state in ("approved", "retired"):
            for name, value in changes.items():
                with self.subTest((state, name)), self.assertRaises(UserError):
                    text.with_user(self.office).write({name: value})
            with self.assertRaises(UserError):
                text.with_user(self.office).unlink()
            if state == "approved":
                text.with_user(self.office).action_retire()

    def test_a_copy_is_a_draft(self):
        text = self._text(GOOD["en_US"])
        copy = text.with_user(self.office).copy({"body": "Be happy, {name}." + SIGNED})
        self.assertEqual((copy.state, copy.approved_by_id.id), ("draft", False))
        copy.unlink()

    def test_nobody_approves_but_by_the_button(self):
        vals = KIND | {"lang": "en_US", "body": GOOD["en_US"] + SIGNED}
        office = self.texts.with_user(self.office)
        for name, value in (("state", "approved"), ("key", "mine_01")):
            with self.subTest(name), self.assertRaises(UserError):
                office.create(vals | {name: value})
            text = office.with_context(**{f"default_{name}": value}).create(vals)
            self.assertEqual((text.state, text.key), ("draft", False))
            with self.subTest(name), self.assertRaises(UserError):
                text.write({name: value})

    def test_the_guard_reads_again_what_is_approved(self):
        text = self._text(GOOD["en_US"], approved=False)
        text.flush_recordset()
        self.env.cr.execute(
            "UPDATE vip_care_text SET body = %s WHERE id = %s",
            ["Half price today! {store} {associate}", text.id],
        )
        text.invalidate_recordset()
        with self.assertRaises(ValidationError):
            text.with_user(self.office).action_approve()

    def test_who_reads_and_writes(self):
        text = self._text(GOOD["en_US"])
        draft = self._text("Be happy, {name}.", approved=False)
        associate = self._login("associate", "associate")
        seen = self.texts.with_user(associate).search([])
        self.assertIn(text, seen)
        self.assertNotIn(draft, seen)
        for user in (associate, self.manager):
            with self.subTest(user.login), self.assertRaises(AccessError):
                draft.with_user(user).tone = "neutral"  # of all companies
        with self.assertRaises(AccessError):
            self.texts.with_user(associate).create(
                KIND | {"lang": "en_US", "body": GOOD["en_US"] + SIGNED}
            )
        other = self.env["res.company"].create({"name": "Elsewhere"})
        with self.assertRaises(AccessError):
            self.texts.with_user(self.manager).create(
                KIND
                | {"lang": "en_US", "body": "Hi, {name}." + SIGNED}
                | {"company_id": other.id}
            )
