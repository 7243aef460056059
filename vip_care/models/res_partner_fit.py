from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class ResPartner(models.Model):
    """Members to search by the new arrivals that fit them."""

    _inherit = "res.partner"

    vip_fitting_event_id = fields.Many2one(
        "vip.care.event",
        "New arrivals that fit",
        compute="_compute_vip_fitting_event_id",
        search="_search_vip_fitting_event_id",
        groups="vip_care.group_associate",
        help="To search with: whom something of new arrivals fits.",
    )

    def _compute_vip_fitting_event_id(self):
        self.vip_fitting_event_id = False

    def _search_vip_fitting_event_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        ids = [id_ for id_ in value if isinstance(id_, int)]
        events = self.env["vip.care.event"].search([("id", "in", ids)])
        fits = events._query_fits(SQL("TRUE"))
        return Domain("id", "in", SQL("(SELECT partner_id FROM (%s) fits)", fits))
