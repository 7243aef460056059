from datetime import datetime, timedelta

from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .voice_common import VoiceCommon

TOLD = datetime(2026, 3, 2, 4, 0)
LATE = "Members are waiting for an answer"
LOG = "odoo.addons.vip_care.models.vip_feedback_deadline"


class TestFeedbackDeadline(VoiceCommon):
    """What is not heard or resolved in time goes to the managers, once each."""

    def setUp(self):
        super().setUp()
        self.company.write({"vip_complaint_hours": 24, "vip_complaint_days": 7})
        self.clock = self.enterContext(freeze_time(TOLD))

    def _pass_on(self, **after):
        """Let the job run so long after she said it."""
        self.clock.move_to(TOLD + timedelta(**after))
        self.env["vip.feedback"]._cron_escalate()
        self.env.flush_all()

    def _told(self, user, subject=LATE):
        return self.env["mail.message"].search_count(
            [
                ("subject", "=", subject),
                ("notified_partner_ids", "in", user.partner_id.ids),
            ]
        )

    def _counts(self):
        users = (self.manager_user, self.region_user, self.head_user)
        return [self._told(user) for user in users]

    def test_the_deadline_is_that_of_the_next_step(self):
        voice = self._tell()
        self.assertEqual(voice.deadline, TOLD + timedelta(hours=24))
        self._act(voice, "hear")
        self.assertEqual(voice.deadline, TOLD + timedelta(days=7))
        voice.resolution = "Sewn"
        self.clock.move_to(TOLD + timedelta(days=2))
        self._act(voice, "apologise", "resolve")
        self.assertEqual(voice.deadline, TOLD + timedelta(days=9))
        voice.score = 5
        self._act(voice, "close")
        self.assertFalse(voice.deadline)
        self.assertEqual(self._tell("inquiry").deadline, TOLD + timedelta(days=9))

    def test_first_the_store_then_the_region_each_once(self):
        voice = self._tell().sudo()
        self._pass_on(hours=23)
        self.assertEqual(self._counts(), [0, 0, 0])
        self._pass_on(hours=24)
        self._pass_on(hours=30)
        self.assertEqual(self._counts(), [1, 0, 0])
        self.assertTrue(voice.is_escalated)
        self.assertEqual(voice.escalated_at, TOLD + timedelta(hours=24))
        self._pass_on(hours=48)
        self._pass_on(hours=72)
        self.assertEqual(self._counts(), [1, 1, 0])
        self._act(voice, "hear")
        self._pass_on(days=15)
        self.assertEqual(self._counts(), [1, 1, 0])

    def test_what_is_done_in_time_is_told_nobody(self):
        voice = self._tell("inquiry", resolution="In May")
        self._act(voice, "answer")
        self._pass_on(days=20)
        self.assertEqual(self._counts(), [0, 0, 0])

    def test_a_vacant_office_is_passed_over(self):
        self.store.manager_ids = False
        self._tell()
        self._pass_on(hours=24)
        self.assertEqual(self._counts(), [0, 1, 0])
        self._pass_on(hours=48)
        self.assertEqual(self._counts(), [0, 1, 1])

    def test_the_message_says_nothing_of_what_she_said(self):
        voices = self._tell(description="SECRET") + self._tell(description="SECRET")
        self._pass_on(hours=24)
        [message] = self.env["mail.message"].search([("subject", "=", LATE)])
        for voice in voices:
            self.assertIn(f"/odoo/members-voice/{voice.id}", message.body)
        self.assertIn("Complaint: Quality", message.body)
        self.assertNotIn("SECRET", message.body)
        self.assertNotIn(self.wang.name, message.body)

    def test_a_store_that_fails_harms_only_itself(self):
        far = self._create_associate("Far", self.other_store)
        other = self._create_members(far, 1, vip_store_id=self.other_store.id)
        broken = self._tell().sudo()
        fine = self._tell(user=far.user_id, member=other).sudo()
        ladder = type(fine)._managers_above

        def fail(voices, level):
            if broken in voices:
                raise ValueError("no managers")
            return ladder(voices, level)

        self.patch(type(fine), "_managers_above", fail)
        with mute_logger(LOG), self.assertLogs(LOG, "ERROR") as logs:
            self._pass_on(hours=24)
        self.assertIn(f"store {self.store.id}", logs.output[0])
        self.assertTrue(fine.is_escalated)
        self.assertFalse(broken.is_escalated)

    def test_the_owner_is_told_what_others_note_down(self):
        subject = "A member told us something"
        self._tell(user=self.manager_user)
        self._tell()
        self.assertEqual(self._told(self.lin.user_id, subject), 1)
        nobodys = self._create_nobodys()
        self._tell(user=self.head_user, member=nobodys)
        self.assertEqual(self._told(self.manager_user, subject), 1)

    def test_the_job_itself(self):
        voice = self._tell().sudo()
        self.clock.move_to(TOLD + timedelta(hours=25))
        cron = self.env.ref("vip_care.ir_cron_escalate_feedback")
        self.assertEqual((cron.interval_number, cron.interval_type), (1, "hours"))
        cron.ir_actions_server_id.with_user(cron.user_id).run()
        self.env.invalidate_all()
        self.assertTrue(voice.is_escalated)
