from .till_common import VipTillCommon


class VipTillSyncCommon(VipTillCommon):
    """A register open for the till account, which sends tickets as its screen does."""

    def setUp(self):
        super().setUp()
        self._open(self.config)

    def _open(self, config):
        config.with_user(self.till).open_ui()
        config.current_session_id.with_user(self.till).set_opening_control(0, "")

    def _ticket(self, uuid, config=None, **values):
        """Return a ticket as a till sends it: one piece at 20."""
        line = {
            "product_id": self.product.id,
            "qty": 1,
            "price_unit": 20,
            "price_subtotal": 20,
            "price_subtotal_incl": 20,
            "tax_ids": [],
        }
        payment = {"amount": 20, "payment_method_id": self.bank_payment_method.id}
        return {
            "uuid": uuid,
            "amount_paid": 20,
            "amount_return": 0,
            "amount_tax": 0,
            "amount_total": 20,
            "lines": [(0, 0, line)],
            "partner_id": self.member.id,
            "session_id": (config or self.config).current_session_id.id,
            "payment_ids": [(0, 0, payment)],
            "user_id": self.till.id,
            "access_token": False,
            "state": "paid",
        } | values

    def _sync(self, *tickets):
        """Send tickets as the till account; return them."""
        orders = self.env["pos.order"].with_user(self.till)
        result = orders.sync_from_ui(list(tickets))
        for row in result["pos.order"]:
            self.assertFalse([name for name in row if name.startswith("vip_")])
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["pos.order"].search(
            [("uuid", "in", [row["uuid"] for row in result["pos.order"]])], order="id"
        )
