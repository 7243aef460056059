from odoo import fields, models


class VipDormancyStep(models.Model):
    """One step of the plan to win a member back."""

    _name = "vip.dormancy.step"
    _description = "Step of a recovery plan"
    _order = "due_date, id"

    line_id = fields.Many2one(
        "vip.dormancy.line", required=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one(related="line_id.partner_id", store=True, index=True)
    name = fields.Char("What is done", required=True)
    due_date = fields.Date("Due", required=True)
    done_on = fields.Date("Done", readonly=True)
    done_by_id = fields.Many2one("res.users", readonly=True)
