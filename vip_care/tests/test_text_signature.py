from datetime import timedelta

from odoo.tests import tagged

from .text_common import VipTextCommon


@tagged("post_install", "-at_install")
class TestTextSignature(VipTextCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.su = cls._create_employee("Su Qing")
        cls.member = cls._friend()
        cls.task = cls._task(cls.member)
        cls._text("Be happy, {honorific} {name}.")
        cls._give(cls.task)

    def test_who_takes_over_signs(self):
        self.assertTrue(self.task.body.endswith("North Gate Store Lin Yue"))
        text, digest = self.task.text_id, self.task.body_digest
        self.member._vip_decided("merge").vip_owner_id = self.su
        self.assertEqual(
            self.task.body, "Be happy, Ms Mei Chan. North Gate Store Su Qing"
        )
        self.assertEqual((self.task.text_id, self.task.body_digest), (text, digest))

    def test_another_store_signs_too(self):
        self.other_store.signature = "South Gate Store"
        self.member.vip_store_id = self.other_store
        self.assertIn("South Gate Store", self.task.body)

    def test_the_words_of_who_leaves_are_not_signed_by_another(self):
        self.task.body = "Happy birthday, Mei, with love. North Gate Store Lin Yue"
        self.member._vip_decided("merge").vip_owner_id = self.su
        self.assertEqual(
            self.task.body, "Be happy, Ms Mei Chan. North Gate Store Su Qing"
        )

    def test_what_is_over_stays_as_it_was_sent(self):
        self.task.state = "done"
        before = self.task.body
        self.member._vip_decided("merge").vip_owner_id = self.su
        self.assertEqual(self.task.body, before)

    def test_a_contact_calls_her_as_she_likes_to_be_called_by_then(self):
        today = self.store._vip_today()
        task = self._task(self._friend("Ann Wong"), today + timedelta(days=1))
        self._give(task)
        task.partner_id.vip_salutation = "Aunt May"
        mine = "Good day, Ann Wong. North Gate Store Lin Yue"
        self.assertFalse(self.texts._sign_anew(task))
        self.assertTrue(task.body.startswith("Be happy, Aunt May."), task.body)
        task.body = mine
        self.assertEqual(self.texts._sign_anew(task), task)
        self.assertEqual(task.body, mine)
