from odoo import api, fields, models

from .vip_care_rule_reply import REPLY

# The words of so many replies stand in the reason, each cut at this length.
TOLD, LENGTH = 3, 300


class VipCareTask(models.Model):
    """Contacts with those who wrote back; what they wrote is told by the reason."""

    _inherit = "vip.care.task"

    trigger = fields.Selection(selection_add=[REPLY], ondelete={"reply": "cascade"})
    reply_ids = fields.One2many("vip.message.reply", "task_id", "Replies")

    @api.depends("reply_ids.text")
    def _compute_why(self):
        return super()._compute_why()

    def _why_reply(self):
        # sudo: who may see the contact may read what it is about
        replies = self.sudo().reply_ids.sorted("id")[-TOLD:]
        texts = [" ".join((reply.text or "").split()) for reply in replies]
        told = [t if len(t) <= LENGTH else f"{t[:LENGTH]}…" for t in texts if t]
        if not told:
            return self.env._("She wrote back.")
        return self.env._("She wrote back: %(words)s", words=" / ".join(told))
