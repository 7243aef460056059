from odoo import models

from ..tools.windows import add_months, window_start


class VipStandingReview(models.AbstractModel):
    """Why a member holds her tier, how long, and what the next one takes."""

    _inherit = "vip.standing.review"

    def _explain_tier(self, case):
        tiers = case.scope.company._vip_tiers()
        held = tiers.filtered(lambda tier: tier.id == case.found["vip_tier_id"])
        earned = tiers.filtered(lambda tier: tier.id == case.found["earned_tier_id"])
        sentences = self._say_tier_held(case, held, earned)
        sentences += self._say_next_tier(case, tiers, held)
        return self._row(case, "vip_tier_id", held.name or "", sentences)

    def _say_tier_held(self, case, held, earned):
        if not held:
            return [self.env._("No tier's threshold is met.")]
        if case.found["vip_tier_is_manual"]:
            return [self._say_granted(case)]
        if held == earned:
            return [self._say_met(case, held), *self._say_validity(case, held)]
        return [self._say_not_met(case, held), self._say_grace(case, held)]

    def _say_granted(self, case):
        change = self.env["vip.standing.change"].search(
            [
                ("partner_id", "=", case.member.id),
                ("kind", "=", "tier"),
                ("reason", "=", "manual"),
            ],
            limit=1,
        )
        return self.env._(
            "Granted by hand by %(user)s until %(date)s: %(note)s",
            user=change.user_id.name or self.env._("somebody"),
            date=self._say_day(case.found["vip_tier_valid_until"]),
            note=change.note or self.env._("no reason kept."),
        )

    def _bought_within(self, case, tier):
        """Return amount and tickets in the window of `tier`."""
        window = f"tier_{tier.window_months}"
        return case.found[f"amount_{window}"], case.found[f"orders_{window}"]

    def _window_terms(self, case, tier):
        """Return the numbers every sentence on a tier's window may use."""
        amount, orders = self._bought_within(case, tier)
        return {
            "amount": self._say_money(case, amount),
            "threshold": self._say_money(case, tier.amount_threshold),
            "orders": orders,
            "least": tier.order_threshold,
            "start": self._say_day(window_start(case.scope.day, tier.window_months)),
            "months": tier.window_months,
        }

    def _say_met(self, case, tier):
        if tier._is_entry:
            return self.env._("Every member holds this tier.")
        amount, _orders = self._bought_within(case, tier)
        terms = self._window_terms(case, tier)
        if tier.amount_threshold and amount >= tier.amount_threshold:
            return self.env._(
                "Net amount since %(start)s (months: %(months)s): %(amount)s, needed:"
                " %(threshold)s.",
                **terms,
            )
        return self.env._(
            "Tickets since %(start)s (months: %(months)s): %(orders)s, needed:"
            " %(least)s.",
            **terms,
        )

    def _say_not_met(self, case, tier):
        terms = self._window_terms(case, tier)
        if not tier.order_threshold:
            return self.env._(
                "No longer met. Net amount since %(start)s (months: %(months)s):"
                " %(amount)s, needed: %(threshold)s.",
                **terms,
            )
        if not tier.amount_threshold:
            return self.env._(
                "No longer met. Tickets since %(start)s (months: %(months)s):"
                " %(orders)s, needed: %(least)s.",
                **terms,
            )
        return self.env._(
            "No longer met. Net amount since %(start)s (months: %(months)s):"
            " %(amount)s, needed: %(threshold)s; or tickets: %(orders)s, needed:"
            " %(least)s.",
            **terms,
        )

    def _say_validity(self, case, tier):
        until = case.found["vip_tier_valid_until"]
        if tier._is_entry or not until:
            return []
        return [
            self.env._(
                "Valid until %(date)s; renewed then if still met, otherwise kept in"
                " grace until %(grace)s.",
                date=self._say_day(until),
                grace=self._say_day(add_months(until, tier.grace_months)),
            )
        ]

    def _say_grace(self, case, tier):
        until = case.found["vip_tier_valid_until"]
        if not until or not tier.validity_months:
            return self.env._("Kept for good.")
        terms = {
            "date": self._say_day(until),
            "grace": self._say_day(add_months(until, tier.grace_months)),
        }
        if until >= case.scope.day:
            return self.env._(
                "Valid until %(date)s, then kept in grace until %(grace)s unless met"
                " again.",
                **terms,
            )
        return self.env._(
            "Its validity ended on %(date)s; lost after %(grace)s unless met again.",
            **terms,
        )

    def _say_next_tier(self, case, tiers, held):
        """Say what the next higher tier takes, and by when."""
        higher = tiers[tiers.ids.index(held.id) + 1 :] if held else tiers
        higher = higher.filtered(lambda tier: not tier._is_entry)[:1]
        if not higher:
            return [self.env._("There is no higher tier.")] if held else []
        amount, orders = self._bought_within(case, higher)
        terms = {
            "tier": higher.name,
            "amount": self._say_money(case, higher.amount_threshold - amount),
            "orders": higher.order_threshold - orders,
            "months": higher.window_months,
        }
        oldest = self._oldest_in_window(case, higher)
        if not oldest:
            return [self._say_next_from_nothing(higher, terms)]
        terms["oldest"] = self._say_day(oldest)
        terms["date"] = self._say_day(add_months(oldest, higher.window_months))
        return [self._say_next_missing(higher, terms)]

    def _oldest_in_window(self, case, tier):
        """Return the day of the purchase that leaves the window of `tier` first."""
        day = case.scope.day
        purchase = self.env["vip.purchase"].search(
            [
                ("partner_id", "=", case.member.id),
                ("local_date", ">=", window_start(day, tier.window_months)),
                ("local_date", "<=", day),
                ("is_refund", "=", False),
            ],
            order="local_date, id",
            limit=1,
        )
        return purchase.local_date

    def _say_next_from_nothing(self, tier, terms):
        if not tier.order_threshold:
            text = self.env._(
                "For %(tier)s: %(amount)s within so many months: %(months)s.", **terms
            )
        elif not tier.amount_threshold:
            text = self.env._(
                "For %(tier)s: so many tickets: %(orders)s, within months: %(months)s.",
                **terms,
            )
        else:
            text = self.env._(
                "For %(tier)s: %(amount)s, or so many tickets: %(orders)s, within"
                " months: %(months)s.",
                **terms,
            )
        return text

    def _say_next_missing(self, tier, terms):
        if not tier.order_threshold:
            return self.env._(
                "For %(tier)s: %(amount)s more by %(date)s; then the purchase of"
                " %(oldest)s no longer counts.",
                **terms,
            )
        if not tier.amount_threshold:
            return self.env._(
                "For %(tier)s: more tickets by %(date)s: %(orders)s; then the purchase"
                " of %(oldest)s no longer counts.",
                **terms,
            )
        return self.env._(
            "For %(tier)s: %(amount)s more by %(date)s, or more tickets: %(orders)s;"
            " then the purchase of %(oldest)s no longer counts.",
            **terms,
        )
