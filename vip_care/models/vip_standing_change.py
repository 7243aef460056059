from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("tier", "Tier"),
    ("value_class", "Value class"),
    ("lifecycle", "Life cycle"),
    ("layer", "Layer"),
]
REASONS = [
    ("purchase", "Purchases"),
    ("time", "Time passed"),
    ("rank", "Rank among members"),
    ("earned", "Threshold met"),
    ("renewed", "Renewed for another term"),
    ("lapsed", "Not met again within validity and grace"),
    ("manual", "Granted by hand"),
    ("manual_end", "Grant ended"),
    ("import", "Import"),
    ("merge", "Contacts merged"),
]


class VipStandingChange(models.Model):
    """What a member's standing was and became: append-only, never rewritten."""

    _name = "vip.standing.change"
    _description = "Change of standing"
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    date = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    old = fields.Char(readonly=True, help="Technical value before.")
    new = fields.Char(readonly=True, help="Technical value after.")
    old_tier_id = fields.Many2one("vip.tier", readonly=True)
    new_tier_id = fields.Many2one("vip.tier", readonly=True)
    valid_until = fields.Date(readonly=True)
    reason = fields.Selection(REASONS, required=True, readonly=True)
    note = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", "By", readonly=True)
    store_id = fields.Many2one(related="partner_id.vip_store_id")
    region_id = fields.Many2one(related="partner_id.vip_region_id")
    old_label = fields.Char("Before", compute="_compute_labels")
    new_label = fields.Char("After", compute="_compute_labels")

    # The member form shows her history; the collector asks for the tier at a sale.
    _partner_idx = models.Index("(partner_id, kind, date)")

    @api.depends("kind", "old", "new", "old_tier_id", "new_tier_id")
    @api.depends_context("lang")
    def _compute_labels(self):
        partner = self.env["res.partner"]
        names = {
            kind: dict(partner._fields[f"vip_{kind}"]._description_selection(self.env))
            for kind, _label in KINDS
            if kind != "tier"
        }
        for change in self:
            if change.kind == "tier":
                change.old_label = change.old_tier_id.name
                change.new_label = change.new_tier_id.name
            else:
                change.old_label = names[change.kind].get(change.old, change.old)
                change.new_label = names[change.kind].get(change.new, change.new)

    def write(self, vals):
        raise UserError(self.env._("The history of standing cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The history of standing cannot be deleted."))
