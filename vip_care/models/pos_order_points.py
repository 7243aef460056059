from collections import defaultdict
from dataclasses import replace

from odoo import models

from ..tools import ticket_points
from .pos_order_entries import Entry


class Bound:
    """What a ticket may still move in one program: at least, at most, roundings."""

    def __init__(self, low=0, high=0, slack=0):
        self.low, self.high, self.slack = low, high, slack


class PosOrder(models.Model):
    """What of a till's entries the ticket explains."""

    _inherit = "pos.order"

    def _vip_check_coupon_data(self, coupon_data, moved, paid):
        """Return the till's entries, each with what may be booked.

        `moved` are the programs in which the ticket has moved points already.
        """
        entries = self._vip_entries(coupon_data)
        # Odoo books a program once for a ticket; the till may ask again.
        entries = [entry for entry in entries if entry.program not in moved]
        manager = self._vip_is_managers_own(entries)
        prices = self._vip_line_prices()
        ticket = self._vip_ticket(prices)
        if not self._vip_adds_up(ticket, paid):
            return self._vip_settle_unpaid(entries, manager)
        entries += self._vip_unreported(entries, moved)
        self._vip_set_spent(entries, prices)
        self._vip_settle(entries, self._vip_bounds(entries, ticket, moved), manager)
        return entries

    def _vip_settle_unpaid(self, entries, manager):
        """Book nothing for a ticket that is not paid, but what a manager may anyway."""
        for entry in entries:
            if entry.is_booked and manager:
                entry.book(entry.asked)
                entry.kind = "beyond"
            elif entry.is_booked:
                entry.refuse("unpaid")
        return [entry for entry in entries if entry.asked]

    def _vip_is_managers_own(self, entries):
        """Tell whether the user could change these balances herself, as Odoo has it.

        Then what goes beyond the ticket is booked as she says, and listed.
        """
        customers = self.partner_id
        for entry in entries:
            customers |= entry.card.partner_id
        caller = self.env["loyalty.card"].sudo(False)
        return caller._vip_may_directly(customers) and caller.has_access("create")

    def _vip_reward_lines(self):
        """Lines of rewards; one brought back costs and returns nothing in Odoo."""
        return self.lines.filtered(
            lambda line: line.reward_id and not line.refunded_orderline_id
        )

    def _vip_unreported(self, entries, moved):
        """Return entries for cards whose rewards were used but not reported."""
        known = self.env["loyalty.card"].union(*(entry.card for entry in entries))
        missing = self._vip_reward_lines().coupon_id - known
        reported = self.env["loyalty.card"].browse(
            [entry.key for entry in entries if entry.key > 0]
        )
        result = []
        for card in (missing - reported).exists():
            if card.program_id not in moved:
                entry = Entry(card.id, {}, 0)
                entry.card, entry.program = card, card.program_id
                entry.before = card.points
                entry.kind = "unreported"
                result.append(entry)
        return result

    def _vip_set_spent(self, entries, prices):
        """Give each entry what the rewards on its card cost, and their codes."""
        for entry in entries:
            asked = entry.vals.get("line_codes")
            codes = {str(code) for code in asked} if isinstance(asked, list) else set()
            groups = defaultdict(self.env["pos.order.line"].browse)
            for line in self._vip_reward_lines():
                fits = line.reward_id.program_id == entry.program
                unclaimed = not line.coupon_id and line.reward_identifier_code in codes
                if fits and (
                    line.coupon_id == entry.card if line.coupon_id else unclaimed
                ):
                    groups[line.reward_id, line.reward_identifier_code] |= line
            entry.codes = sorted({code for _reward, code in groups if code})
            entry.spent = sum(
                _cost(reward, lines, prices) for (reward, _), lines in groups.items()
            )

    def _vip_bounds(self, entries, ticket, moved):
        """Return {program: Bound} and None: the bound of top-ups together."""
        programs = self.env["loyalty.program"].union(*(e.program for e in entries))
        plain = self._vip_program_rules(programs)
        own = self._vip_programs(programs, plain)
        plain = {program.id: plain[program.id] for program in own}
        back = ticket.brought_back()
        bounds = {program: Bound() for program in programs}
        for program in own:
            rules = plain[program.id]
            high = ticket_points.earned(rules, ticket)
            low = min(high, 0)
            if back.lines:
                low -= max(ticket_points.earned(rules, back), 0)
            slack = ticket_points.slack(rules, ticket, self.currency_id.rounding)
            bounds[program] = Bound(low, high, slack)
        # A line tops up one card: programs that share a product share its money.
        payments = [rules for rules in plain.values() if rules.is_payment]
        top_ups = sum(
            max(ticket_points.earned(rules, _only(ticket, line)) for rules in payments)
            for line in ticket.lines
            if payments
        )
        gone = self._vip_topped_up(moved) if payments else 0
        bounds[None] = Bound(0, top_ups - gone)
        return bounds

    def _vip_topped_up(self, moved):
        """Return the points earlier confirmations of this ticket put on such cards."""
        paying = moved.filtered(
            lambda program: program.program_type in ticket_points.PAYMENT_PROGRAMS
        )
        if not paying:
            return 0
        history = self.env["loyalty.history"].search(
            [
                ("order_model", "=", self._name),
                ("order_id", "=", self.id),
                ("card_id.program_id", "in", paying.ids),
            ]
        )
        return sum(history.mapped("issued"))

    def _vip_settle(self, entries, bounds, manager):
        """Decide what of each entry is booked; entries share their program's bound."""
        for entry in entries:
            if not entry.is_booked:
                continue
            earned = _explained(entry, bounds[entry.program], bounds[None])
            points = earned - entry.spent
            if not entry.card:
                points = max(points, 0)  # nobody has a new card with a debt
            if entry.kind == "unreported":
                entry.booked = points
                entry.is_booked = bool(points)
                continue
            entry.book(points, "clipped")
            if entry.kind and manager:
                entry.book(entry.asked)
                entry.is_booked, entry.kind = True, "beyond"


def _explained(entry, bound, top_ups):
    """Return the points the entry may have earned, and take them off the bounds."""
    high = min(bound.high, top_ups.high) if entry.is_payment else bound.high
    earned = entry.asked + entry.spent
    if entry.kind == "unreported":
        earned = 0
    elif earned > high + bound.slack:
        earned = high
    earned = max(earned, bound.low)
    bound.high -= max(earned, 0)
    top_ups.high -= max(earned, 0) if entry.is_payment else 0
    return earned


def _cost(reward, lines, prices):
    """Return the points a reward costs: what its lines say, not below its price."""
    told = sum(max(line.points_cost, 0) for line in lines)
    if reward.clear_wallet:
        return told
    if reward.reward_type == "discount" and reward.discount_mode == "per_point":
        if reward.program_id.program_type not in ticket_points.PAYMENT_PROGRAMS:
            return told
        due = -sum(prices[line][0] for line in lines) / (reward.discount or 1)
        rounding = lines.currency_id.rounding * (len(lines) + 1)
        return told if due - told <= rounding else due
    return max(told, reward.required_points)


def _only(ticket, line):
    return replace(ticket, lines=(line,))
