import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# For goods marked as high-value in a category without days of its own.
USUAL_DAYS = (7, 30, 180)
MOST_DAYS, LAST_DAY = 6, 400


class ProductCategory(models.Model):
    """After how many days a member is asked about what she bought."""

    _inherit = "product.category"

    vip_care_days = fields.Char(
        "Care after (days)",
        help="Who bought from this category is cared for so many days later, for"
        " example 7, 30, 180. Categories below without own days follow; 0: never.",
    )

    @api.constrains("vip_care_days")
    def _check_vip_care_days(self):
        for category in self:
            days = category._vip_own_care_days()
            if days is None or days == (0,):
                continue
            if not days or len(days) > MOST_DAYS or days[0] < 1 or days[-1] > LAST_DAY:
                raise ValidationError(
                    self.env._(
                        "“%(days)s” cannot be read as days after a purchase. Write up"
                        " to %(most)s numbers from 1 to %(last)s with commas between"
                        " them, for example 7, 30, 180; 0 alone for never.",
                        days=category.vip_care_days,
                        most=MOST_DAYS,
                        last=LAST_DAY,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._vip_tidy_care_days(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._vip_tidy_care_days(vals))

    @api.model
    def _vip_tidy_care_days(self, vals):
        """Return `vals` with readable days in order, each once."""
        days = _read_days(vals.get("vip_care_days"))
        if not days:
            return vals
        return vals | {"vip_care_days": ", ".join(str(day) for day in days)}

    def _vip_own_care_days(self):
        """Return this category's own days sorted; None without, () if unreadable."""
        return _read_days(self.vip_care_days)

    @api.model
    def _vip_care_plan(self):
        """Return [(category id, only goods marked as high-value, days after)].

        Whatever is bought in a category with days (its own or from the nearest above)
        is looked after; elsewhere only what is marked, after the usual days.
        """
        plan = []
        own = {}
        fields_read = ["parent_id", "vip_care_days"]
        # sudo: the same for whoever plans
        categories = self.sudo().search_fetch([], fields_read, order="parent_path")
        for category in categories:
            days = category._vip_own_care_days()
            if days is None:
                days = own.get(category.parent_id.id)
            own[category.id] = days
            marked = days is None
            plan += [
                (category.id, marked, after)
                for after in (USUAL_DAYS if marked else days)
                if after
            ]
        return plan


def _read_days(text):
    """Return the days written in `text`, sorted; None if empty, () if unreadable."""
    if not isinstance(text, str) or not text.strip():
        return None
    parts = re.split(r"[,;，、；\s]+", text.strip().strip(",;，、；"))
    if not all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts):
        return ()
    return tuple(sorted({int(part) for part in parts}))
