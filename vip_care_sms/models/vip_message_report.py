from datetime import timedelta

from odoo import api, fields, models

KEPT_DAYS = 400
GC_BATCH = 10_000
LOG = {"readonly": True, "copy": False}
PROBLEMS = [
    ("status", "Says nothing we know"),
    ("message", "No such message"),
    ("number", "Names another number"),
    ("state", "Changes nothing"),
]


class VipMessageReport(models.Model):
    """What a gateway told of a message, as it came; kept whether it counted or not."""

    _name = "vip.message.report"
    _description = "Report of a text message"
    _order = "id desc"
    _log_access = False

    gateway_id = fields.Many2one(
        "vip.sms.gateway", required=True, ondelete="restrict", **LOG
    )
    message_id = fields.Many2one("vip.message", ondelete="cascade", index=True, **LOG)
    reference = fields.Char(help="Ours, or else the gateway's.", **LOG)
    number_masked = fields.Char("Number", **LOG)
    status = fields.Char(required=True, **LOG)
    code = fields.Char(**LOG)
    reported_at = fields.Datetime("Reported at", **LOG)
    received_at = fields.Datetime(required=True, default=fields.Datetime.now, **LOG)
    counted = fields.Boolean(help="Whether it moved the message on.", **LOG)
    problem = fields.Selection(PROBLEMS, "Why it did not count", **LOG)

    # What is old enough to go.
    _old_idx = models.Index("(received_at) WHERE counted IS NOT TRUE")

    @api.autovacuum
    def _gc_old(self):
        """Delete a batch of what changed nothing long ago; the rest stays as proof."""
        before = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        old = self.search(
            [("received_at", "<", before), ("counted", "=", False)],
            order="received_at",
            limit=GC_BATCH,
        )
        old.unlink()
        return len(old), len(old) == GC_BATCH
