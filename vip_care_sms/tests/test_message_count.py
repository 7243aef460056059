from odoo.exceptions import AccessError
from odoo.tests import tagged

from .message_log_common import MessageLogCommon

MEASURES = ("sent", "delivered", "undelivered", "unknown", "parts", "cost")


@tagged("post_install", "-at_install")
class TestMessageCount(MessageLogCommon):
    """Numbers and cost of a store are its manager's, whole; of others none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for state, vals in (
            ("delivered", {"parts": 2, "cost": 0.1}),
            ("undelivered", {}),
            ("unknown", {}),
            ("blocked", {"sent_on": False}),
            ("failed", {}),
        ):
            cls._log(cls.mine, state=state, **vals)
        # Sent by the store to a member who has moved away since.
        cls._log(cls.away, store_id=cls.store.id, state="rejected")
        cls._log(cls.away)
        cls.env.flush_all()

    def _read(self, user):
        counts = self.env["vip.message.count"].with_user(user)
        rows = counts.formatted_read_group(
            [("gateway_id", "=", self.gateway.id)],
            ["store_id"],
            [f"{name}:sum" for name in MEASURES] + ["share:avg"],
        )
        return {
            row["store_id"][0]: [round(row[f"{name}:sum"], 2) for name in MEASURES]
            + [round(row["share:avg"], 1)]
            for row in rows
        }

    def test_what_a_store_sent_and_what_it_cost(self):
        numbers = self._read(self.he)
        self.assertEqual(numbers[self.store.id], [5, 2, 2, 1, 6, 0.3, 40.0])
        self.assertEqual(numbers[self.other_store.id], [1, 1, 0, 0, 1, 0.05, 100.0])

    def test_managers_see_their_own_stores(self):
        everything = self._read(self.he)
        store = {self.store.id: everything[self.store.id]}
        self.assertEqual(self._read(self.boss), store)
        self.assertEqual(self._read(self.gu), everything)
        with self.assertRaises(AccessError):
            self._read(self.lin)

    def test_it_names_nobody(self):
        names = set(self.env["vip.message.count"]._fields)
        self.assertFalse(names & {"partner_id", "number", "number_masked", "body"})

    def test_head_office_is_told_what_waits_for_it(self):
        told = self._overview(self.he)["messages"]
        self.assertEqual(
            (told["batches"], told["unknown"], told["gateway"]), (0, 1, False)
        )
        self.env["vip.message.batch"].create(
            {
                "company_id": self.company.id,
                "rule_id": self.rule.id,
                "day": "2026-06-15",
                "state": "waiting",
            }
        )
        self.gateway.write({"state": "paused", "pause_reason": "No credit"})
        self._log(self.mine, state="ready")
        told = self._overview(self.he)["messages"]
        self.assertEqual(told["batches"], 1)
        self.assertEqual(
            (told["gateway"]["reason"], told["gateway"]["queued"]), ("No credit", 1)
        )
        self.assertNotIn("messages", self._overview(self.boss))

    def _overview(self, user):
        self.env.flush_all()
        return self.env["vip.overview"].with_user(user).get_data()
