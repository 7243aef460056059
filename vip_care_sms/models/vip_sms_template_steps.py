from odoo import models
from odoo.exceptions import UserError


class VipSmsTemplate(models.Model):
    """From draft to the provider's answer; head office tells what it said."""

    _inherit = "vip.sms.template"

    def action_file(self):
        """The text has been pasted into the provider's console."""
        self._check_step(("draft", "refused"))
        return self.write({"state": "filed", "refusal": False})

    def action_approve(self):
        """The provider has approved it: messages may leave by it from now on."""
        self._check_step(("draft", "filed", "refused"))
        return self.write({"state": "approved", "refusal": False})

    def action_refuse(self):
        """The provider has refused or withdrawn it."""
        self._check_step(("filed", "approved"))
        return self.write({"state": "refused"})

    def action_draft(self):
        """Change what the provider refused."""
        self._check_step(("filed", "refused"))
        return self.write({"state": "draft"})

    def _check_step(self, states):
        self.check_access("write")
        if any(template.state not in states for template in self):
            raise UserError(
                self.env._("This is not the time for it: look at the template's state.")
            )
