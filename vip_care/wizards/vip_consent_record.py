from odoo import fields, models
from odoo.exceptions import UserError

from ..models.vip_consent import CHANNELS, METHODS, NOT_BY_HAND, PURPOSES


class VipConsentRecord(models.TransientModel):
    """A member's word, written down: she agrees, or she does not any more."""

    _name = "vip.consent.record"
    _description = "Record a consent"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        "Member",
        required=True,
        readonly=True,
        domain=[("is_vip_member", "=", True)],
    )
    given = fields.Selection(
        [("yes", "She agrees"), ("no", "She refuses or withdraws")],
        string="What she says",
        required=True,
        default="yes",
    )
    is_service = fields.Boolean("Service", help="Orders, alterations, repairs.")
    is_care = fields.Boolean("Care", help="Greetings and care without advertising.")
    is_marketing = fields.Boolean("Marketing", help="Offers and invitations.")
    is_profiling = fields.Boolean("Profiling", help="Suggestions from what she buys.")
    is_sensitive = fields.Boolean(
        "Sensitive data", help="Measurements, photos, children, health."
    )
    channel = fields.Selection(CHANNELS, required=True, default="any")
    method = fields.Selection(
        [(key, label) for key, label in METHODS if key not in NOT_BY_HAND],
        string="How",
        required=True,
        default="paper",
    )
    text = fields.Text("What was said", required=True)
    version = fields.Char("Version of the text")
    date = fields.Datetime(
        "When", required=True, default=lambda self: fields.Datetime.now()
    )
    evidence = fields.Binary("Signed form")
    evidence_name = fields.Char("File name")

    def action_record(self):
        self.ensure_one()
        purposes = [key for key, _label in PURPOSES if self[f"is_{key}"]]
        if not purposes:
            raise UserError(self.env._("Tick what she agrees to or refuses."))
        self.partner_id._vip_record_consents(
            purposes,
            given=self.given == "yes",
            channel=self.channel,
            method=self.method,
            text=self.text,
            version=self.version,
            date=self.date,
            evidence=self.evidence,
            evidence_name=self.evidence_name,
        )
        return {"type": "ir.actions.act_window_close"}
