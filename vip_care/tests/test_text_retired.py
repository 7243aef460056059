from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .text_common import VipTextCommon

MINE = "Happy birthday, Mei, from all my heart. North Gate Store Lin Yue"


@tagged("post_install", "-at_install")
class TestTextRetired(VipTextCommon):
    """A text found wrong reaches nobody after it was retired."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wrong = cls._text("Be hapy, {name}.")
        cls.task = cls._task(cls._friend(), day=cls.store._vip_today())
        cls._give(cls.task)
        guards = cls.env.registry["vip.care.guard"]
        cls.startClassPatcher(patch.object(guards, "_is_open", lambda *args: True))

    def _blocked(self):
        return self.env["vip.care.guard"]._blocked(self.task).get(self.task.id)

    def test_planned_contacts_get_other_words(self):
        other = self._text("Be happy, {name}.")
        self.wrong.action_retire()
        self.assertEqual(self.task.text_id, other)
        self.assertIn("Be happy, Mei Chan.", self.task.body)

    def test_without_others_the_contact_waits_for_words(self):
        self.wrong.action_retire()
        self.assertFalse(self.task.body or self.task.text_id or self.task.body_digest)
        self.assertEqual(self.task.guard, "no_text")

    def test_what_an_associate_wrote_stays(self):
        self.task.body = MINE
        self.wrong.action_retire()
        self.assertEqual((self.task.body, self.task.guard), (MINE, False))
        self.assertFalse(self.task.text_id)

    def test_words_merely_signed_anew_go(self):
        su = self._create_employee("Su Qing")
        self.task.partner_id._vip_decided("merge").vip_owner_id = su
        self.assertIn("Su Qing", self.task.body)
        self.wrong.action_retire()
        self.assertFalse(self.task.body)

    def test_what_is_over_keeps_its_words_until_it_is_taken_back(self):
        with patch.object(
            self.env.registry["vip.care.task"], "_start_step", lambda task, *args: task
        ):
            self.task.action_skip("met")
            self.wrong.action_retire()
            self.assertTrue(self.task.body)
            self.task.action_reopen()
        self.assertFalse(self.task.body)

    def test_words_given_while_a_text_was_retired_do_not_leave(self):
        """As where planning began before it and ended after it."""
        self.task.partner_id._vip_record_consents(
            ("service", "care"), True, text="Yes", method="paper"
        )
        self.assertFalse(self._blocked())
        self.wrong._step({"state": "retired"})
        self.assertEqual(self._blocked(), "no_text")
        with self.assertRaises(UserError):
            self.task.action_contact("copy")
        self._text("Be happy, {name}.")
        self.assertIn("Be happy", self.task.action_contact("copy")["body"])

    def test_words_of_her_own_free_a_contact_from_a_retired_text(self):
        self.wrong._step({"state": "retired"})
        self.task.body = MINE
        self.assertFalse(self.task.text_id)
