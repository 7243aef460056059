from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class VipCareRule(models.Model):
    _inherit = "vip.care.rule"

    def action_preview(self, on_date=None):
        """Show whom this rule would choose on a day, today unless said, and why not."""
        self.ensure_one()
        if not self.env.user.has_group("vip_care.group_head_office"):
            raise AccessError(self.env._("Only head office previews care rules."))
        try:
            day = fields.Date.to_date(on_date) or self.env["vip.store"]._vip_today()
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("Choose the day to preview.")) from error
        preview = self.env["vip.care.preview"].create(
            {"rule_id": self.id, "on_date": day}
        )
        preview._fill()
        return preview._action_open()
