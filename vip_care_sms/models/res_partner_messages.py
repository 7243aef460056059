from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    vip_message_ids = fields.One2many(
        "vip.message",
        "partner_id",
        "Text messages",
        groups="vip_care.group_associate",
    )
