import logging
import time

from odoo import api, fields, models

from ..gateways.base import STOP, Result
from ..gateways.handover import hand_over

_logger = logging.getLogger(__name__)

# A job's turn, shared by the gateways.
SECONDS = 50
# A call that begins later than this after its reservation is left to the next round,
# long before `_recover` takes the message for lost.
BEGIN_WITHIN = 60


class VipMessage(models.Model):
    """Reserve, commit, call the gateway outside of any transaction, write, commit."""

    _inherit = "vip.message"

    @api.model
    def _cron_send(self):
        """Send what may leave now, by every running gateway; look for what was lost."""
        gateways = self.env["vip.sms.gateway"].search(
            [("active", "=", True)], order="reserved_at, id"
        )
        running = gateways.filtered(lambda gateway: gateway.state == "running")
        for gateway in gateways:
            try:
                self._recover(gateway)
                if gateway in running:
                    self._send_by(gateway, SECONDS / len(running))
            except Exception:  # noqa: BLE001 the others send on
                self.env.cr.rollback()
                _logger.exception("Gateway %s: sending stopped", gateway.id)
        self._commit(0, self._count_due(running))

    def _count_due(self, gateways):
        """Return 1 while something could leave at once, so that the job goes on."""
        due = [
            gateway
            for gateway in gateways
            if gateway.state == "running"
            and self._room(gateway, fields.Datetime.now())
            and self.search_count(
                [
                    ("gateway_id", "=", gateway.id),
                    ("state", "=", "ready"),
                    ("send_from", "<=", fields.Datetime.now()),
                ],
                limit=1,
            )
        ]
        return int(bool(due))

    @api.model
    def _send_by(self, gateway, seconds=None):
        """Send by this gateway until nothing may leave or time is over; return how many
        were handed over.

        Commits. Any number of workers may do it at once: each message leaves once.
        """
        end = time.monotonic() + (SECONDS if seconds is None else seconds)
        sent = 0
        while True:
            found = self._committing(
                lambda: self._take(gateway, fields.Datetime.now())  # T1
            )
            if not found.seen:
                return sent
            sent += len(found.outgoing)
            if self._hand_over(gateway, found) or time.monotonic() >= end:
                return sent

    def _hand_over(self, gateway, found):
        """Call the gateway and write what it says; tell whether it must not go on.

        No statement runs between the commit of the reservation and the first result:
        the transaction of the results begins with them.
        """
        is_stopped = False
        if not found.outgoing:
            return is_stopped
        for results in hand_over(found.gateway, list(found.outgoing), BEGIN_WITHIN):
            is_stopped |= any(result.outcome == STOP for result in results.values())
            self._write_results(gateway, results, found.attempts)  # T2
        return is_stopped

    def _write_results(self, gateway, results: dict[str, Result], attempts):
        """Write and commit results, repeated until it is done.

        What cannot be written at all is logged and shown as unknown ten minutes later.
        """
        try:
            self._committing(
                lambda: self._apply_results(results, attempts), len(results)
            )
        except Exception:
            for uuid, result in results.items():
                _logger.error("Text message %s: %s, not written", uuid, result.outcome)
            raise
        self._note_gateway(gateway, results)
