from odoo import models
from odoo.tools import format_date, format_list
from odoo.tools.misc import formatLang


class VipCareTask(models.Model):
    """Why, in one sentence: enrolment, purchases, points, standing, regular contacts.

    Told from the facts as they were when the task was planned. Nothing here asks why
    she stayed away, or names who she knows.
    """

    _inherit = "vip.care.task"

    def _why_enrolment(self):
        return self.env._(
            "New member since %(date)s: welcome her.", date=self._told_date()
        )

    def _why_data_check(self):
        missing = self.partner_id.vip_missing_field_ids
        if not missing or self.state != "planned":
            return self.env._(
                "Her profile was %(score)s %% complete.", score=self._fact("score", 0)
            )
        return self.env._(
            "Her profile is incomplete; still missing: %(fields)s.",
            fields=format_list(self.env, missing[:3].mapped("display_name")),
        )

    def _why_purchase(self):
        pieces, day = self._told_number(self._fact("pieces", 0)), self._told_date()
        if self.channel == "message":
            return self.env._(
                "Bought on %(date)s, pieces: %(pieces)s. Thank her.",
                date=day,
                pieces=pieces,
            )
        return self.env._(
            "Bought on %(date)s, pieces: %(pieces)s. Ask how they wear.",
            date=day,
            pieces=pieces,
        )

    def _why_high_value(self):
        product = self.env["product.template"].browse(self._fact("product_tmpl_id"))
        return self.env._(
            "Bought “%(product)s” on %(date)s, %(days)s days before: ask how it wears.",
            # sudo: an associate who sells nothing may not read goods
            product=product.sudo().exists().name or "…",
            date=self._told_date(self._fact("bought")),
            days=self._fact("after", 0),
        )

    def _why_referral(self):
        return self.env._(
            "Somebody she recommended us to bought for the first time on %(date)s:"
            " thank her.",
            date=self._told_date(),
        )

    def _why_referred(self):
        return self.env._(
            "Came recommended and bought for the first time on %(date)s: thank her.",
            date=self._told_date(),
        )

    def _why_drop(self):
        orders, amount = self._fact("orders", 0), self._fact("amount", 0)
        if orders > 0 and amount > 0:
            return self.env._(
                "Buys less than a year before: %(orders)s %% fewer tickets,"
                " %(amount)s %% lower amount.",
                orders=orders,
                amount=amount,
            )
        if orders > 0:
            return self.env._(
                "Buys less than a year before: %(orders)s %% fewer tickets.",
                orders=orders,
            )
        if amount > 0:
            return self.env._(
                "Buys less than a year before: %(amount)s %% lower amount.",
                amount=amount,
            )
        return self.env._("Buys less than a year before.")

    def _why_edge(self):
        return self._why_drifting()

    def _why_dormant(self):
        return self._why_drifting()

    def _why_lost(self):
        return self._why_drifting()

    def _why_drifting(self):
        standing = dict(self._fields["trigger"]._description_selection(self.env))
        return self.env._(
            "%(becomes)s: last bought on %(date)s.",
            becomes=standing[self.trigger],
            date=self._told_date(self._fact("bought")),
        )

    def _why_card_lapse(self):
        return self.env._(
            "Last bought on %(bought)s: her card becomes invalid after %(date)s.",
            bought=self._told_date(self._fact("bought")),
            date=self._told_date(),
        )

    def _why_points_lapse(self):
        return self.env._(
            "Has %(balance)s points; %(points)s of them lapse on %(date)s.",
            balance=self._told_number(self._fact("balance", 0)),
            points=self._told_number(self._fact("points", 0)),
            date=self._told_date(),
        )

    def _why_points_reminder(self):
        return self.env._(
            "Has %(balance)s points to use.",
            balance=self._told_number(self._fact("balance", 0)),
        )

    def _why_tier_lapse(self):
        tier = self.env["vip.tier"].browse(self._fact("tier_id")).exists().name or "…"
        amount, orders = self._fact("amount", 0), self._fact("orders", 0)
        values = {"tier": tier, "date": self._told_date(), "orders": orders}
        values["amount"] = formatLang(self.env, amount, currency_obj=self.currency_id)
        if amount > 0 and orders > 0:  # either of them keeps it
            return self.env._(
                "Tier %(tier)s ends on %(date)s; missing to keep it: %(amount)s, or"
                " tickets: %(orders)s.",
                **values,
            )
        if amount > 0:
            return self.env._(
                "Tier %(tier)s ends on %(date)s; missing to keep it: %(amount)s.",
                **values,
            )
        if orders > 0:
            return self.env._(
                "Tier %(tier)s ends on %(date)s; tickets missing to keep it:"
                " %(orders)s.",
                **values,
            )
        return self.env._("Tier %(tier)s ends on %(date)s.", **values)

    def _why_top_spender(self):
        return self.env._(
            "Number %(place)s of her region in %(year)s: visit her and say thank you.",
            place=self._fact("place", 0),
            year=str(self._fact("year", "")),
        )

    def _why_monthly_call(self):
        if not self._fact("bought"):
            return self.env._("Her call of the month.")
        return self.env._(
            "Her call of the month; last bought on %(date)s.",
            date=self._told_date(self._fact("bought")),
        )

    def _why_visit_plan(self):
        if not self._fact("bought"):
            return self.env._("Her visit of the year.")
        return self.env._(
            "Her visit of the year; last bought on %(date)s.",
            date=self._told_date(self._fact("bought")),
        )

    def _fact(self, name, default=None):
        value = (self.facts or {}).get(name)
        return default if value is None else value

    def _told_date(self, day=None):
        return format_date(self.env, day or self.event_date)

    def _told_number(self, number):
        return formatLang(self.env, number, digits=0 if number == int(number) else 2)
