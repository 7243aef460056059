from odoo import fields, models

REPLY = ("reply", "Reply to a message")


class VipCareRule(models.Model):
    """Replies are answered by a rule of their own: how, by when and how urgently."""

    _inherit = "vip.care.rule"

    trigger = fields.Selection(selection_add=[REPLY], ondelete={"reply": "cascade"})

    def _query_reply(self, scope):
        """Return None: a reply makes its contact itself, the moment it comes."""
        return None
