from odoo import fields, models

from ..tools.birthdays import FILLED_IN, lunar_of, nearest

# A birthday is near from so many days past to so many ahead.
DAYS_PAST, DAYS_AHEAD = 3, 14
MATTERS_AT_MOST = 5


class ResPartner(models.Model):
    """The parts of a member's card. They run in sudo: `own` says who is asking."""

    _inherit = "res.partner"

    def _vip_card_standing(self, config, own):
        tier, owner = self.vip_tier_id, self.vip_owner_id
        return {
            "salutation": self.vip_salutation or False,
            "tier": bool(tier) and {"id": tier.id, "name": tier.name},
            "phone": self.vip_phone_masked or False,
            "owner": bool(owner) and {"id": owner.id, "name": owner.name},
        }

    def _vip_card_points(self, config, own):
        as_of = self.vip_points_as_of
        return {
            "points": self.vip_points_balance,
            "as_of": bool(as_of) and fields.Datetime.to_string(as_of),
        }

    def _vip_card_reveal(self, config, own):
        people = self.sudo(False)
        may_reveal = people._vip_reveals() and people._vip_find_to_reveal(self.id)
        return {"may_reveal": bool(may_reveal and self.phone)}

    def _vip_card_fit(self, config, own):
        tags = self.vip_tag_ids.filtered(lambda tag: tag.category == "taste")
        return {
            "sizes": self._vip_till_sizes(),
            "taste": {
                "tags": tags.mapped("name"),
                "text": (self.vip_dress_taste or "").strip() or False,
            },
            "service": self._vip_till_service(),
        }

    def _vip_card_birthday(self, config, own):
        today = config.vip_store_id.sudo()._vip_today()
        kept = self._vip_birthday_kept()
        in_march = config.company_id.vip_leap_birthday == "march"
        day = kept and nearest(today, kept, DAYS_PAST, DAYS_AHEAD, in_march)
        if not day:
            return {"birthday": False}
        birthday = {"days": (day - today).days}
        return {"birthday": birthday | ({"date": f"{day:%m-%d}"} if own else {})}

    def _vip_birthday_kept(self):
        """Return calendar, month, day and leap of the birthday she keeps, or None.

        Hers as stated wins; who only says that she keeps the lunar calendar has it
        read from her day of birth, if that is whole.
        """
        born, by_lunar = self.vip_birthday, self.vip_birthday_calendar == "lunar"
        if born in FILLED_IN and not self.vip_birthday_year_unknown:
            born = False
        if self.vip_lunar_month and self.vip_lunar_day and (by_lunar or not born):
            stated = (self.vip_lunar_month, self.vip_lunar_day, self.vip_lunar_is_leap)
        elif born and by_lunar and not self.vip_birthday_year_unknown:
            stated = lunar_of(born)
        elif born and not by_lunar:
            return {"calendar": "solar", "month": born.month, "day": born.day}
        else:
            stated = None
        names = ("month", "day", "leap")
        return stated and {"calendar": "lunar", **dict(zip(names, stated, strict=True))}

    def _vip_card_matters(self, config, own):
        return {"matters": self._vip_till_matters(config, own)}

    def _vip_till_matters(self, config, own):
        """Return what is open with her, most urgent first; override to add kinds.

        Each is kind, text (only for who may read her), due, late and owner.
        """
        today = config.vip_store_id.sudo()._vip_today()
        activities = (
            self.env["mail.activity"]
            .sudo()  # that something is open is told to who serves her, not what
            .search_fetch(
                [("res_model", "=", "res.partner"), ("res_id", "=", self.id)],
                ["summary", "date_deadline", "user_id", "activity_type_id"],
                order="date_deadline, id",
                limit=MATTERS_AT_MOST,
            )
        )
        return [
            {
                "kind": "promise",
                "text": own
                and (activity.summary or activity.activity_type_id.name or False),
                "due": fields.Date.to_string(activity.date_deadline) or False,
                "late": bool(activity.date_deadline and activity.date_deadline < today),
                "owner": activity.user_id.name or False,
            }
            for activity in activities
        ]

    def _vip_card_pos(self, config, own):
        return {"pos": self._vip_till_rows(config)[0]}
