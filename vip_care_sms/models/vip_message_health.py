from odoo import fields, models
from odoo.tools import SQL

from ..gateways.base import ACCEPTED, LATER, STOP, UNKNOWN
from ..gateways.handover import NOT_BEGUN

WRONG = (STOP, UNKNOWN, LATER)


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
            reason = self._said(*stopped[0]) or "It takes no messages."
            self._committing(lambda: gateway._pause(reason))
        self._committing(lambda: self._note_health(gateway, results))

    def _note_health(self, gateway, results):
        """Write when the gateway last took a message, and what last went wrong."""
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
        if values:
            query = self._query_note_health(gateway, values)
            self.env.cr.execute(query, log_exceptions=False)
            gateway.invalidate_recordset(["accepted_at", "error_at", "error_text"])

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
                              WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED)""",
            SQL(", ").join(values),
            gateway.id,
        )
