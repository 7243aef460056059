from collections import defaultdict
from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from ..tools import ticket_points

ANY_PRODUCT = ("[]", "[['sale_ok', '=', True]]")
PAID_STATES = ("paid", "done")
A_DAY = timedelta(days=1)


class PosOrder(models.Model):
    """What a ticket earns, from its lines as they stand in the database.

    Prices are computed anew from unit price, quantity, discount and taxes with Odoo's
    own tax computation: totals written on a line are the client's word.
    """

    _inherit = "pos.order"

    def _vip_adds_up(self, ticket):
        """Tell whether the ticket is paid in full, and no line is worth more than it.

        Somebody who may write tickets could call one paid, or write a line of a
        million on a ticket of one.
        """
        self.ensure_one()
        if self.state not in PAID_STATES:
            return False
        slack = self.currency_id.rounding * (len(self.lines) + 1)
        slack += self.config_id.rounding_method.rounding
        # One sum instead of every payment's many fields.
        payments = self.env["pos.payment"]
        own = [("pos_order_id", "=", self.id)]
        [[paid]] = payments._read_group(own, [], ["amount:sum"])
        total = self.amount_total
        # A full refund gives back what was paid, which may have been rounded.
        return abs(total - paid) <= slack and ticket.total_incl - total <= slack

    def _vip_programs(self, programs):
        """Return those of `programs` in which this ticket may earn.

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
                and self._vip_is_for_register(program)
            )
        )

    def _vip_is_for_register(self, program):
        registers, pricelists = program.pos_config_ids, program.pricelist_ids
        return (
            (not registers or self.config_id in registers)
            and (not pricelists or self.pricelist_id in pricelists)
            and program.company_id <= self.company_id.parent_ids
        )

    def _vip_program_rules(self, programs):
        """Return {program id: rules in plain values} for the goods of these tickets."""
        product_ids = self.lines.product_id.ids
        matching = {}
        result = {}
        for program in programs:
            rules = []
            for rule in program.rule_ids:
                key = (
                    rule.product_ids,
                    rule.product_category_id,
                    rule.product_tag_id,
                    rule.product_domain,
                )
                if key not in matching:
                    matching[key] = self._vip_rule_products(rule, product_ids)
                rules.append(_plain_rule(rule, matching[key]))
            result[program.id] = ticket_points.Program(
                id=program.id,
                type=program.program_type,
                applies_on=program.applies_on,
                trigger=program.trigger,
                rules=tuple(rules),
            )
        return result

    def _vip_rule_products(self, rule, product_ids):
        """Return which of the products count for the rule, None for any."""
        if rule.program_id.program_type in ticket_points.PAYMENT_PROGRAMS:
            # The till ties a top-up to its program by these products alone.
            return frozenset(rule.product_ids.ids)
        narrowed = rule.product_ids or rule.product_category_id or rule.product_tag_id
        if not narrowed and (rule.product_domain or "[]") in ANY_PRODUCT:
            return None
        domain = Domain("id", "in", product_ids) & rule._get_valid_product_domain()
        products = self.env["product.product"].with_context(active_test=False)
        return frozenset(products.search(domain).ids)

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

    def _vip_line_prices(self):
        """Return {line: (total with taxes, without)}, by Odoo's tax computation."""
        account_tax = self.env["account.tax"]
        base_lines = [
            account_tax._prepare_base_line_for_taxes_computation(
                line,
                currency_id=self.currency_id,
                rate=self.currency_rate or 1,
                product_id=line.product_id,
                tax_ids=line.tax_ids_after_fiscal_position,
                price_unit=line.price_unit,
                quantity=line.qty,
                discount=line.discount,
                extra_tax_data={},  # the client may write amounts of taxes in it
            )
            for line in self.lines
        ]
        account_tax._add_tax_details_in_base_lines(base_lines, self.company_id)
        account_tax._round_base_lines_tax_details(base_lines, self.company_id)
        return {
            line: (
                details["total_excluded_currency"]
                + details["delta_total_excluded_currency"]
                + sum(tax["tax_amount_currency"] for tax in details["taxes_data"]),
                details["total_excluded_currency"]
                + details["delta_total_excluded_currency"],
            )
            for line, details in (
                (base["record"], base["tax_details"]) for base in base_lines
            )
        }


def _plain_rule(rule, product_ids):
    return ticket_points.Rule(
        mode=rule.reward_point_mode,
        amount=rule.reward_point_amount,
        product_ids=product_ids,
        minimum_qty=rule.minimum_qty,
        minimum_amount=rule.minimum_amount,
        minimum_incl=rule.minimum_amount_tax_mode == "incl",
        with_code=rule.mode == "with_code",
        split=rule.reward_point_split,
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
