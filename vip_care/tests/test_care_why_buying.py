from .care_rule_common import CareRuleMixin
from .common import VipCareCommon

CASES = [
    ("enrolment", None, "New member since 06/15/2026: welcome her."),
    ("data_check", {"score": 40}, "Her profile is incomplete; still missing: "),
    (
        "purchase",
        {"pieces": 3.0},
        "Bought on 06/15/2026, pieces: 3. Ask how they wear.",
    ),
    (
        "referral",
        None,
        "Somebody she recommended us to bought for the first time on 06/15/2026:",
    ),
    ("referred", None, "Came recommended and bought for the first time on 06/15/2026"),
    (
        "drop",
        {"orders": 66, "amount": 78},
        "Buys less than a year before: 66 % fewer tickets, 78 % lower amount.",
    ),
    (
        "drop",
        {"orders": 0, "amount": 40},
        "Buys less than a year before: 40 % lower amount.",
    ),
    (
        "drop",
        {"orders": 50, "amount": -20},
        "Buys less than a year before: 50 % fewer tickets.",
    ),
    ("drop", {"orders": None, "amount": 0}, "Buys less than a year before."),
    ("edge", {"bought": "2026-03-14"}, "Becomes edge: last bought on 03/14/2026."),
    ("dormant", {"bought": "2026-03-14"}, "Becomes dormant: last bought on 03/14"),
    ("lost", {"bought": "2026-03-14"}, "Becomes lost: last bought on 03/14/2026."),
    (
        "points_lapse",
        {"points": 400, "balance": 1250.5},
        "Has 1,250.50 points; 400 of them lapse on 06/15/2026.",
    ),
    ("points_reminder", {"balance": 1250}, "Has 1,250 points to use."),
    (
        "card_lapse",
        {"bought": "2024-06-15"},
        "Last bought on 06/15/2024: her card becomes invalid after 06/15/2026.",
    ),
    (
        "top_spender",
        {"place": 2, "year": 2026},
        "Number 2 of her region in 2026: visit her and say thank you.",
    ),
    (
        "monthly_call",
        {"bought": "2026-06-01"},
        "Her call of the month; last bought on 06/01/2026.",
    ),
    ("monthly_call", {"bought": None}, "Her call of the month."),
    (
        "visit_plan",
        {"bought": "2026-06-01"},
        "Her visit of the year; last bought on 06/01/2026.",
    ),
    ("visit_plan", None, "Her visit of the year."),
]


class TestCareWhyBuying(CareRuleMixin, VipCareCommon):
    """Each task says in one sentence why."""

    def _task(self, trigger, facts, **vals):
        candidate = {
            "partner_id": self._create_member().id,
            "occasion_key": "test",
            "event_date": "2026-06-15",
            "due_date": "2026-06-15",
            "until": "2026-06-20",
            "facts": facts,
        }
        thresholds = {"data_check": 60, "points_reminder": 1, "top_spender": 1}
        rule = self._create_rule(trigger, threshold=thresholds.get(trigger, 0))
        return self._plan_task(rule, candidate, **vals)

    def test_sentences(self):
        for trigger, facts, sentence in CASES:
            with self.subTest(trigger):
                why = self._task(trigger, facts).why
                self.assertTrue(why.startswith(sentence), why)

    def test_a_tier_says_what_is_missing(self):
        begin = "Tier Gold ends on 06/15/2026"
        for amount, orders, missing in (
            (800, None, r"; missing to keep it: .*800\.00.{0,3}\."),
            (800, 2, r"; missing to keep it: .*800\.00.{0,3}, or tickets: 2\."),
            (None, 2, r"; tickets missing to keep it: 2\."),
            (None, None, r"\."),
        ):
            with self.subTest(amount=amount, orders=orders):
                facts = {"tier_id": self.gold.id, "amount": amount, "orders": orders}
                why = self._task("tier_lapse", facts).why
                self.assertRegex(why, rf"^{begin}{missing}$")

    def test_a_piece_is_named_even_when_it_is_gone(self):
        product = self.env["product.template"].create({"name": "Cashmere coat"})
        facts = {"product_tmpl_id": product.id, "after": 30, "bought": "2026-05-16"}
        task = self._task("high_value", facts)
        self.assertEqual(
            task.why,
            "Bought “Cashmere coat” on 05/16/2026, 30 days before: ask how it wears.",
        )
        product.unlink()
        task.invalidate_recordset()
        self.assertTrue(task.why.startswith("Bought “…” on 05/16/2026"))

    def test_what_is_missing_is_told_only_while_it_is_to_be_asked(self):
        task = self._task("data_check", {"score": 40})
        first = task.partner_id.vip_missing_field_ids[0].display_name
        self.assertIn(first, task.why)
        task.state = "done"
        task.invalidate_recordset()
        self.assertEqual(task.why, "Her profile was 40 % complete.")

    def test_a_message_of_thanks_is_no_question(self):
        task = self._task("purchase", {"pieces": 2}, channel="message")
        self.assertEqual(task.why, "Bought on 06/15/2026, pieces: 2. Thank her.")

    def test_junk_facts_break_no_list(self):
        for trigger in {trigger for trigger, _facts, _text in CASES}:
            with self.subTest(trigger):
                self.assertTrue(self._task(trigger, None).why)
