"""The last weeks: real tickets rung up at the registers, sessions opened and closed."""

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from odoo import fields

from . import buying
from .loyalty import REWARD_POINTS, REWARD_YUAN, YUAN_PER_POINT

# Days of each session, counted from the first register day; the last stays open.
SESSIONS = ((1, 5), (6, 10), (11, 15), (16, 19), (20, 21))
PASSERS_BY_A_DAY = (2, 4)
PAYMENTS = {"wechat": 50, "alipay": 24, "card": 16, "cash": 10}
REFUND_SHARE = 0.15
REDEEM_SHARE = 0.25
OPENING_CASH = 500


def sell(chain):
    """Ring up what is left of `chain.tickets`, and some for people passing by."""
    rng = chain.draw("tills")
    days = [chain.first_register_day + timedelta(days=n) for n in range(1, 22)]
    tickets = chain.tickets + buying.draw_passers_by(
        rng, days, chain.teams, chain.items, PASSERS_BY_A_DAY
    )
    queues = _queues(chain, rng, tickets)
    cards = chain.env["loyalty.card"].search([("program_id", "=", chain.program.id)])
    chain.cards = {card.partner_id.id: card for card in cards}
    for register in chain.registers.values():
        till = Till(chain, rng, register)
        for number, (first, last) in enumerate(SESSIONS):
            first_day = chain.first_register_day + timedelta(days=first)
            is_open = number == len(SESSIONS) - 1
            till.work(queues[register, number], first_day, last - first, is_open)


def _queues(chain, rng, tickets):
    """Return the tickets of each register's sessions."""
    queues = defaultdict(list)
    now = fields.Datetime.now() - timedelta(minutes=5)
    for ticket in sorted(tickets, key=lambda ticket: ticket.moment):
        registers = chain.stores[ticket.store].pos_config_ids
        day = (ticket.day - chain.first_register_day).days
        session = next(n for n, (_first, last) in enumerate(SESSIONS) if day <= last)
        if ticket.moment < now:
            queues[registers[rng.randrange(len(registers))], session].append(ticket)
    return queues


class Till:
    """One register and what happens there."""

    def __init__(self, chain, rng, register):
        self.chain, self.rng, self.register = chain, rng, register
        self.last_orders = []

    def work(self, tickets, first_day, length, is_open):
        """Open a session, ring up the tickets, close it unless it is the last."""
        user = self._opener(tickets)
        register = self.register.with_user(user)
        register.open_ui()
        session = register.current_session_id
        session.set_opening_control(OPENING_CASH, "")
        opened = datetime.combine(first_day, datetime.min.time()) + timedelta(hours=2)
        session.sudo().start_at = opened
        orders = [self._order(session, ticket) for ticket in tickets]
        orders += self._refunds(session, opened + timedelta(hours=3))
        self._sync(session, orders)
        if not is_open:
            session.sudo().stop_at = opened + timedelta(days=length, hours=12)
            session.post_closing_cash_details(session.cash_register_balance_end)
            session.close_session_from_ui()

    def _opener(self, tickets):
        logins = [ticket.receiver for ticket in tickets]
        store = self.register.vip_store_id
        usual = store.specialist_id.user_id
        return self.chain.staff[logins[0]].user_id if logins else usual

    def _sync(self, session, orders):
        """Send orders as the register does, then their points as it does."""
        if not orders:
            return
        points = {order["uuid"]: order.pop("points") for order in orders}
        order_model = self.chain.env["pos.order"].with_user(session.env.user)
        order_model.sync_from_ui(orders)
        records = self.chain.env["pos.order"].search([("uuid", "in", list(points))])
        for record in records.sorted("date_order"):
            if points[record.uuid] and record.partner_id:
                self._confirm_points(record.with_user(session.env.user), points)
        self.last_orders = [record for record in records if not record.is_refund]

    def _confirm_points(self, order, points):
        partner = order.partner_id.id
        card = self.chain.cards.get(partner)
        key = card.id if card else -1
        data = {
            "points": points[order.uuid],
            "program_id": self.chain.program.id,
            "coupon_id": key,
            "partner_id": partner,
        }
        order.confirm_coupon_programs({str(key): data})
        if not card:
            self.chain.cards[partner] = self.chain.env["loyalty.card"].search(
                [
                    ("partner_id", "=", partner),
                    ("program_id", "=", self.chain.program.id),
                ],
                limit=1,
            )

    def _order(self, session, ticket):
        person = ticket.person
        lines = [
            self._line(line.item.product_id, line.item.price, 1, line.discount)
            for line in ticket.lines
        ]
        reward = self._reward(person, lines)
        if reward:
            lines.append(reward)
        order = self._frame(session, lines, ticket.moment, ticket.receiver)
        order["partner_id"] = person.partner.id if person else False
        if person:
            earned = round(order["amount_total"] / YUAN_PER_POINT, 2)
            order["points"] = earned - (REWARD_POINTS if reward else 0)
        return order

    def _reward(self, person, lines):
        """Return a line that spends points, if she has them and likes to."""
        card = person and self.chain.cards.get(person.partner.id)
        paid = sum(line["price_subtotal_incl"] for line in lines)
        if not card or card.points < 2 * REWARD_POINTS or paid <= 2 * REWARD_YUAN:
            return None
        if self.rng.random() > REDEEM_SHARE:
            return None
        reward = self.chain.reward
        line = self._line(reward.discount_line_product_id.id, -REWARD_YUAN, 1, 0)
        return line | {
            "is_reward_line": True,
            "reward_id": reward.id,
            "coupon_id": card.id,
            "reward_identifier_code": str(self.rng.getrandbits(32)),
            "points_cost": REWARD_POINTS,
        }

    def _line(self, product_id, price, quantity, discount):
        tax = self.chain.tax
        products = self.chain.env["product.product"]
        product = products.with_context(display_default_code=False).browse(product_id)
        currency = self.chain.company.currency_id
        values = tax.compute_all(price * (100 - discount) / 100, currency, quantity)
        return {
            "product_id": product_id,
            "full_product_name": product.display_name,
            "price_unit": price,
            "qty": quantity,
            "discount": discount,
            "price_subtotal": values["total_excluded"],
            "price_subtotal_incl": values["total_included"],
            "tax_ids": [(6, 0, tax.ids)],
            "uuid": self._uuid(),
        }

    def _frame(self, session, lines, moment, login):
        """Return an order of these lines, paid in one of the usual ways."""
        cashier = self.chain.staff[login]
        total = sum(line["price_subtotal_incl"] for line in lines)
        payment = {
            "amount": total,
            "payment_method_id": self._payment_method().id,
            "payment_date": moment,
            "employee_id": cashier.id,
            "uuid": self._uuid(),
        }
        return {
            "uuid": self._uuid(),
            "session_id": session.id,
            "user_id": cashier.user_id.id,
            "employee_id": cashier.id,
            "date_order": moment,
            "pricelist_id": self.register.pricelist_id.id,
            "fiscal_position_id": False,
            "lines": [(0, 0, line) for line in lines],
            "payment_ids": [(0, 0, payment)],
            "amount_total": total,
            "amount_paid": total,
            "amount_return": 0,
            "amount_tax": total - sum(line["price_subtotal"] for line in lines),
            "to_invoice": False,
            "points": 0,
        }

    def _payment_method(self):
        key = self.rng.choices(list(PAYMENTS), list(PAYMENTS.values()))[0]
        cash = self.register.payment_method_ids.filtered("is_cash_count")
        return cash if key == "cash" else self.chain.payments[key]

    def _refunds(self, session, moment):
        """Return orders that take back one piece of some of the last session's."""
        refunds = []
        for order in self.last_orders:
            if self.rng.random() > REFUND_SHARE:
                continue
            sold = order.lines.filtered(lambda line: not line.is_reward_line)[0]
            line = self._line(sold.product_id.id, sold.price_unit, -1, sold.discount)
            line["refunded_orderline_id"] = sold.id
            login = order.employee_id.user_id.login
            refund = self._frame(session, [line], moment, login)
            refund["partner_id"] = order.partner_id.id
            refund["is_refund"] = True
            refund["points"] = round(refund["amount_total"] / YUAN_PER_POINT, 2)
            refunds.append(refund)
        return refunds

    def _uuid(self):
        return str(UUID(int=self.rng.getrandbits(128), version=4))
