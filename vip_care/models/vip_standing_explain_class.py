from decimal import Decimal

from odoo import models
from odoo.tools import SQL

from ..tools.windows import window_start


class VipStandingReview(models.AbstractModel):
    """Why a member has her value class: her place among last year's buyers."""

    _inherit = "vip.standing.review"

    def _explain_value_class(self, case):
        company = case.scope.company
        places = self.env.execute_query_dict(self._query_place(company, case.member.id))
        if not places:
            sentence = self.env._(
                "No class: only members who bought since %(start)s are ranked.",
                start=self._say_day(window_start(case.scope.day, 12)),
            )
            return self._row(case, "vip_value_class", "", [sentence])
        [place] = places
        sentences = [self._say_place(place), self._say_class_rule(company)]
        now = self._class_of(company, place)
        if now != case.member.vip_value_class:
            sentences.append(
                self.env._(
                    "The next ranking puts her into %(value_class)s.", value_class=now
                )
            )
        value = case.member.vip_value_class or ""
        return self._row(case, "vip_value_class", value, sentences)

    def _class_of(self, company, place):
        a_share = company.vip_class_a_share
        shares = {"A": a_share, "B": a_share + company.vip_class_b_share}
        for name, share in shares.items():
            if 100 * place["ahead"] < place["total"] * Decimal(str(share)):
                return name
        return "C"

    def _say_place(self, place):
        total = place["total"]
        if total < 100:
            return self.env._(
                "Place %(amount)s by 12-month amount and %(orders)s by tickets,"
                " together place %(both)s of %(total)s members.",
                amount=place["ahead_by_amount"] + 1,
                orders=place["ahead_by_orders"] + 1,
                both=place["ahead"] + 1,
                total=total,
            )
        # Whole percents as the rule rounds them: in the top 20 % if less than 20 % of
        # the members are ahead.
        top = {
            name: self._say_percent(100 * place[name] // total + 1)
            for name in ("ahead_by_amount", "ahead_by_orders", "ahead")
        }
        return self.env._(
            "12-month amount in the top %(amount)s, tickets in the top %(orders)s,"
            " together in the top %(both)s of %(total)s members.",
            amount=top["ahead_by_amount"],
            orders=top["ahead_by_orders"],
            both=top["ahead"],
            total=self._say_number(total),
        )

    def _say_class_rule(self, company):
        return self.env._(
            "A is the first %(a_share)s of last year's buyers, B the next %(b_share)s.",
            a_share=self._say_percent(company.vip_class_a_share),
            b_share=self._say_percent(company.vip_class_b_share),
        )

    def _query_place(self, company, member_id):
        """How many of last year's buyers are ahead of the member, by each measure.

        SQL because the place of one is known only among all.
        """
        return SQL(
            """
            WITH ranks AS MATERIALIZED (%(ranks)s)
            SELECT her.amount_rank - 1 AS ahead_by_amount,
                   her.order_rank - 1 AS ahead_by_orders,
                   count(*) FILTER (WHERE r.amount_rank + r.order_rank
                                          < her.amount_rank + her.order_rank) AS ahead,
                   count(*) AS total
              FROM ranks her CROSS JOIN ranks r
             WHERE her.id = %(member)s
             GROUP BY her.amount_rank, her.order_rank
            """,
            ranks=self._query_ranks(company),
            member=member_id,
        )
