from odoo import fields, models


class VipSeason(models.Model):
    """A selling season: goods bought inside their season were bought fresh."""

    _name = "vip.season"
    _description = "Season"
    _order = "date_from desc, id desc"

    name = fields.Char(required=True, translate=True)
    date_from = fields.Date("First day", required=True)
    date_to = fields.Date("Last day", required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company")

    _dates_check = models.Constraint(
        "CHECK (date_from <= date_to)", "A season ends on or after its first day."
    )
