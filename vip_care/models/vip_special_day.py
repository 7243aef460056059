from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .res_partner_profile import CALENDARS

MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class VipSpecialDay(models.Model):
    """A day that matters to a member, kept as she states it."""

    _name = "vip.special.day"
    _description = "Special day"
    _order = "month, day, id"

    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True, help="Wedding day, child's graduation …")
    calendar = fields.Selection(CALENDARS, required=True, default="solar")
    month = fields.Integer(required=True, aggregator=None)
    day = fields.Integer(required=True, aggregator=None)
    is_leap_month = fields.Boolean("Leap month")
    year = fields.Integer(aggregator=None, help="Empty if unknown.")
    note = fields.Char()

    # `vip.care.rule._query_special_day`
    _day_idx = models.Index("(month, day)")

    @api.constrains("calendar", "month", "day")
    def _check_day(self):
        for special in self:
            last = 30
            if special.calendar == "solar" and 1 <= special.month <= 12:
                last = MONTH_DAYS[special.month - 1]
            if not (1 <= special.month <= 12 and 1 <= special.day <= last):
                raise ValidationError(
                    self.env._(
                        "%(day)s/%(month)s is no day of the %(calendar)s calendar.",
                        day=special.day,
                        month=special.month,
                        calendar=dict(
                            self._fields["calendar"]._description_selection(self.env)
                        )[special.calendar],
                    )
                )

    def _read_format(self, fnames, load="_classic_read"):
        result = super()._read_format(fnames, load)
        # This is the member's own story: whoever reads it has read her.
        self.env["vip.access.view"]._count(self.partner_id)
        return result
