from datetime import timedelta

from odoo import api, fields, models

from ..gateways.base import Asked

# A call never takes so long: whoever reserved it was killed.
LOST_AFTER = timedelta(minutes=10)
ASK_EVERY = timedelta(minutes=5)
ASK_WITHIN = timedelta(days=3)
ASK_AT_ONCE = 20  # sending waits for it


class VipMessage(models.Model):
    """What nobody knows: asked for where the gateway can tell, never sent again."""

    _inherit = "vip.message"

    @api.model
    def _recover(self, gateway, older_than=LOST_AFTER):
        """Mark what a killed worker left as unknown, and ask for the unknown. Commits.

        Only the gateway's answer, a report or a person moves them on.
        """
        messages = self.sudo()  # the log is the server's
        gateway = gateway.sudo()
        self._committing(lambda: messages._mark_lost(gateway, older_than))
        if not gateway.active:
            return
        plain, asked = self._committing(lambda: messages._unknown_of(gateway))
        if not asked:
            return
        reports = plain.ask(asked)
        self._committing(
            lambda: [messages._apply_report(gateway, report) for report in reports]
        )

    def _mark_lost(self, gateway, older_than):
        lost = self.search(
            [
                ("gateway_id", "=", gateway.id),
                ("state", "=", "reserved"),
                ("reserved_at", "<", fields.Datetime.now() - older_than),
            ]
        )
        lost.write(
            {
                "state": "unknown",
                "reason": self.env._(
                    "Sending was interrupted: whether it left is not known."
                ),
            }
        )
        return lost

    def _unknown_of(self, gateway):
        """Return the gateway and what it is asked for now; commit before asking."""
        now = fields.Datetime.now()
        unknown = self.search(
            [
                ("gateway_id", "=", gateway.id),
                ("state", "=", "unknown"),
                ("reserved_at", ">", now - ASK_WITHIN),
                "|",
                ("asked_at", "=", False),
                ("asked_at", "<", now - ASK_EVERY),
            ],
            order="asked_at NULLS FIRST, id",
            limit=ASK_AT_ONCE,
        )
        plain = unknown and gateway._gateway()
        if not unknown or not plain.can_ask:
            return None, []
        unknown.asked_at = now
        return plain, [
            Asked(one.uuid, one.number, one.provider_ref or "", one.reserved_at)
            for one in unknown
        ]
