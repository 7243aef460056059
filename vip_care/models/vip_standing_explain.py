from datetime import timedelta
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL, format_date
from odoo.tools.misc import formatLang

from ..tools.windows import add_months
from .res_partner_screens import time_ago
from .res_partner_standing import METRICS
from .vip_standing_review import Scope


class Case(NamedTuple):
    """One member, the day and rules she is explained by, and what the review found."""

    member: models.BaseModel
    scope: Scope
    found: dict


class VipStandingReview(models.AbstractModel):
    """Why a member's standing is what it is: one row of sentences per figure.

    All numbers come from the review's own statement, so that an explanation cannot
    say anything else than the review did.
    """

    _inherit = "vip.standing.review"

    def _explain(self, member):
        """Return `{"day", "is_stale", "rows": [{"name", "value", "sentences"}]}`.

        None for a member who was not reviewed yet. In the reader's language; `self` is
        in sudo, for the rules read everybody's figures.
        """
        if not member.vip_lifecycle:
            return None
        case = self._explained_case(member)
        rows = [
            self._explain_tier(case),
            self._explain_value_class(case),
            self._explain_lifecycle(case),
            self._explain_layer(case),
            self._explain_drop(case),
            self._explain_cycle(case),
            self._explain_tickets(case),
            self._explain_season(case),
        ]
        if self.env.user.has_group("vip_care.group_store_manager"):
            rows.append(self._explain_lifetime_value(case))
        return {
            "day": self._say_day(case.scope.day),
            "is_stale": self._is_stale(case),
            "rows": rows,
        }

    def _explained_case(self, member):
        store, company = member.vip_store_id, member.vip_company_id
        day = store.vip_reviewed_on if store else company.vip_reviewed_on
        scope = Scope(company, day or store._vip_today(), day, [store.id or 0])
        self.env.flush_all()
        [found] = self.env.execute_query_dict(self._query_explained(scope, member.ids))
        return Case(member, scope, found)

    def _query_explained(self, scope, ids):
        """What a review of members `ids` would find, and from what; writes nothing.

        SQL because these are the review's own expressions: an explanation that wrote
        the rules a second time would one day disagree with them.
        """
        return SQL(
            """
            WITH %s
            SELECT facts.*, figures.* FROM facts JOIN figures ON figures.id = facts.id
            """,
            self._sql_review(scope, ids, lock=SQL()),
        )

    def _is_stale(self, case):
        """Whether the next review will change what stands on the member."""
        stored = case.member.read(METRICS, load=None)[0]
        currency = case.scope.company.currency_id
        for name in METRICS:
            field, value = case.member._fields[name], case.found[name]
            if field.type in ("float", "monetary"):
                digits = 2 if field.type == "float" else currency.decimal_places
                if round((value or 0) - (stored[name] or 0), digits):
                    return True
            elif (value or False) != (stored[name] or False):
                return True
        return False

    # How numbers are said.

    def _say_day(self, day):
        return format_date(self.env, day)

    def _say_ago(self, case, day):
        return time_ago(self.env, day, case.scope.day)

    def _say_money(self, case, amount):
        return formatLang(
            self.env, amount or 0, currency_obj=case.scope.company.currency_id
        )

    def _say_number(self, number, digits=None):
        """Say `number` with as many decimals as it has, at most two."""
        number = round(number or 0, 2)
        if digits is None:
            digits = next(d for d in (0, 1, 2) if round(number, d) == number)
        return formatLang(self.env, number, digits=digits)

    def _say_percent(self, number):
        return self.env._("%(number)s %%", number=self._say_number(number))

    def _row(self, case, name, value, sentences):
        label = case.member._fields[name]._description_string(self.env)
        return {"name": name, "label": label, "value": value, "sentences": sentences}

    def _choice(self, case, name):
        """Return the label of selection `name` as the review found it."""
        labels = dict(case.member._fields[name]._description_selection(self.env))
        return labels.get(case.found[name], "")

    # What is said.

    def _explain_lifecycle(self, case):
        found, company = case.found, case.scope.company
        state = found["lifecycle"]
        last = found["last_date"]
        if not last:
            sentences = [self.env._("Nothing bought yet.")]
            return self._row(
                case, "vip_lifecycle", self._choice(case, "vip_lifecycle"), sentences
            )
        sentences = [
            self.env._(
                "Last purchase on %(date)s, %(ago)s.",
                date=self._say_day(last),
                ago=self._say_ago(case, last),
            )
        ]
        months = {
            "active": company.vip_active_months,
            "edge": company.vip_edge_months,
            "dormant": company.vip_dormant_months,
        }
        labels = dict(
            case.member._fields["vip_lifecycle"]._description_selection(self.env)
        )
        if state == "lost":
            begun = add_months(last, months["dormant"]) + timedelta(days=1)
            sentences.append(
                self.env._(
                    "Lost since %(date)s, after %(months)s months without a purchase.",
                    date=self._say_day(begun),
                    months=months["dormant"],
                )
            )
        else:
            following = {"active": "edge", "edge": "dormant", "dormant": "lost"}[state]
            begins = add_months(last, months[state]) + timedelta(days=1)
            sentences.append(
                self.env._(
                    "Without another purchase: %(state)s from %(date)s.",
                    state=labels[following],
                    date=self._say_day(begins),
                )
            )
        return self._row(case, "vip_lifecycle", labels[state], sentences)

    def _explain_layer(self, case):
        found, company = case.found, case.scope.company
        sentences = []
        if not found["last_date"]:
            sentences.append(self.env._("A first purchase is still to come."))
        elif found["lifecycle"] != "active":
            sentences.append(
                self.env._(
                    "Life cycle: %(state)s.", state=self._choice(case, "vip_lifecycle")
                )
            )
        else:
            sentences.append(
                self.env._(
                    "Active; tickets in 12 months: %(count)s, loyal from %(loyal)s.",
                    count=found["orders_12m"],
                    loyal=company.vip_loyal_orders,
                )
            )
        if found["vip_is_dropping"]:
            sentences.append(
                self.env._("Buys less than in the same months a year before.")
            )
        return self._row(case, "vip_layer", self._choice(case, "vip_layer"), sentences)
