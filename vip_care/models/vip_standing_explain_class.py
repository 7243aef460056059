from decimal import Decimal

from odoo import models
from odoo.tools import SQL

from ..tools.windows import window_start

# Ranking so many takes about half a second; beyond, a form would feel slow.
RANK_ALL_LIMIT = 100_000


class VipStandingReview(models.AbstractModel):
    """Why a member has her value class: her place among last year's buyers."""

    _inherit = "vip.standing.review"

    def _explain_value_class(self, case):
        company = case.scope.company
        place = self._find_place(company, case.member)
        if not place:
            sentence = self.env._(
                "No class: only members who bought since %(start)s are ranked.",
                start=self._say_day(window_start(case.scope.day, 12)),
            )
            return self._row(case, "vip_value_class", "", [sentence])
        sentences = [self._say_place(place), self._say_class_rule(company)]
        now = case.member.vip_value_class
        if place["ahead"] is not None:
            now = self._class_of(company, place)
        if now != case.member.vip_value_class:
            sentences.append(
                self.env._(
                    "The next ranking puts her into %(value_class)s.",
                    value_class=now,
                )
            )
        value = case.member.vip_value_class or ""
        return self._row(case, "vip_value_class", value, sentences)

    def _find_place(self, company, member):
        """Return how many are ahead of `member` by each measure, of how many.

        None for who is not ranked. `ahead` of both together is None where ranking
        everybody would keep the reader waiting.
        """
        places = self.env.execute_query_dict(self._query_counts(company, member.id))
        if not places:
            return None
        [place] = places
        if place["total"] <= RANK_ALL_LIMIT:
            [[place["ahead"]]] = self.env.execute_query(
                self._query_ahead(company, member.id)
            )
        return place

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
        terms = {
            name: self._say_percent(100 * ahead // total + 1)
            for name, ahead in (
                ("amount", place["ahead_by_amount"]),
                ("orders", place["ahead_by_orders"]),
                ("both", place["ahead"] or 0),
            )
        }
        terms["total"] = self._say_number(total)
        if place["ahead"] is None:
            return self.env._(
                "12-month amount in the top %(amount)s, tickets in the top %(orders)s"
                " of %(total)s members; the mean of both counts.",
                **terms,
            )
        return self.env._(
            "12-month amount in the top %(amount)s, tickets in the top %(orders)s,"
            " together in the top %(both)s of %(total)s members.",
            **terms,
        )

    def _say_class_rule(self, company):
        return self.env._(
            "A is the first %(a_share)s of last year's buyers, B the next %(b_share)s.",
            a_share=self._say_percent(company.vip_class_a_share),
            b_share=self._say_percent(company.vip_class_b_share),
        )

    def _query_counts(self, company, member_id):
        """How many of last year's buyers are ahead of the member by each measure.

        SQL for one pass over the index of the ranking.
        """
        return SQL(
            """
            SELECT count(*) AS total,
                   count(*) FILTER (WHERE res_partner.vip_amount_12m
                                          > her.amount) AS ahead_by_amount,
                   count(*) FILTER (WHERE res_partner.vip_order_count_12m
                                          > her.orders) AS ahead_by_orders,
                   NULL::bigint AS ahead
              FROM res_partner
             CROSS JOIN (
                   SELECT vip_amount_12m AS amount, vip_order_count_12m AS orders
                     FROM res_partner WHERE %(population)s AND id = %(member)s
                   ) her
             WHERE %(population)s
            HAVING count(*) > 0
            """,
            population=self._sql_population(company),
            member=member_id,
        )

    def _query_ahead(self, company, member_id):
        """How many of last year's buyers are ahead of the member by both measures.

        SQL because the place of one is known only among all; the ranks are those the
        ranking itself goes by.
        """
        return SQL(
            """
            WITH ranks AS MATERIALIZED (
                SELECT id, amount_rank + order_rank AS score FROM (%(ranks)s) r
            )
            SELECT count(*) FROM ranks
             WHERE score < (SELECT score FROM ranks WHERE id = %(member)s)
            """,
            ranks=self._query_ranks(company),
            member=member_id,
        )
