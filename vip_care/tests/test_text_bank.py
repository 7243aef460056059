from datetime import date
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .text_common import VipTextCommon

DAY = date(2026, 3, 5)
NEEDS = "odoo.addons.vip_care.models.vip_care_text_need"


@tagged("post_install", "-at_install")
class TestTextBank(VipTextCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["vip.care.rule"].search([("id", "!=", cls.rule.id)]).active = False
        cls.members = [
            cls._friend(f"Friend {number}", vip_birthday=f"1990-03-{10 + number}")
            for number in range(3)
        ]
        cls._friend("Later", vip_birthday="1990-06-30")

    def _needs(self, day=DAY):
        needs = self.env["vip.care.text.need"]
        needs._process_bank(self.company, day)
        return needs.search(
            [("company_id", "=", self.company.id), ("member_count", ">", 0)]
        )

    def test_an_empty_bank_lacks_words_for_all_within_three_weeks(self):
        need = self._needs()
        self.assertRecordValues(
            need,
            [
                {
                    "trigger": "birthday",
                    "lang": "en_US",
                    "left_count": 0,
                    "member_count": 3,
                    "first_date": date(2026, 3, 10),
                }
            ],
        )
        self.assertFalse(self._needs(date(2026, 4, 20)))

    def test_who_has_had_all_needs_more(self):
        text = self._text("Be happy, {name}.")
        self.assertFalse(self._needs())
        old = self._task(self.members[1], date(2025, 3, 11))
        self._give(old)
        self.assertEqual(old.text_id, text)
        need = self._needs()
        self.assertEqual((need.left_count, need.member_count), (1, 1))
        self._text("Every good wish, {name}.")
        self.assertFalse(self._needs())

    def test_a_text_of_another_year_does_not_help(self):
        self._text("Be happy, {name}.", year=2025)
        self.assertEqual(self._needs().member_count, 3)
        self._text("Be glad, {name}.", year=2026)
        self.assertFalse(self._needs())

    def test_head_office_is_told_once_a_month_and_reads_no_names(self):
        partner = self.office.partner_id
        domain = [("partner_ids", "in", partner.ids), ("subject", "like", "Words")]
        told = self.env["mail.message"]
        self._needs()
        message = told.search(domain)
        self.assertEqual(len(message), 1)
        self.assertIn("3 members", message.body)
        self.assertNotIn("Friend", message.body)
        self._needs(date(2026, 3, 6))
        self.assertEqual(told.search_count(domain), 1)
        self.members[2].vip_birthday = "1990-04-05"
        self._needs(date(2026, 4, 1))
        self.assertEqual(told.search_count(domain), 2)

    def test_a_need_that_ended_is_off_the_list(self):
        need = self._needs()
        self._text("Be happy, {name}.")
        self.assertFalse(self._needs())
        self.assertEqual((need.member_count, need.told_on), (0, DAY))

    def test_a_broken_rule_does_not_hide_the_others(self):
        self._message_rule("edge", "greeting")
        broken = patch.object(
            self.env.registry["vip.care.rule"],
            "_query_edge",
            lambda rule, scope: SQL("SELECT nothing"),
            create=True,
        )
        with broken, self.assertLogs(NEEDS, "ERROR"), mute_logger("odoo.sql_db"):
            self.assertEqual(self._needs().trigger, "birthday")

    def test_the_job_runs_and_a_need_opens_a_text(self):
        self.env["vip.care.text.need"]._cron_bank()
        need = self._needs().with_user(self.manager)
        action = need.action_write()
        self.assertEqual(action["context"]["default_trigger"], "birthday")


@tagged("post_install", "-at_install")
class TestStarterBank(VipTextCommon):
    def test_it_came_with_the_add_on_and_comes_once(self):
        starters = self.texts.search([("key", "!=", False)])
        languages = starters.grouped("lang")
        self.assertEqual(set(languages), {"zh_CN", "zh_TW", "en_US"})
        for lang, texts in languages.items():
            rows = self.texts._read_starter_bank(lang)
            self.assertEqual(len(texts), len(rows), lang)
        self.assertEqual(self.texts._load_starter_bank(), 0)

    def test_a_retired_text_does_not_come_back_a_missing_one_does(self):
        gone = self.texts.search([("key", "=", "birthday_01")], limit=1)
        self.assertEqual(gone.state, "retired")
        self.env.cr.execute("DELETE FROM vip_care_text WHERE id = %s", [gone.id])
        self.env.invalidate_all()
        self.assertEqual(self.texts._load_starter_bank(), 1)
        again = self.texts.search([("key", "=", "birthday_01")]) - gone
        self.assertIn("approved", again.mapped("state"))

    def test_what_cannot_be_loaded_is_left_out_and_told(self):
        rows = [
            dict(
                zip(
                    ("key", "kind", "trigger", "occasion", "tone", "body"),
                    row,
                    strict=True,
                )
            )
            for row in (
                ("x_01", "greeting", "festival", "no_such", "cheerful", "Hi {store}"),
                ("x_02", "greeting", "edge", "", "cheerful", "Half price! {store}"),
            )
        ]
        texts = self.env.registry["vip.care.text"]
        log = "odoo.addons.vip_care.models.vip_care_text_starter._logger"
        with patch.object(texts, "_read_starter_bank") as read, patch(log) as told:
            read.return_value = rows
            self.assertEqual(self.texts._load_starter_bank(), 0)
        self.assertEqual((told.info.call_count, told.warning.call_count), (3, 3))
