from odoo import fields, models

REPLY = ("reply", "Reply to a message")


class VipCareRule(models.Model):
    """Replies are answered by a rule of their own: how, by when and how urgently."""

    _inherit = "vip.care.rule"

    trigger = fields.Selection(
        selection_add=[REPLY], ondelete={"reply": lambda rules: rules._end_replies()}
    )

    def _query_reply(self, scope):
        """Return None: a reply makes its contact itself, the moment it comes."""
        return None

    def _end_replies(self):
        """Delete these rules and their contacts, as the add-on goes."""
        tasks = self.env["vip.care.task"].search([("rule_id", "in", self.ids)])
        tasks.unlink()
        self.unlink()
