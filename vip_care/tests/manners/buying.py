"""What members buy: tickets of the registers, as the collector would note them."""

from datetime import datetime, time, timedelta

from psycopg2.extras import execute_values

UTC_8 = timedelta(hours=8)


class Buying:
    """A part of the chain: a day's tickets, written by SQL."""

    def sell(self, day):
        """Let those buy today whose time has come; review their standing."""
        tickets = [
            ticket
            for member in self.members
            if self.ledger.at(member, "member", self.moment)
            for ticket in self._tickets(member, day)
        ]
        if not tickets:
            return
        orders = self._insert_orders(tickets)
        self._insert_purchases(tickets, orders)
        self.env["vip.standing.due"]._add([ticket[0] for ticket in tickets])
        self.env.invalidate_all()

    def _tickets(self, member, day):
        """Yield (member, local time, amount, product, quantity) of a day."""
        chance = self.chance
        rhythm = self.rhythm[member]
        if chance.random() < 0.0012:
            # Lives change: she drifts away, or comes back.
            rhythm = self.rhythm[member] = chance.choice((0, 30, 60, 120, 400))
        if not rhythm or chance.random() * rhythm >= 1:
            return
        moment = datetime.combine(day, time(chance.randint(10, 20), 30))
        is_coat = chance.random() < 0.15
        amount = chance.choice((300, 800, 1500)) + 6000 * is_coat
        product = self.goods[1 if is_coat else 0].id
        if chance.random() < 0.05:
            yield member, moment, -200, product, -1
        else:
            yield member, moment, amount, product, chance.randint(1, 3)

    def _insert_orders(self, tickets):
        rows = [
            (
                f"SIM/{next(self.numbers)}",
                *(self.env.company.id, self.session.id, self.register.id),
                *(member, moment - UTC_8, "done"),
                *(amount, amount, 0, 0),
            )
            for member, moment, amount, _product, _quantity in tickets
        ]
        orders = execute_values(
            self.cr._obj,
            """INSERT INTO pos_order (
                   name, company_id, session_id, config_id, partner_id, date_order,
                   state, amount_total, amount_paid, amount_tax, amount_return)
               VALUES %s RETURNING id""",
            rows,
            page_size=10_000,
            fetch=True,
        )
        lines = [
            ("line", order, product, amount, amount, quantity)
            for (order,), (_member, _moment, amount, product, quantity) in zip(
                orders, tickets, strict=True
            )
        ]
        execute_values(
            self.cr._obj,
            """INSERT INTO pos_order_line (
                   name, order_id, product_id, price_subtotal, price_subtotal_incl,
                   qty) VALUES %s""",
            lines,
        )
        return [order for (order,) in orders]

    def _insert_purchases(self, tickets, orders):
        rows = [
            (
                *(order, member, self.env.company.id),
                self.ledger.at(member, "store", self.moment) or None,
                *(moment - UTC_8, moment.date(), amount, quantity),
                *(quantity < 0, self.owners[member] or None, 0, 0),
            )
            for order, (member, moment, amount, _product, quantity) in zip(
                orders, tickets, strict=True
            )
        ]
        execute_values(
            self.cr._obj,
            """INSERT INTO vip_purchase (
                   order_id, partner_id, company_id, store_id, date, local_date,
                   amount, units, is_refund, owner_id, points_earned, points_spent)
               VALUES %s""",
            rows,
        )

    def note_standings(self):
        """Write down whose standing is new: it decides whom a rule is for."""
        self.env.flush_all()
        self.cr.execute(
            """SELECT id, vip_value_class, vip_lifecycle, vip_layer
                 FROM res_partner WHERE id = ANY(%s)""",
            [self.members],
        )
        for member, *standing in self.cr.fetchall():
            if self.standings.get(member) != standing:
                self.standings[member] = standing
                self.ledger.tell(member, "standing", standing, self.moment)
