from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .text_common import VipTextCommon

SIGNED = " North Gate Store Lin Yue"
BAD = {
    "en_US": "Happy birthday, Mei Chan! 30% off everything for you.",
    "zh_CN": "王小芳女士，生日快乐，全场七折，快来选购。",
    "zh_TW": "王小芳女士，生日快樂，全館七折，快來選購。",
}


@tagged("post_install", "-at_install")
class TestTextReworded(VipTextCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._friend()
        cls.task = cls._task(cls.member)

    def test_the_guard_reads_a_body_on_every_path(self):
        for lang, body in BAD.items():
            vals = {"body": body + SIGNED}
            ways = {
                "write": lambda vals=vals: self.task.write(vals),
                "sudo": lambda vals=vals: self.task.sudo().write(vals),
                "rpc": lambda vals=vals: call_kw(
                    self.env["vip.care.task"], "write", [[self.task.id], vals], {}
                ),
                "import": lambda vals=vals: self._load(vals["body"]),
                "create": lambda vals=vals: self._task(self.member, **vals),
            }
            for name, way in ways.items():
                with self.subTest((lang, name)), self.assertRaises(ValidationError):
                    way()
        self.env.invalidate_all()

    def _load(self, body):
        [[_id, name]] = self.task.export_data([".id", "id"])["datas"]
        result = self.env["vip.care.task"].load(["id", "body"], [[name, body]])
        if result["messages"]:
            raise ValidationError(result["messages"][0]["message"])

    def test_a_body_says_what_is_wrong_with_it(self):
        with self.assertRaises(ValidationError) as refused:
            self.task.body = "Happy birthday, {name}. Come in, 30% off."
        for words in ("30% off", "{name}", "signature"):
            self.assertIn(words, str(refused.exception))

    def test_the_kind_decides(self):
        body = "Mei Chan, your repair is done and costs 80 yuan." + SIGNED
        with self.assertRaises(ValidationError):
            self.task.body = body
        repair = self._task(self.member, text_kind="service", purpose="service")
        repair.body = body
        self.assertEqual(repair.body, body)

    def test_good_words_end_the_want_of_words(self):
        self.assertEqual(self._give(self.task), self.task)
        self.assertEqual(self.task.guard, "no_text")
        self.task.body = "Happy birthday, Mei Chan, with love." + SIGNED
        self.assertFalse(self.task.guard)
        self.assertTrue(self.task.body_digest)

    def test_who_writes_for_the_owner_signs_herself(self):
        body = "Happy birthday, Mei Chan. North Gate Store Su Qing"
        with self.assertRaises(ValidationError):
            self.task.body = body
        self._create_employee("Su Qing", user_id=self.manager.id)
        self.task.with_user(self.manager).body = body

    def test_an_associate_rewords_for_her_own_member(self):
        su = self._login("su", "associate")
        self.lin.user_id = su
        self.assertEqual(self._give(self.task), self.task)
        mine = self.task.with_user(su)
        mine.body = "Happy birthday, Mei Chan, with love." + SIGNED
        self.assertEqual((mine.guard, bool(mine.body_digest)), (False, True))
        with self.assertRaises(ValidationError):
            mine.body = BAD["en_US"] + SIGNED
        with self.assertRaises(AccessError):
            self.task.with_user(self._login("tang", "associate")).body = "Hi" + SIGNED

    def test_the_same_words_never_twice_to_a_member(self):
        self.task.body = "Happy birthday, Mei Chan, with love." + SIGNED
        later = self._task(self.member, date(2027, 3, 5))
        with self.assertRaises(ValidationError) as refused:
            later.body = "happy birthday Mei Chan! With love..." + SIGNED
        self.assertIn("before", str(refused.exception))
        self.task.body = "Happy birthday, Mei Chan, with love!" + SIGNED

    def test_nor_to_somebody_she_knows_on_the_occasion(self):
        sister = self._friend("Ann Chan")
        self._relate(sister, self.member)
        self.task.body = "Happy birthday, Mei Chan, with love." + SIGNED
        hers = self._task(sister)
        with self.assertRaises(ValidationError) as refused:
            hers.body = "Happy birthday, Ann Chan, with love." + SIGNED
        self.assertIn("knows", str(refused.exception))
        later = self._task(sister, date(2027, 3, 5))
        later.body = "Happy birthday, Ann Chan, with love." + SIGNED

    def test_given_words_may_be_saved_as_they_are(self):
        self._text("Be happy, {name}.")
        self._give(self.task)
        given, digest = self.task.body, self.task.body_digest
        self.task.body = given
        self.assertEqual(self.task.body_digest, digest)

    def test_what_was_sent_is_not_rewritten(self):
        self.task.body = "Happy birthday, Mei Chan, with love." + SIGNED
        self.task.state = "done"
        with self.assertRaises(UserError):
            self.task.body = "Happy birthday, Mei Chan." + SIGNED

    def test_the_digest_follows_the_words(self):
        self.lin.user_id = self._login("su", "associate")
        with self.assertRaises(UserError):
            self.task.with_user(self.lin.user_id).body_digest = "x"


@tagged("post_install", "-at_install")
class TestInvitation(VipTextCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.activity = cls._message_rule("activity", "invitation")

    def _event(self, invitation):
        return self.env["vip.care.event"].create(
            {
                "name": "Tea",
                "kind": "activity",
                "store_ids": self.store.ids,
                "invitation": invitation,
            }
        )

    def _invited(self, event, member):
        return self._task(member, rule=self.activity, event_id=event.id)

    def test_an_activity_brings_its_own_words(self):
        event = self._event("Dear {name}, tea on Saturday at three. {store}")
        one, other = self._friend("Mei Chan"), self._friend("Ann Wong")
        self._relate(one, other)
        tasks = [self._invited(event, one), self._invited(event, other)]
        self.assertFalse(self._give(*tasks))
        self.assertEqual(
            tasks[0].body, "Dear Mei Chan, tea on Saturday at three. North Gate Store"
        )
        again = self._invited(event, one)
        self.assertEqual(self._give(again), again)
        self.assertEqual(again.guard, "no_text")

    def test_an_invitation_is_no_leaflet(self):
        event = self._event("Dear {name}, tea on Saturday at three. {store}")
        self.env.cr.execute(
            "UPDATE vip_care_event SET invitation = %s WHERE id = %s",
            ["Dear {name}, 50% off on Saturday. {store}", event.id],
        )
        event.invalidate_recordset()
        task = self._invited(event, self._friend())
        self.assertEqual(self._give(task), task)
        self.assertEqual((task.guard, task.body), ("words", False))
