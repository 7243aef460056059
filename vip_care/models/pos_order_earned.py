from collections import defaultdict
from datetime import timedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import ticket_points

ANY_PRODUCT = ("[]", "[['sale_ok', '=', True]]")
PAID_STATES = ("paid", "done")
A_DAY = timedelta(days=1)


class PosOrder(models.Model):
    """What a ticket earns, from its lines as they stand in the database.

    Prices are those of `_vip_line_prices`, not what the client wrote on a line.
    """

    _inherit = "pos.order"

    def _vip_adds_up(self, ticket, paid):
        """Tell whether the ticket is paid in full, and no line is worth more than it.

        Somebody who may write tickets could call one paid, or write a line of a
        million on a ticket of one.
        """
        self.ensure_one()
        if self.state not in PAID_STATES:
            return False
        slack = self.currency_id.rounding * (len(self.lines) + 1)
        slack += self.config_id.rounding_method.rounding
        total = self.amount_total
        # A full refund gives back what was paid, which may have been rounded.
        return abs(total - paid) <= slack and ticket.total_incl - total <= slack

    def _vip_programs(self, programs, plain):
        """Return those of `programs` in which this ticket may earn.

        `plain` is what `_vip_program_rules` says of them.

        One day of grace at either end: the till goes by its own clock and time zone.
        The limit of uses is left to the till, which cannot know the others' uses.
        """
        self.ensure_one()
        day = self.date_order.date()
        return programs.filtered(
            lambda program: (
                program.active
                and program.pos_ok
                and program.currency_id == self.currency_id
                and (not program.date_from or program.date_from <= day + A_DAY)
                and (not program.date_to or program.date_to >= day - A_DAY)
                and (not program.is_nominative or self.partner_id)
                and self._vip_is_for_register(program, plain[program.id])
            )
        )

    def _vip_is_for_register(self, program, plain):
        registers, pricelists = plain.register_ids, plain.pricelist_ids
        return (
            (not registers or self.config_id.id in registers)
            and (not pricelists or self.pricelist_id.id in pricelists)
            and program.company_id <= self.company_id.parent_ids
        )

    def _vip_program_rules(self, programs):
        """Return {program id: rules in plain values} for the goods of these tickets."""
        self.env["loyalty.rule"].flush_model()
        programs.flush_recordset(["pos_config_ids", "pricelist_ids"])
        rows = defaultdict(list)
        for row in self.env.execute_query_dict(self._query_rules(programs.ids)):
            rows[row["program_id"]].append(row)
        matching = {}
        return {
            program.id: ticket_points.Program(
                id=program.id,
                type=program.program_type,
                applies_on=program.applies_on,
                trigger=program.trigger,
                register_ids=frozenset(rows[program.id][0]["register_ids"]),
                pricelist_ids=frozenset(rows[program.id][0]["pricelist_ids"]),
                rules=tuple(
                    _plain_rule(row, self._vip_rule_products(program, row, matching))
                    for row in rows[program.id]
                    if row["id"]
                ),
            )
            for program in programs
        }

    def _query_rules(self, program_ids):
        """Return SQL for the active rules of programs, and where these count.

        SQL: each confirmation of points asks, and five lists come in one query.
        """
        return SQL(
            """
            SELECT p.id AS program_id, r.id, r.mode, r.reward_point_mode,
                   r.reward_point_amount, r.reward_point_split, r.minimum_qty,
                   r.minimum_amount, r.minimum_amount_tax_mode, r.product_domain,
                   r.product_category_id, r.product_tag_id,
                   ARRAY(SELECT x.product_product_id
                           FROM loyalty_rule_product_product_rel x
                           JOIN product_product t ON t.id = x.product_product_id
                          WHERE x.loyalty_rule_id = r.id AND t.active) AS product_ids,
                   ARRAY(SELECT x.pos_config_id
                           FROM loyalty_program_pos_config_rel x
                           JOIN pos_config t ON t.id = x.pos_config_id
                          WHERE x.loyalty_program_id = p.id AND t.active
                   ) AS register_ids,
                   ARRAY(SELECT x.product_pricelist_id
                           FROM loyalty_program_product_pricelist_rel x
                           JOIN product_pricelist t ON t.id = x.product_pricelist_id
                          WHERE x.loyalty_program_id = p.id AND t.active
                   ) AS pricelist_ids
              FROM loyalty_program p
              LEFT JOIN loyalty_rule r ON r.program_id = p.id AND r.active
             WHERE p.id = ANY(%s)
             ORDER BY r.id
            """,
            program_ids,
        )

    def _vip_rule_products(self, program, row, matching):
        """Return which of the tickets' products count for a rule, None for any."""
        chosen = tuple(row["product_ids"])
        kinds = row["product_category_id"], row["product_tag_id"]
        text = row["product_domain"] or "[]"
        if program.program_type in ticket_points.PAYMENT_PROGRAMS:
            # The till ties a top-up to its program by these products alone.
            return frozenset(chosen)
        if not any((chosen, *kinds)) and text in ANY_PRODUCT:
            return None
        if chosen and not any(kinds) and text == "[]":
            return frozenset(chosen)
        key = chosen, kinds, text
        if key not in matching:
            rule = self.env["loyalty.rule"].browse(row["id"])
            own = Domain("id", "in", self.lines.product_id.ids)
            products = self.env["product.product"].with_context(active_test=False)
            found = products.search(own & rule._get_valid_product_domain())
            matching[key] = frozenset(found.ids)
        return matching[key]

    def _vip_ticket(self, prices):
        """Return the ticket in plain values, `prices` those of `_vip_line_prices`."""
        self.ensure_one()
        children = defaultdict(list)
        for line in self.lines:
            children[line.combo_parent_id].append(line)
        lines = tuple(
            _plain_line(line, *_combo_price(line, prices, children))
            for line in children[self.env["pos.order.line"]]
        )
        digits = self.env["decimal.precision"].precision_get("Product Price")
        return ticket_points.Ticket(
            lines,
            digits,
            total_incl=sum(incl for incl, _excl in prices.values()),
            total_excl=sum(excl for _incl, excl in prices.values()),
        )


def _plain_rule(row, product_ids):
    return ticket_points.Rule(
        mode=row["reward_point_mode"],
        amount=row["reward_point_amount"] or 0,
        product_ids=product_ids,
        minimum_qty=row["minimum_qty"] or 0,
        minimum_amount=float(row["minimum_amount"] or 0),
        minimum_incl=row["minimum_amount_tax_mode"] == "incl",
        with_code=row["mode"] == "with_code",
        split=bool(row["reward_point_split"]),
    )


def _plain_line(line, incl, excl):
    return ticket_points.Line(
        product_id=line.product_id.id,
        qty=line.qty,
        incl=incl,
        excl=excl,
        reward=_plain_reward(line.reward_id) if line.is_reward_line else None,
        is_refund=bool(line.refunded_orderline_id),
    )


def _plain_reward(reward):
    return ticket_points.Reward(
        program_id=reward.program_id.id,
        program_type=reward.program_id.program_type or "",
        program_trigger=reward.program_id.trigger or "",
        reward_type=reward.reward_type or "",
        product_ids=frozenset(reward.reward_product_ids.ids),
    )


def _combo_price(line, prices, children):
    """Return the price of a line, of a combo as the till takes it.

    There a combo's line shows the sum of its choices, and the till adds the choices to
    it once more (`comboTotalPrice`): customers have these points on their receipts.
    """
    incl, excl = prices[line]
    chosen = children.get(line)
    if not chosen:
        return incl, excl
    parts = [_combo_price(part, prices, children) for part in chosen]
    return 2 * sum(part[0] for part in parts), excl + sum(part[1] for part in parts)
