from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tests import Form
from odoo.tools import mute_logger

from .voice_common import VoiceCommon

STEPS = ("hear", "apologise", "resolve", "close")


class TestFeedback(VoiceCommon):
    """What members say: noted by who may write them, answered step by step."""

    def test_a_complaint_belongs_to_her_owner_and_store(self):
        voice = self._tell(user=self.manager_user).sudo()
        self.assertEqual(
            (voice.owner_id, voice.store_id, voice.company_id),
            (self.lin, self.store, self.company),
        )
        self.assertEqual((voice.state, voice.is_open), ("open", True))

    def test_only_complaints_stop_contacts_and_no_service(self):
        cheerful, service = (
            self._plan(self.wang, f"monthly_call:{purpose}", purpose=purpose)
            for purpose in ("care", "service")
        )
        self._tell("inquiry")
        self._tell("suggestion")
        self._tell("satisfaction", score=4, description=False)
        self.assertEqual((cheerful.state, service.state), ("planned", "planned"))
        self._tell(user=self.manager_user)
        self.assertEqual(
            (cheerful.state, cheerful.guard, service.state),
            ("cancelled", "complaint", "planned"),
        )

    def test_the_steps_come_in_this_order_each_stamped(self):
        voice = self._tell()
        for number, step in enumerate(STEPS):
            for other in (*STEPS[:number], *STEPS[number + 1 :], "answer"):
                with self.assertRaisesRegex(UserError, "not the next one"):
                    self._act(voice, other)
            voice.write({"resolution": "Sewn again", "score": 5})
            self._act(voice, step)
        self.assertEqual(voice.state, "closed")
        stamps = [voice[f"{n}_at"] for n in ("heard", "apologised", "resolved")]
        self.assertTrue(all(stamps) and voice.closed_at)
        self.assertEqual(stamps, sorted(stamps))
        self.assertFalse(voice.is_open)

    def test_it_is_resolved_by_something_and_closed_by_her_answer(self):
        voice = self._tell()
        self._act(voice, "hear", "apologise")
        for nothing in (False, "  \n"):
            voice.resolution = nothing
            with self.assertRaisesRegex(UserError, "what was done"):
                self._act(voice, "resolve")
        voice.resolution = "A new coat"
        self._act(voice, "resolve")
        with self.assertRaisesRegex(UserError, "1 to 5"):
            self._act(voice, "close")
        voice.follow_up = "Not reached, three times"
        self._act(voice, "close")
        self.assertEqual((voice.state, voice.score), ("closed", 0))

    def test_inquiries_and_suggestions_are_answered(self):
        for kind in ("inquiry", "suggestion"):
            voice = self._tell(kind)
            with self.assertRaisesRegex(UserError, "what was done"):
                self._act(voice, "answer")
            voice.resolution = "In May"
            self._act(voice, "answer")
            self.assertEqual(voice.state, "closed")
            self.assertTrue(voice.resolved_at and voice.closed_at)

    def test_satisfaction_is_closed_at_once(self):
        voice = self._tell("satisfaction", score=4, description=False)
        self.assertEqual((voice.state, voice.is_open), ("closed", False))
        for score in (0, None):
            with self.assertRaisesRegex(ValidationError, "from 1 to 5"):
                self._tell("satisfaction", score=score)
        for score in (6, -1):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
                with self.cr.savepoint():
                    self._tell("satisfaction", score=score)

    def test_no_answer_is_none_in_the_average(self):
        self._tell("satisfaction", score=4)
        silent = self._tell(score=0)
        silent.write({"score": 0})
        [(score,)] = self.env["vip.feedback"]._read_group(
            [("partner_id", "=", self.wang.id)], [], ["score:avg"]
        )
        self.assertEqual(score, 4)

    def test_the_score_is_tapped_as_stars(self):
        voice = self._tell("satisfaction", stars="4", description=False)
        self.assertEqual((voice.score, voice.stars), (4, "4"))
        complaint = self._tell()
        complaint.stars = "2"
        self.assertEqual(complaint.score, 2)
        complaint.invalidate_recordset()
        self.assertEqual(complaint.stars, "2")
        complaint.write({"stars": "junk"})
        self.assertEqual(complaint.score, 2)

    def test_days_to_resolve_are_counted_from_her_word(self):
        told = fields.Datetime.now() - timedelta(days=3)
        voice = self._tell("inquiry", date=told, resolution="In May")
        self.assertFalse(voice.days_to_resolve)
        self._act(voice, "answer")
        self.assertAlmostEqual(voice.days_to_resolve, 3, 2)

    def test_a_complaint_needs_words_of_today_or_before(self):
        for vals in (
            {"description": "  "},
            {"date": fields.Datetime.now() + timedelta(days=1)},
        ):
            with self.subTest(vals), self.assertRaises(ValidationError):
                self._tell(**vals)
        guest = self.env["res.partner"].create({"name": "Guest"})
        with self.assertRaisesRegex(UserError, "Choose a member"):
            self.env["vip.feedback"].create(
                {"partner_id": guest.id, "description": "x"}
            )

    def test_the_steps_alone_change_what_they_stamp(self):
        voice = self._tell()
        stamp = fields.Datetime.now()
        for vals in (
            {"state": "closed"},
            {"owner_id": self.mei.id},
            {"store_id": self.other_store.id},
            {"heard_at": stamp},
            {"deadline": stamp + timedelta(days=99)},
            {"is_open": False},
            {"is_escalated": True},
            {"kind": "suggestion"},
            {"partner_id": self.wang.id},
            {"company_id": self.company.id},
        ):
            with self.subTest(vals):
                with self.assertRaisesRegex(AccessError, "not set by hand"):
                    voice.write(vals)
                if not {"kind", "partner_id"} & set(vals):
                    with self.assertRaisesRegex(AccessError, "not set by hand"):
                        self._tell(**vals)

    def test_a_context_sets_nothing(self):
        context = {
            "default_state": "closed",
            "default_owner_id": self.mei.id,
            "default_heard_at": "2026-03-01 10:00:00",
        }
        sly = self.env["vip.feedback"].with_user(self.lin.user_id)
        sly = sly.with_context(**context).create(
            {"partner_id": self.wang.id, "description": "x"}
        )
        self.assertEqual(
            (sly.state, sly.sudo().owner_id, sly.heard_at), ("open", self.lin, False)
        )

    def test_what_is_closed_stays_and_nobody_deletes(self):
        voice = self._tell("inquiry", resolution="In May")
        self._act(voice, "answer")
        with self.assertRaisesRegex(UserError, "stays as it is"):
            voice.write({"resolution": "Never"})
        for user in (self.lin.user_id, self.head_user):
            with self.assertRaises(AccessError):
                voice.with_user(user).unlink()
        with self.assertRaisesRegex(UserError, "never deleted"):
            voice.sudo().unlink()

    def test_a_ticket_must_be_hers(self):
        config = self.env["pos.config"].create({"name": "Till"})
        config.open_ui()
        other = self._create_members(self.mei, 1)
        hers, others = (
            self.env["pos.order"].create(
                {
                    "session_id": config.current_session_id.id,
                    "partner_id": member.id,
                    "amount_tax": 0,
                    "amount_total": 0,
                    "amount_paid": 0,
                    "amount_return": 0,
                }
            )
            for member in (self.wang, other)
        )
        with self.assertRaisesRegex(ValidationError, "not hers"):
            self._tell(order_id=others.id)
        self.assertEqual(self._tell(order_id=hers.id).sudo().order_id, hers)

    def test_no_words_of_hers_in_titles(self):
        voice = self._tell(description="SECRET seam", user=self.manager_user)
        self._act(voice, "hear", user=self.manager_user)
        self.assertEqual(voice.display_name, "Complaint: Quality")
        messages = self.env["mail.message"].sudo()
        self.assertFalse(
            messages.search(
                Domain("body", "ilike", "SECRET") | Domain("subject", "ilike", "SECRET")
            )
        )

    def test_the_form(self):
        voices = self.env["vip.feedback"].with_user(self.lin.user_id)
        with Form(voices) as form:
            form.partner_id = self.wang.with_user(self.lin.user_id)
            form.subject = "service"
            form.description = "Nobody greeted me"
        voice = form.record
        self.assertEqual(voice.sudo().owner_id, self.lin)
        self._act(voice, "hear")
        with Form(voice.with_user(self.lin.user_id)) as form:
            form.resolution = "We talked"
            form.compensation_amount = 50
        self.assertEqual(voice.resolution, "We talked")
