from datetime import date, timedelta
from unittest.mock import patch

from odoo.tools import mute_logger

from ..tools.windows import add_months
from .dormancy_common import MONTH, DormancyCommon

LOG = "odoo.addons.vip_care.models.vip_dormancy_make"


class TestDormancyMake(DormancyCommon):
    """The lists of a month: who is on them, made once, and who came back."""

    def test_each_kind_begins_and_ends_with_a_day(self):
        """Who was active at the end of February and is edge at the end of March."""
        edges = {
            "edge": (date(2025, 11, 28), date(2025, 12, 30)),
            "dormant": (date(2025, 8, 28), date(2025, 9, 30)),
            "card": (date(2024, 4, 30), date(2024, 5, 30)),
        }
        expected = {}
        day = timedelta(days=1)
        for kind, (first, last) in edges.items():
            self._bought(first - day)
            expected[kind] = self._bought(first) + self._bought(last)
            self._bought(last + day)
        self._make()
        self.assertEqual(self._listed(), expected)

    def test_everybody_comes_on_a_list_once(self):
        """The spans of the months follow each other without gap and overlap."""
        reviews = self.env["vip.dormancy.review"]
        months = [add_months(date(2025, 1, 1), number) for number in range(26)]
        spans = [reviews._last_purchases(self.company, month) for month in months]
        for before, after in zip(spans, spans[1:], strict=False):
            for kind in ("edge", "dormant", "card"):
                self.assertEqual(before[kind][1], after[kind][0], kind)

    def test_nobody_else(self):
        day = "2025-12-15"
        on_list = self._bought(day)
        self._bought("2026-03-01")
        self._create_members(self.lin, 1)
        left = self._bought(day)
        left.sudo().is_vip_member = False
        archived = self._bought(day)
        archived.active = False
        elsewhere = self._bought(day, vip_store_id=self.other_store.id)
        self._make()
        self.assertEqual(self._listed(), {"edge": on_list})
        [review] = self.env["vip.dormancy.review"].search(
            [("store_id", "=", self.other_store.id)]
        )
        self.assertEqual(review.line_ids.partner_id, elsewhere)

    def test_made_once_a_month(self):
        self._bought("2025-12-15")
        first = self._make()
        self._bought("2025-12-16")
        self.assertEqual(self._make(), first)
        self.assertEqual(first.mapped("line_count"), [1])
        self.clock.move_to("2026-04-30 20:00:00")  # in Shanghai it is May
        self._bought("2026-01-15")
        new = self._make() - first
        self.assertEqual(new.mapped("month"), [date(2026, 5, 1)])

    def test_a_month_begins_with_the_store_s_day(self):
        self._bought("2025-12-15")
        self.clock.move_to("2026-03-31 15:59:00")
        self.assertNotIn(MONTH, self._make().mapped("month"))
        self.clock.move_to("2026-03-31 16:01:00")
        self.assertIn(MONTH, self._make().mapped("month"))

    def test_complaints_of_two_years_count(self):
        member = self._bought("2025-12-15")
        for day in ("2026-01-05 10:00:00", "2024-04-02 10:00:00"):
            self._tell(member=member, date=day)
        self._tell(member=member, date="2024-03-30 10:00:00")
        self._tell("inquiry", member=member, date="2026-01-05 10:00:00")
        [line] = self._make().line_ids
        self.assertEqual((line.complaint_count, line.owner_id), (2, self.lin))
        self.assertEqual(line.last_purchase_date, date(2025, 12, 15))
        action = line.with_user(self.lin.user_id).action_view_complaints()
        complaints = self.env["vip.feedback"].search_count(action["domain"])
        self.assertEqual(complaints, 3)

    def test_no_card_lists_where_cards_stay_valid(self):
        self.company.vip_card_months = 0
        self._bought("2024-05-15")
        self._make()
        self.assertNotIn("card", self._listed())

    def test_who_bought_since_is_back(self):
        back, promised, away, returned, signed = (
            self._bought("2025-09-15") for _number in range(5)
        )
        lines = self._make().line_ids
        of = {line.partner_id: line for line in lines}
        of[promised].result = "promised"
        for member in (back, promised, signed):
            self._buy(member, "2026-04-01")
        self._buy(returned, "2026-04-01", -50)
        self.env["vip.dormancy.review"]._cron_make()
        results = [of[m].result for m in (back, promised, away, returned)]
        self.assertEqual(results, ["back", "promised", False, False])

    def test_what_fails_is_written_down(self):
        self._bought("2025-12-15")
        reviews = self.env.registry["vip.dormancy.review"]
        with (
            patch.object(reviews, "_make", side_effect=ValueError("broken")),
            mute_logger(LOG),
            self.assertLogs(LOG, "ERROR"),
        ):
            self._make()
        run = self.env["vip.job.run"].search([("job", "=", "dormancy")], limit=1)
        self.assertEqual(run.error_count, 1)
        self.assertTrue(self._make())

    def test_the_daily_job_runs(self):
        self._bought("2025-12-15")
        cron = self.env.ref("vip_care.ir_cron_make_dormancy")
        self.assertEqual((cron.interval_number, cron.interval_type), (1, "days"))
        cron.ir_actions_server_id.with_user(cron.user_id).run()
        self.assertTrue(self._listed())
