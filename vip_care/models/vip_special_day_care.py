from odoo import models

DATE = {"partner_id", "calendar", "month", "day", "is_leap_month", "year"}


class VipSpecialDay(models.Model):
    """A special day corrected or deleted is not kept on the former day."""

    _inherit = "vip.special.day"

    def write(self, vals):
        partners = self.partner_id
        result = super().write(vals)
        if not DATE.isdisjoint(vals):
            partners |= self.partner_id
            self.env["vip.care.rule"]._follow_dates(partners, "special_day")
        return result

    def unlink(self):
        partners = self.partner_id
        result = super().unlink()
        self.env["vip.care.rule"]._follow_dates(partners, "special_day")
        return result
