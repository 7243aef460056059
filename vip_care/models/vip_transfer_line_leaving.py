from odoo import fields, models
from odoo.exceptions import ValidationError

from .vip_transfer_leaving import PROPOSED


class VipTransferLine(models.Model):
    """What a handover proposes for one member, and who chose otherwise."""

    _inherit = "vip.transfer.line"

    home_store_id = fields.Many2one(
        "vip.store",
        "Home store",
        readonly=True,
        ondelete="restrict",
        help="The member's home store when the handover was drawn up.",
    )
    times_served = fields.Integer(
        readonly=True, help="How often this successor served her in 12 months."
    )

    # The form shows each successor's share, whatever the number of lines.
    _share_idx = models.Index(
        "(transfer_id, COALESCE(new_owner_id, 0), id) WHERE outcome <> 'skipped'"
    )

    def write(self, vals):
        if "new_owner_id" not in vals or self.env.su:
            return super().write(vals)
        proposed = self.filtered(lambda line: line.transfer_id.kind in PROPOSED)
        proposed._check_successor(vals["new_owner_id"])
        if proposed and "why" not in vals:
            chosen = vals | {
                "why": self.env._("Chosen by %(user)s", user=self.env.user.name)
            }
            super(VipTransferLine, proposed).write(chosen)
        return super(VipTransferLine, self - proposed).write(vals)

    def _check_successor(self, employee_id):
        """Raise unless this colleague can take members over: there and staying."""
        employee = self.env["hr.employee"].sudo().browse(employee_id or [])
        for transfer in self.transfer_id:
            leaving = transfer._leaving_employees()
            if employee and (not employee.active or employee in leaving):
                raise ValidationError(
                    self.env._(
                        "%(employee)s is leaving herself. Choose somebody who stays.",
                        employee=employee.name,
                    )
                )
