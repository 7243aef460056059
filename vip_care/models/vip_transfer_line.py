from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

OUTCOMES = [
    ("pending", "Pending"),
    ("moved", "Moved"),
    ("skipped", "Not moved"),
    ("returned", "Returned"),
]
SKIP_REASONS = [
    ("owner_changed", "Had another owner by then"),
    ("no_member", "Was no member any more"),
    ("successor_left", "The successor was no longer there"),
    ("wish", "The member's own wish came first"),
    ("leaving", "Her owner left: handed over with all others"),
    ("merged", "Merged with another contact"),
    ("no_old_owner", "Had no owner before"),
    ("old_owner_left", "The former owner was no longer there"),
]


class VipTransferLine(models.Model):
    """One member of a transfer. A member is in one open transfer at a time."""

    _name = "vip.transfer.line"
    _description = "Member of a transfer"
    _order = "transfer_id desc, id"
    _rec_name = "partner_id"

    transfer_id = fields.Many2one(
        "vip.transfer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Member",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    old_owner_id = fields.Many2one(
        "hr.employee", "Previous owner", readonly=True, index="btree_not_null"
    )
    new_owner_id = fields.Many2one("hr.employee", "New owner", index="btree_not_null")
    why = fields.Char(help="Why this successor.")
    outcome = fields.Selection(
        OUTCOMES, required=True, readonly=True, default="pending"
    )
    skip_reason = fields.Selection(SKIP_REASONS, "Why not", readonly=True)
    is_wish = fields.Boolean(readonly=True, help="The member asked for it herself.")
    is_open = fields.Boolean(readonly=True, help="Submitted and not yet settled.")

    # Her own wish may be recorded while somebody else's request is open: it wins.
    _open_uniq = models.UniqueIndex(
        "(partner_id, is_wish) WHERE is_open",
        "This member is already in an open transfer.",
    )

    def write(self, vals):
        if not self.env.su:
            self._check_may_write(vals)
            if "new_owner_id" in vals and "why" not in vals:
                vals = vals | {"why": False}  # the proposal's words were of another
        return super().write(vals)

    def _check_may_write(self, vals):
        """Raise unless the user may choose successors in these lines now."""
        if set(vals) - {"new_owner_id", "why"}:
            raise AccessError(self.env._("Only the successor can be changed."))
        for transfer in self.transfer_id:
            if not (transfer._may_decide("edit") or transfer._may_decide("successor")):
                raise AccessError(
                    self.env._(
                        "You cannot choose successors in %(transfer)s now.",
                        transfer=transfer.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        for transfer in self.transfer_id:
            if transfer.state != "draft" or not (
                self.env.su or transfer._may_decide("edit")
            ):
                raise UserError(
                    self.env._(
                        "Members can be taken out of %(transfer)s only before it is"
                        " submitted.",
                        transfer=transfer.name,
                    )
                )
