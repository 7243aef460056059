from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .care_task_common import CareTaskCommon

DAYS = timedelta(days=1)
LAST_WEEK = datetime(2026, 6, 8, 4)


@tagged("post_install", "-at_install")
class TestNewNumber(CareTaskCommon):
    """A consent to messages belongs to the number she had when she gave it."""

    def _say(self, member, given=True, **values):
        values = {"text": "Yes.", "method": "paper", "date": LAST_WEEK} | values
        return member._vip_record_consents(["care", "service"], given, **values)

    def _may(self, member, channel="message"):
        """Return what `_vip_has_consent` and the guard say."""
        task = self._plan(member, channel=channel, purpose="care")
        guards = self.env["vip.care.guard"]
        code = guards._judge(task, {task: task.due_date})[task.id]
        task.unlink()
        way = {"message": "sms", "call": "phone"}[channel]
        return bool(member._vip_has_consent("care", way)), code

    def test_another_number_needs_another_consent(self):
        member = self._create_member()
        self._say(member)
        self.assertEqual(self._may(member), (True, None))
        member.phone = "13712345678"
        self.assertEqual(self._may(member), (False, "consent"))
        self.assertEqual(self._may(member, "call"), (True, None))
        self.assertTrue(member._vip_has_consent("care"))
        # A form of before, found later, is for the number of before.
        self._say(member, channel="sms", date=LAST_WEEK + DAYS)
        self.assertEqual(self._may(member), (False, "consent"))
        self._say(member, channel="sms", date=fields.Datetime.now())
        self.assertEqual(self._may(member), (True, None))

    def test_a_refusal_stays(self):
        member = self._create_member()
        self._say(member)
        self._say(member, False, channel="sms", date=LAST_WEEK + DAYS)
        member.phone = "13712345679"
        self.assertEqual(self._may(member), (False, "refused"))
        self.assertFalse(member.vip_consent_notice)

    def test_the_same_number_in_another_spelling(self):
        member = self._create_member(phone="13712345601")
        self._say(member)
        for spelling in ("+86 137 1234 5601", "0086-13712345601", "137 1234 5601"):
            member.phone = spelling
            self.env.flush_all()
            self.assertFalse(member.vip_phone_changed_at)
        member.vip_store_id = self.other_store
        self.assertEqual(self._may(member), (True, None))

    def test_the_first_number_has_what_she_agreed_to_without_one(self):
        member = self._create_member(phone=False)
        self._say(member)
        member.phone = "13712345602"
        self.assertEqual(self._may(member), (True, None))
        # Taken away and replaced, in two steps.
        member.phone = False
        self.env.flush_all()
        member.phone = "13712345603"
        self.assertEqual(self._may(member), (False, "consent"))

    def test_the_store_s_country_can_make_it_another_number(self):
        hong_kong = self.env.ref("base.hk")
        macau = self._create_store("Macau", "T3", country_id=self.env.ref("base.mo").id)
        there = self._create_store("Kowloon", "T4", country_id=hong_kong.id)
        member = self._create_member(phone="66123456", vip_store_id=there.id)
        self._say(member)
        self.assertEqual(self._may(member), (True, None))
        member.vip_store_id = macau
        self.assertEqual(member.vip_phone_key, "+85366123456")
        self.assertFalse(member._vip_has_consent("care", "sms"))

    def test_people_are_told(self):
        member = self.mine
        self._say(member)
        words = self._words("Dear Ms Wang, be well.", member)
        task = self._plan(member, channel="message", body=words, until="2026-06-30")
        # One in the morning of the sixteenth, in Shanghai.
        with freeze_time("2026-06-15 17:00:00"):
            member.phone = "13712345604"
            self.env.flush_all()
            hers = member.with_user(self.lin)
            told = hers.vip_consent_notice
            self.assertIn("06/16/2026", told)
            self.assertEqual(
                hers.vip_current_consent_ids.mapped("is_for_old_number"), [True, True]
            )
            self.assertIn("New number", hers._vip_contact_hints()[0])
        with freeze_time("2026-06-16 02:00:00"):
            with self.assertRaises(UserError) as refused:
                task.with_user(self.lin).action_contact("copy")
            self.assertEqual(str(refused.exception), told)
            self._say(member, date=fields.Datetime.now())
            self.assertFalse(hers.vip_consent_notice)
            self.assertEqual(hers._vip_contact_hints(), [])
            self.assertTrue(task.with_user(self.lin).action_contact("copy"))

    def test_the_till_asks_and_keeps_it_again(self):
        member = self._create_member()
        self._say(member)
        now = fields.Datetime.now()
        said = [(("service", "care"), "Yes at the till.")]
        member._vip_till_consents(said, self.store, now - DAYS)
        self.assertEqual(len(member.vip_consent_ids), 2)
        member.phone = "13712345605"
        member._vip_till_consents(said, self.store, now)
        self.assertEqual(len(member.vip_consent_ids), 4)
        self.assertEqual(self._may(member), (True, None))

    def test_nobody_writes_it_by_hand(self):
        self.mine.phone = "13712345606"
        self.env.flush_all()
        for vals in ({"vip_phone_changed_at": False}, {"vip_phone_key": "+8613700000"}):
            with self.assertRaises(AccessError):
                self.mine.with_user(self.he).write(vals)
        self.mine.with_user(self.he).phone = "13712345607"
        self.assertEqual(self.mine.vip_phone_key, "+8613712345607")

    def test_merging_keeps_the_stricter(self):
        def merged(kept, gone):
            wizard = self.env["base.partner.merge.automatic.wizard"].create({})
            wizard._merge((kept | gone).ids, kept)
            self.env.invalidate_all()
            return kept

        # What the other one agreed to was for her other number.
        kept, gone = self._create_member(), self._create_member()
        self._say(gone)
        self.assertEqual(self._may(merged(kept, gone)), (False, "consent"))
        # Said later, with the number that stays.
        kept, gone = self._create_member(), self._create_member()
        self._say(gone)
        self._say(kept, date=LAST_WEEK + DAYS)
        self.assertEqual(self._may(merged(kept, gone)), (True, None))
        # The number that stays is the other one's.
        kept, gone = self._create_member(phone=False), self._create_member()
        self._say(gone)
        key = gone.vip_phone_key
        self.assertEqual(self._may(merged(kept, gone)), (True, None))
        self.assertEqual(kept.vip_phone_key, key)
        # One of them had changed hers.
        kept, gone = self._create_member(), self._create_member(phone="13712345608")
        self._say(kept)
        gone.phone = "13712345609"
        self.assertEqual(self._may(merged(kept, gone)), (False, "consent"))

    def test_new_ranges_are_allowed_and_marked(self):
        new, known = self._create_member(phone="16012345678"), self._create_member()
        self.assertEqual(new.vip_phone_key, "+8616012345678")
        self.assertTrue(new.vip_phone_is_unverified)
        self.assertFalse(known.vip_phone_is_unverified)
        self.assertFalse(self._create_member(phone=False).vip_phone_is_unverified)
