from odoo.tests import freeze_time

from .till_common import VipTillCommon


class TestTillVoice(VipTillCommon):
    """Whoever serves a member learns that she has an open complaint."""

    def _complain(self, **vals):
        voice = self.env["vip.feedback"].create(
            {
                "partner_id": self.member.id,
                "kind": "complaint",
                "subject": "quality",
                "description": "SECRET seam",
                "date": "2026-03-10 17:30:00",
            }
            | vals
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return voice

    def test_others_learn_that_there_is_one_and_no_more(self):
        self._complain()
        with freeze_time("2026-03-12 04:00:00"):
            for user in (self.till, self.seller):
                [matter] = self._card(user=user)["matters"]
                self.assertEqual(
                    matter,
                    {
                        "kind": "complaint",
                        "text": False,
                        "due": False,
                        "late": False,
                        "owner": self.owner.name,
                    },
                )

    def test_her_own_people_learn_what_and_until_when(self):
        voice = self._complain()
        self.member.activity_schedule(
            "mail.mail_activity_data_call",
            summary="Grey coat",
            date_deadline="2026-03-01",
            user_id=self.seller.id,
        )
        with freeze_time("2026-03-12 04:00:00"):
            card = self._card(user=self.env.user)
        complaint, promise = card["matters"]
        self.assertEqual((complaint["kind"], promise["kind"]), ("complaint", "promise"))
        self.assertEqual((complaint["text"], complaint["late"]), ("Quality", True))
        # 17:30 UTC and a day is the day after tomorrow's morning in Shanghai.
        self.assertEqual(complaint["due"], "2026-03-12")
        self.assertNotIn("SECRET", repr(card))
        voice.sudo().state = "closed"
        self.env.flush_all()
        [matter] = self._card(user=self.env.user)["matters"]
        self.assertEqual(matter["kind"], "promise")

    def test_other_voices_are_not_told(self):
        self._complain(kind="inquiry")
        self.assertEqual(self._card()["matters"], [])
