from odoo import api, fields, models


class PosOrder(models.Model):
    _inherit = "pos.order"

    vip_purchase_ids = fields.One2many(
        "vip.purchase",
        "order_id",
        string="Member purchase",
        readonly=True,
        groups="vip_care.group_associate",
    )
    vip_store_id = fields.Many2one(
        "vip.store", string="Store", compute="_compute_vip_purchase"
    )
    vip_owner_id = fields.Many2one(
        "hr.employee",
        string="Member's owner",
        compute="_compute_vip_purchase",
        help="Who maintained the member at the sale.",
    )
    vip_receiver_id = fields.Many2one(
        "hr.employee",
        string="Receiver",
        compute="_compute_vip_purchase",
        help="Who served this sale.",
    )
    vip_tier_id = fields.Many2one(
        "vip.tier",
        string="Member's tier",
        compute="_compute_vip_purchase",
        help="The member's tier at the sale.",
    )
    vip_points_earned = fields.Float(
        "Points earned", compute="_compute_vip_purchase", digits=0
    )
    vip_points_spent = fields.Float(
        "Points spent", compute="_compute_vip_purchase", digits=0
    )

    # The collector reads what was written lately.
    _vip_write_idx = models.Index(
        "(write_date) WHERE state IN ('paid', 'done') AND partner_id IS NOT NULL"
    )

    # A till shows a member's latest tickets: few reads, however many she has.
    _vip_partner_date_idx = models.Index(
        "(partner_id, date_order DESC) WHERE partner_id IS NOT NULL"
    )

    @api.depends("vip_purchase_ids")
    def _compute_vip_purchase(self):
        for order in self:
            # sudo: the figures of a ticket are seen by whoever may see the ticket
            purchase = order.sudo().vip_purchase_ids[:1]
            order.vip_store_id = purchase.store_id or order.config_id.vip_store_id
            order.vip_owner_id = purchase.owner_id
            order.vip_receiver_id = purchase.receiver_id
            order.vip_tier_id = purchase.tier_id
            order.vip_points_earned = purchase.points_earned
            order.vip_points_spent = purchase.points_spent

    @api.model
    def _load_pos_data_fields(self, config):
        """Keep our fields off the till: it reads every field at each payment."""
        names = super()._load_pos_data_fields(config) or list(
            self.fields_get(attributes=["type"])
        )
        return [name for name in names if not name.startswith("vip_")]
