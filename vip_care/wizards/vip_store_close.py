from odoo import api, fields, models


class VipStoreClose(models.TransientModel):
    """Says where the members and employees of a store go; managers decide on it."""

    _name = "vip.store.close"
    _description = "Move a store's members to another store"

    store_id = fields.Many2one("vip.store", required=True, readonly=True)
    company_id = fields.Many2one(related="store_id.company_id")
    country_id = fields.Many2one(related="store_id.country_id")
    to_store_id = fields.Many2one(
        "vip.store",
        "To store",
        required=True,
        domain="[('id', '!=', store_id), ('company_id', '=', company_id),"
        " ('country_id', '=', country_id)]",
    )
    close_store = fields.Boolean(
        "Close the store",
        default=True,
        help="Archived as soon as nothing belongs to it any more.",
    )
    moving_staff_ids = fields.Many2many(
        "hr.employee.public",
        string="Employees who move along",
        compute="_compute_moving_staff_ids",
        store=True,
        readonly=False,
        domain="[('vip_store_id', '=', store_id)]",
        help="They keep their members. Members of the others get owners there.",
    )
    reason = fields.Text(required=True)

    @api.depends("store_id")
    def _compute_moving_staff_ids(self):
        for wizard in self:
            wizard.moving_staff_ids = wizard.store_id.staff_ids

    def action_propose(self):
        """Draw up the move and open it."""
        self.ensure_one()
        transfer = self.env["vip.transfer"]._prepare_store_move(self)
        return transfer._action_open()
