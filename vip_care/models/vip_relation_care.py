from odoo import models

DATE = {
    "partner_id",
    "birthday_calendar",
    "birthday_month",
    "birthday_day",
    "birthday_is_leap_month",
}


class VipRelation(models.Model):
    """A birthday in the family corrected or deleted is not kept on the former day."""

    _inherit = "vip.relation"

    def write(self, vals):
        partners = self.partner_id
        result = super().write(vals)
        if not DATE.isdisjoint(vals):
            partners |= self.partner_id
            self.env["vip.care.rule"]._follow_dates(partners, "family_birthday")
        return result

    def unlink(self):
        partners = self.partner_id
        result = super().unlink()
        self.env["vip.care.rule"]._follow_dates(partners, "family_birthday")
        return result
