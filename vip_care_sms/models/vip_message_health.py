from odoo import fields, models
from odoo.tools import SQL

from ..gateways.base import ACCEPTED, LATER, STOP, UNKNOWN, _lt
from ..gateways.handover import NOT_BEGUN

WRONG = (STOP, UNKNOWN, LATER)
# None of them is sent again by itself: a whole festival would be lost.
UNKNOWN_AT_MOST = 20
NOT_UNDERSTOOD = _lt(
    "Nobody knows whether its last messages left: its answers do not say. Check the "
    "address and the settings, and ask the provider."
)
NOT_TAKEN = _lt("It takes no messages.")


class VipMessage(models.Model):
    """What results say of the gateway itself.

    Never in the transaction of the results: every sender writes the gateway's row, and
    who has to wait for it might never get to write what became of the messages.
    """

    _inherit = "vip.message"

    def _note_gateway(self, gateway, results):
        """Note how the gateway is, and pause it if it takes nothing. Commits."""
        stopped = [
            (uuid, result) for uuid, result in results.items() if result.outcome == STOP
        ]
        if stopped:
            reason = self._said(*stopped[0]) or NOT_TAKEN
            self._committing(lambda: gateway._pause(reason))
        unknown = self._committing(lambda: self._note_health(gateway, results))
        if unknown >= UNKNOWN_AT_MOST:
            self._committing(lambda: gateway._pause(NOT_UNDERSTOOD))

    def _note_health(self, gateway, results):
        """Write when the gateway last took a message, and what last went wrong.

        Return how many in a row nobody knows anything of.
        """
        wrong = [
            (uuid, result)
            for uuid, result in results.items()
            if result.outcome in WRONG and result != NOT_BEGUN
        ]
        values = []
        now = fields.Datetime.now()
        if any(result.outcome == ACCEPTED for result in results.values()):
            values.append(SQL("accepted_at = %s", now))
        if wrong:
            text = self._said(*wrong[0]) or None
            values.append(SQL("error_at = %s, error_text = %s", now, text))
        outcomes = [one.outcome for one in results.values() if one != NOT_BEGUN]
        if set(outcomes) == {UNKNOWN}:
            count = SQL("COALESCE(unknown_in_a_row, 0) + %s", len(outcomes))
            values.append(SQL("unknown_in_a_row = %s", count))
        elif outcomes:
            values.append(SQL("unknown_in_a_row = 0"))
        if not values:
            return 0
        query = self._query_note_health(gateway, values)
        self.env.cr.execute(query, log_exceptions=False)
        gateway.invalidate_recordset()
        return sum(count for (count,) in self.env.cr.fetchall())

    def _said(self, uuid, result):
        """Return what the gateway said of a message, without the number in it."""
        message = self.sudo().search([("uuid", "=", uuid)])
        return self._clean(result.reason or result.code, message.number)

    def _query_note_health(self, gateway, values):
        """Return SQL that notes it, unless somebody writes the gateway this moment.

        SQL: a note is not worth waiting for; the next results bring another.
        """
        return SQL(
            """UPDATE vip_sms_gateway SET %s
                WHERE id IN (SELECT id FROM vip_sms_gateway
                              WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED)
            RETURNING unknown_in_a_row""",
            SQL(", ").join(values),
            gateway.id,
        )
