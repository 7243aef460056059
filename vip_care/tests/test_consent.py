import base64
from datetime import timedelta

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .trust_common import VipTrustCommon

TEXT = "I agree to greetings by text message."


@tagged("post_install", "-at_install")
class TestConsent(VipTrustCommon):
    def _say(self, member, given, purposes=("marketing",), **values):
        values = {"text": TEXT, "method": "paper", "channel": "any"} | values
        return member._vip_record_consents(purposes, given, **values)

    def _ago(self, days):
        return fields.Datetime.now() - timedelta(days=days)

    def test_no_record_is_no_consent(self):
        self.assertFalse(self.mine._vip_has_consent("marketing"))
        self.assertFalse(self.mine._vip_has_consent("marketing", "sms"))

    def test_the_last_word_counts_by_the_day_she_said_it(self):
        self._say(self.mine, True, date=self._ago(10))
        self.assertTrue(self.mine._vip_has_consent("marketing", "sms"))
        self._say(self.mine, False, date=self._ago(5))
        self.assertFalse(self.mine._vip_has_consent("marketing", "sms"))
        self._say(self.mine, True, date=self._ago(7))
        self.assertFalse(
            self.mine._vip_has_consent("marketing"), "an old form found later"
        )
        self._say(self.mine, True)
        self.assertTrue(self.mine._vip_has_consent("marketing"))
        self.assertFalse(self.mine._vip_has_consent("profiling"))

    def test_a_channel_has_its_own_word_until_all_are_meant(self):
        self._say(self.mine, True, date=self._ago(3))
        self._say(self.mine, False, channel="phone", date=self._ago(2))
        cases = {None: True, "sms": True, "phone": False}
        for channel, expected in cases.items():
            with self.subTest(channel=channel):
                has = self.mine._vip_has_consent("marketing", channel)
                self.assertEqual(bool(has), expected)
        current = self.mine.vip_current_consent_ids
        self.assertEqual(
            {(row.channel, row.given) for row in current},
            {("any", True), ("phone", False)},
        )
        last = self._say(self.mine, True)
        self.assertTrue(self.mine._vip_has_consent("marketing", "phone"))
        self.assertEqual(self.mine.vip_current_consent_ids, last)

    def test_one_query_for_any_number_of_members(self):
        members = self.mine + self.hers + self.away
        self._say(members[:2], True)
        self.env.flush_all()
        with self.assertQueryCount(1):
            having = members._vip_has_consent("marketing", "sms")
        self.assertEqual(having, members[:2])

    def test_nobody_changes_or_deletes_a_word(self):
        consent = self._say(self.mine, True)
        for user in (self.lin, self.he, self.auditor):
            row = consent.with_user(user)
            self.assertEqual(row.text, TEXT)
            for spoil in (
                lambda row=row: row.write({"given": False}),
                lambda row=row: row.unlink(),
                lambda row=row: row.create({"partner_id": self.mine.id}),
            ):
                with self.assertRaises(UserError):
                    spoil()
        for query in (
            "UPDATE vip_consent SET given = FALSE WHERE id = %s",
            "DELETE FROM vip_consent WHERE id = %s",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.RaiseException),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query, [consent.id])
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.RestrictViolation),
            self.env.cr.savepoint(),
        ):
            self.mine.unlink()

    def test_evidence_stays_too(self):
        file = base64.b64encode(b"signed")
        consent = self._say(self.mine, True, evidence=file, evidence_name="form.txt")
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "vip.consent"),
                ("res_id", "=", consent.id),
                ("res_field", "=", "evidence"),
            ]
        )
        self.assertEqual(consent.with_user(self.lin).evidence, file)
        for user in (self.lin, self.he, self.env.ref("base.user_admin")):
            theirs = attachment.with_user(user)
            with self.assertRaises(AccessError):
                theirs.unlink()
            with self.assertRaises(AccessError):
                theirs.write({"datas": base64.b64encode(b"forged")})

    def test_read_by_those_who_read_the_member_and_the_auditor(self):
        consent = self._say(self.mine, True)
        reading = self.lin + self.boss + self.gu + self.he + self.auditor
        for user in reading + self.mei + self.far + self.till + self.clerk:
            with self.subTest(user=user.login):
                row = consent.with_user(user)
                self.assertEqual(row.has_access("read"), user in reading)
                if user in self.mei + self.far:
                    self.assertFalse(row.search([("id", "=", consent.id)]))

    def test_recorded_on_the_members_page(self):
        member = self.mine.with_user(self.lin)
        action = member.action_vip_record_consent()
        wizard = self.env["vip.consent.record"].with_user(self.lin)
        form = Form(wizard.with_context(**action["context"]))
        form.text = TEXT
        form.version = "2026-01"
        record = form.save()
        with self.assertRaises(UserError):
            record.action_record()
        form.is_care = form.is_marketing = True
        form.given = "no"
        form.save().action_record()
        rows = self.mine.vip_consent_ids
        self.assertEqual(set(rows.mapped("purpose")), {"care", "marketing"})
        self.assertRecordValues(
            rows[:1],
            [
                {
                    "given": False,
                    "version": "2026-01",
                    "user_id": self.lin.id,
                    "store_id": self.store.id,
                    "company_id": self.company.id,
                    "partner_ref": self.mine.id,
                }
            ],
        )

    def test_only_for_ones_own_members_and_not_in_advance(self):
        wizard = self.env["vip.consent.record"].with_user(self.lin)
        record = wizard.create(
            {"partner_id": self.away.id, "text": TEXT, "is_care": True}
        )
        with self.assertRaises(AccessError):
            record.action_record()
        with self.assertRaises(AccessError):
            self.away.with_user(self.lin).action_vip_record_consent()
        with self.assertRaises(ValidationError):
            self._say(self.mine, True, date=self._ago(-1))

    def test_enrolment_brings_consent(self):
        partners = self.env["res.partner"].with_user(self.lin)
        values = {"phone": "13912345678", "name": "赵敏", "consent_text": TEXT}
        member = partners.vip_enrol(values)
        self.assertEqual(
            {(c.purpose, c.given, c.method) for c in member.vip_consent_ids},
            {("service", True, "till"), ("care", True, "till")},
        )
        partners.vip_enrol(
            {"phone": self.hers.phone, "consent_text": TEXT, "consent_method": "paper"}
        )
        self.assertTrue(self.hers._vip_has_consent("care"), "a colleague's member")
        for wrong in (
            {"consent_text": TEXT, "consent_method": "merge"},
            {"consent_text": TEXT, "consent_purposes": ["world"]},
            {"consent_method": "paper"},
        ):
            with self.subTest(wrong=wrong), self.assertRaises(UserError):
                partners.vip_enrol({"phone": "13912345679", "name": "A"} | wrong)

    def test_a_merge_keeps_the_stricter_word(self):
        gone = self._create_member("赵敏")
        self._say(gone, False, date=self._ago(9))
        self._say(gone, True, channel="email", date=self._ago(8))
        self._say(self.mine, True, ("marketing", "care"), date=self._ago(1))
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.mine + gone).ids, self.mine)
        self.env.invalidate_all()
        self.assertEqual(len(self.mine.vip_consent_ids), 5)
        self.assertFalse(self.mine._vip_has_consent("marketing"))
        self.assertFalse(self.mine._vip_has_consent("marketing", "sms"))
        self.assertTrue(self.mine._vip_has_consent("care"))
        self.assertEqual(self.mine.vip_consent_ids[0].method, "merge")
