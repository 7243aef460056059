from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    vip_points_balance = fields.Float(
        "Points",
        compute="_compute_vip_points",
        digits=0,
        help="What the member's loyalty cards hold together.",
    )
    vip_points_as_of = fields.Datetime(
        "Points as of",
        compute="_compute_vip_points",
        help="When the balance was read from her loyalty cards.",
    )

    @api.depends_context("uid")
    def _compute_vip_points(self):
        balances = dict(
            self.env["loyalty.card"]
            .sudo()  # whoever sees the member sees her points
            ._read_group(
                [
                    ("partner_id", "in", self.ids),
                    ("program_id.program_type", "=", "loyalty"),
                ],
                ["partner_id"],
                ["points:sum"],
            )
        )
        now = fields.Datetime.now()
        for partner in self:
            # Sums of floats carry noise far behind the point.
            partner.vip_points_balance = round(balances.get(partner._origin, 0), 2)
            partner.vip_points_as_of = now if partner.is_vip_member else False
