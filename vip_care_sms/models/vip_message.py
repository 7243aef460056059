from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.vip_care.models.vip_care_words import GUARDS, PURPOSES

LOG = {"readonly": True, "copy": False}
# Where a message is; it goes down this list only. What is certainly not sent may be
# tried again by a decision (`action_retry`).
STATES = [
    ("waiting", "To confirm"),
    ("ready", "Queued"),
    ("reserved", "Being sent"),
    ("unknown", "Outcome unknown"),
    ("accepted", "Accepted"),
    ("sent", "Sent"),
    ("delivered", "Delivered"),
    ("undelivered", "Not delivered"),
    ("rejected", "Rejected by the network"),
    ("failed", "Not sent"),
    ("blocked", "Held back"),
    ("cancelled", "Cancelled"),
    ("dropped", "Too late"),
]
# She may have it: it counts for every limit and is never sent again by itself.
OUT = (
    "reserved",
    "unknown",
    "accepted",
    "sent",
    "delivered",
    "undelivered",
    "rejected",
)
# Its turn has not come.
QUEUED = ("waiting", "ready")
# It certainly did not leave; only a person's decision queues it again.
NOT_SENT = ("failed", "blocked", "cancelled", "dropped")
KINDS = [
    ("care", "Care"),
    ("confirmation", "Confirmation of a refusal"),
    ("test", "Test"),
]


class VipMessage(models.Model):
    """The outbox: one text message to one number, and the log of what became of it.

    Reserved and committed before the gateway is called, its result committed after;
    nothing ever leaves twice. Rows are kept: they prove what was sent to whom and why.
    """

    _name = "vip.message"
    _description = "Text message"
    _order = "id desc"
    _rec_name = "uuid"

    uuid = fields.Char("Reference", required=True, **LOG)
    kind = fields.Selection(KINDS, required=True, default="care", **LOG)
    state = fields.Selection(STATES, required=True, default="ready", **LOG)
    company_id = fields.Many2one("res.company", required=True, **LOG)
    gateway_id = fields.Many2one("vip.sms.gateway", ondelete="restrict", **LOG)
    batch_id = fields.Many2one("vip.message.batch", ondelete="restrict", **LOG)
    task_id = fields.Many2one(
        "vip.care.task", "Care contact", ondelete="set null", **LOG
    )
    partner_id = fields.Many2one("res.partner", "Member", ondelete="set null", **LOG)
    store_id = fields.Many2one("vip.store", ondelete="restrict", **LOG)
    owner_id = fields.Many2one("hr.employee", **LOG)
    purpose = fields.Selection(PURPOSES, **LOG)
    occasion = fields.Char(help="Trigger and day: one message per number.", **LOG)
    consent_id = fields.Many2one("vip.consent", ondelete="restrict", **LOG)
    number = fields.Char("Whole number", groups="vip_care.group_head_office", **LOG)
    number_masked = fields.Char("Number", **LOG)
    body = fields.Text("Words", help="As sent.", **LOG)
    template_id = fields.Many2one("vip.sms.template", ondelete="restrict", **LOG)
    parts = fields.Integer(aggregator="sum", **LOG)
    # No Monetary: a part costs fractions of a cent, and a thousand of them add up.
    cost = fields.Float(digits=(16, 4), aggregator="sum", **LOG)
    currency_id = fields.Many2one(related="company_id.currency_id")
    priority = fields.Integer(aggregator=None, **LOG)
    send_from = fields.Datetime("Not before", required=True, **LOG)
    until = fields.Date("At the latest", help="By the store's calendar.", **LOG)
    attempt = fields.Integer("Attempts", aggregator=None, **LOG)
    queued_by_id = fields.Many2one("res.users", "Queued by", **LOG)
    reserved_at = fields.Datetime("Handed over", **LOG)
    asked_at = fields.Datetime("Asked for", **LOG)
    accepted_at = fields.Datetime("Accepted", **LOG)
    report_at = fields.Datetime("Last report", **LOG)
    sent_on = fields.Date("Day", help="By the store's calendar.", **LOG)
    provider_ref = fields.Char("Gateway's reference", **LOG)
    code = fields.Char("Gateway's code", **LOG)
    reason = fields.Char("Why not", **LOG)
    guard = fields.Selection(GUARDS, "Held back because", **LOG)

    _uuid_uniq = models.UniqueIndex("(uuid)")
    # A contact is queued once, whoever asks for it and how often.
    _task_uniq = models.UniqueIndex("(task_id) WHERE task_id IS NOT NULL")
    # Two members on one number get one message, also from two companies.
    _occasion_uniq = models.UniqueIndex(
        """(number, occasion) WHERE occasion IS NOT NULL AND state IN
        ('reserved', 'unknown', 'accepted', 'sent', 'delivered', 'undelivered',
         'rejected')"""
    )
    # What the sender takes next: read in its order, up to a batch.
    _ready_idx = models.Index(
        "(gateway_id, priority DESC, id, send_from) WHERE state = 'ready'"
    )
    # What is queued and whose contact may be over.
    _queued_idx = models.Index("(task_id) WHERE state IN ('waiting', 'ready')")
    # The limits of a gateway and of a number.
    _gateway_idx = models.Index("(gateway_id, reserved_at)")
    _number_idx = models.Index("(number, reserved_at)")
    # What a killed sender left, and what waits for a report.
    _reserved_idx = models.Index("(reserved_at) WHERE state IN ('reserved', 'unknown')")
    # Reports by the gateway's own reference.
    _ref_idx = models.Index("(gateway_id, provider_ref) WHERE provider_ref IS NOT NULL")
    _partner_idx = models.Index("(partner_id, id)")
    _batch_idx = models.Index("(batch_id, state)")
    _store_idx = models.Index("(store_id, sent_on)")

    @api.model_create_multi
    def create(self, vals_list):
        self._check_server()
        return super().create(vals_list)

    def write(self, vals):
        self._check_server()
        return super().write(vals)

    def _check_server(self):
        if not self.env.su:
            raise AccessError(
                self.env._("Messages are queued and changed by their buttons only.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("Messages are kept: they prove what was sent to whom.")
        )
