from odoo import models


class VipCareTask(models.Model):
    """At the moment of contact the names in the words are those of that moment."""

    _inherit = "vip.care.task"

    def action_contact(self, how):
        """Return what is needed to contact her now, her words signed as of now."""
        self._start_step()
        texts = self.env["vip.care.text"]
        texts._replace_retired(self)
        texts._sign_anew(self)
        return super().action_contact(how)
