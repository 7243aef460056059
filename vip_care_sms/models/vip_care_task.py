from odoo import fields, models


class VipCareTask(models.Model):
    _inherit = "vip.care.task"

    message_ids = fields.One2many("vip.message", "task_id", "Text messages")
