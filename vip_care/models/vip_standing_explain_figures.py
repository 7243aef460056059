from datetime import timedelta

from odoo import models

from ..tools.windows import window_start


class VipStandingReview(models.AbstractModel):
    """The explanations of the figures that are sums and means."""

    _inherit = "vip.standing.review"

    def _explain_drop(self, case):
        found, company, day = case.found, case.scope.company, case.scope.day
        months = company.vip_drop_months
        value = ""
        if found["orders_past"] < max(1, company.vip_drop_min_orders):
            sentences = [
                self.env._(
                    "Not compared. Tickets from %(start)s to %(end)s, the same months a"
                    " year before: %(count)s, needed: %(least)s.",
                    count=found["orders_past"],
                    start=self._say_day(window_start(day, 12 + months)),
                    end=self._say_day(window_start(day, 12) - timedelta(days=1)),
                    least=max(1, company.vip_drop_min_orders),
                )
            ]
        else:
            value = self.env._("Yes") if found["vip_is_dropping"] else self.env._("No")
            sentences = [
                self.env._(
                    "Since %(recent_start)s: %(recent_amount)s, tickets: %(recent)s."
                    " A year before, from %(past_start)s to %(past_end)s:"
                    " %(past_amount)s, tickets: %(past)s.",
                    recent=found["orders_recent"],
                    recent_amount=self._say_money(case, found["amount_recent"]),
                    recent_start=self._say_day(window_start(day, months)),
                    past_start=self._say_day(window_start(day, 12 + months)),
                    past_end=self._say_day(window_start(day, 12) - timedelta(days=1)),
                    past=found["orders_past"],
                    past_amount=self._say_money(case, found["amount_past"]),
                ),
                self.env._(
                    "Amount lower by %(amount)s, tickets fewer by %(orders)s; a drop"
                    " from %(least)s.",
                    orders=self._say_percent(found["order_drop"]),
                    amount=self._say_percent(found["amount_drop"]),
                    least=self._say_percent(max(1, company.vip_drop_percent)),
                ),
            ]
        return self._row(case, "vip_is_dropping", value, sentences)

    def _explain_cycle(self, case):
        found = case.found
        if found["days"] < 2:
            sentence = self.env._("Known from the second day of purchase on.")
            return self._row(case, "vip_purchase_cycle_days", "", [sentence])
        sentence = self.env._(
            "%(count)s days of purchase from %(first)s to %(last)s.",
            count=found["days"],
            first=self._say_day(found["first_date"]),
            last=self._say_day(found["last_date"]),
        )
        days = str(found["vip_purchase_cycle_days"])
        return self._row(case, "vip_purchase_cycle_days", days, [sentence])

    def _explain_tickets(self, case):
        found = case.found
        if not found["orders"]:
            sentence = self.env._("No ticket yet.")
            return self._row(case, "vip_average_ticket", "", [sentence])
        sentence = self.env._(
            "%(amount)s net of refunds, tickets: %(orders)s. Pieces: %(units)s, per"
            " ticket: %(per_ticket)s.",
            amount=self._say_money(case, found["amount"]),
            units=self._say_number(found["units"]),
            orders=found["orders"],
            per_ticket=self._say_number(found["vip_units_per_ticket"]),
        )
        value = self._say_money(case, found["vip_average_ticket"])
        return self._row(case, "vip_average_ticket", value, [sentence])

    def _explain_season(self, case):
        found = case.found
        if found["season_units"] <= 0:
            sentence = self.env._("No pieces to count.")
            return self._row(case, "vip_in_season_share", "", [sentence])
        sentence = self.env._(
            "%(in_season)s of %(units)s pieces were bought while their season was on.",
            in_season=self._say_number(found["in_season_units"]),
            units=self._say_number(found["season_units"]),
        )
        value = self._say_percent(found["vip_in_season_share"])
        return self._row(case, "vip_in_season_share", value, [sentence])

    def _explain_lifetime_value(self, case):
        found, company = case.found, case.scope.company
        sentences = [
            self.env._(
                "Margin since %(start)s: %(margin)s, times the expected years:"
                " %(years)s.",
                margin=self._say_money(case, found["margin_12m"]),
                start=self._say_day(window_start(case.scope.day, 12)),
                years=self._say_number(company.vip_ltv_years),
            )
        ]
        rate = self._say_percent(company.vip_ltv_margin_percent)
        if company.vip_ltv_margin_source == "rate":
            sentences.append(
                self.env._("The margin is taken as %(rate)s of the amount.", rate=rate)
            )
        else:
            sentences.append(
                self.env._(
                    "The margin is the tickets' own; where a cost is unknown, %(rate)s"
                    " of the amount.",
                    rate=rate,
                )
            )
        value = self._say_money(case, found["vip_lifetime_value"])
        return self._row(case, "vip_lifetime_value", value, sentences)
