from odoo import fields, models
from odoo.tools import SQL


class VipSeason(models.Model):
    """A selling season: goods bought inside their season were bought fresh."""

    _name = "vip.season"
    _description = "Season"
    _order = "date_from desc, id desc"

    name = fields.Char(required=True, translate=True)
    date_from = fields.Date("First day", required=True)
    date_to = fields.Date("Last day", required=True)
    active = fields.Boolean("On", default=True)
    company_id = fields.Many2one("res.company")

    _dates_check = models.Constraint(
        "CHECK (date_from <= date_to)", "A season ends on or after its first day."
    )

    def _query_of_day(self, day, company):
        """The id of the season of `day` in `company` (both SQL), as a lateral query.

        Of several seasons the one begun last. SQL because millions of purchases ask.
        """
        return SQL(
            """
            SELECT id FROM vip_season
             WHERE %(day)s BETWEEN date_from AND date_to AND active
               AND COALESCE(company_id, %(company)s) = %(company)s
             ORDER BY date_from DESC, id LIMIT 1
            """,
            day=day,
            company=company,
        )
