import logging
import time

from odoo import api, fields, models

from ..gateways.base import STOP, Result
from ..gateways.handover import hand_over

_logger = logging.getLogger(__name__)

# A job's turn, shared by the gateways. Odoo kills a worker whose jobs take longer than
# limit_time_real_cron (two minutes), and what is being sent then is unknown.
SECONDS = 30
# For calls of a batch that was reserved at the end of a turn.
AT_LEAST = 5


class VipMessage(models.Model):
    """Reserve, commit, call the gateway outside of any transaction, write, commit."""

    _inherit = "vip.message"

    @api.model
    def _cron_send(self):
        """Send what may leave now, by every running gateway; look for what was lost.

        One turn a job: repeated by Odoo itself, it would take too long for a worker.
        """
        gateways = self.env["vip.sms.gateway"].search(
            [("active", "in", (True, False))], order="reserved_at, id"
        )
        running = gateways.filtered(lambda one: one.active and one.state == "running")
        for gateway in running:
            self._guarded(self._send_by, gateway, SECONDS / len(running))
        for gateway in gateways:
            self._guarded(self._recover, gateway)
        if self._is_more_due(running):
            self._trigger_sending()
        self._commit(0, 0)

    def _guarded(self, work, gateway, *args):
        try:
            work(gateway, *args)
        except Exception:  # noqa: BLE001 the others send on
            self.env.cr.rollback()
            _logger.exception("Gateway %s: sending stopped", gateway.id)

    def _is_more_due(self, gateways):
        """Tell whether something could leave at once."""
        return any(
            gateway.state == "running"
            and self._room(gateway, fields.Datetime.now())
            and self.search_count(
                [
                    ("gateway_id", "=", gateway.id),
                    ("state", "=", "ready"),
                    ("send_from", "<=", fields.Datetime.now()),
                ],
                limit=1,
            )
            for gateway in gateways
        )

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
            if self._hand_over(gateway, found, end) or time.monotonic() >= end:
                return sent

    def _hand_over(self, gateway, found, end):
        """Call the gateway and write what it says; tell whether it must not go on.

        No call begins after `end`: what is left goes back to the queue.

        No statement runs between the commit of the reservation and the first result:
        the transaction of the results begins with them.
        """
        is_stopped = False
        if not found.outgoing:
            return is_stopped
        seconds = max(AT_LEAST, end - time.monotonic())
        for results in hand_over(found.gateway, list(found.outgoing), seconds):
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
