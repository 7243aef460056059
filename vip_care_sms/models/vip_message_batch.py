from odoo import fields, models

LOG = {"readonly": True, "copy": False}


class VipMessageBatch(models.Model):
    """Messages of one rule and day of a company: estimated and confirmed as one."""

    _name = "vip.message.batch"
    _description = "Messages to confirm"
    _order = "day desc, id desc"

    company_id = fields.Many2one("res.company", required=True, **LOG)
    rule_id = fields.Many2one("vip.care.rule", required=True, **LOG)
    day = fields.Date(required=True, help="On which they are due.", **LOG)
    state = fields.Selection(
        [
            ("waiting", "To confirm"),
            ("confirmed", "Confirmed"),
            ("stopped", "Stopped"),
        ],
        required=True,
        default="confirmed",
        **LOG,
    )
    confirmed_by_id = fields.Many2one("res.users", "Confirmed by", **LOG)
    confirmed_at = fields.Datetime(**LOG)

    _batch_uniq = models.UniqueIndex("(company_id, rule_id, day)")
