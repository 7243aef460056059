from datetime import datetime, timedelta

from odoo import Command, fields
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .till_common import VipTillCommon


@tagged("post_install", "-at_install")
class TestTillCardPurchases(VipTillCommon):
    """What she bought and returned lately, and when she was here."""

    def _line(self, order, product, qty=1, price=20, **vals):
        return (
            self.env["pos.order.line"]
            .sudo()
            .create(
                {
                    "order_id": order.id,
                    "product_id": product.id,
                    "qty": qty,
                    "price_unit": price,
                    "price_subtotal": qty * price,
                    "price_subtotal_incl": qty * price,
                    **vals,
                }
            )
        )

    def test_goods_come_newest_first_with_their_store_day(self):
        # 17:30 UTC is the next morning in Shanghai.
        self._sell(self.member, date_order="2026-03-01 10:00:00")
        self._sell(self.member, qty=2, date_order="2026-03-09 17:30:00")
        name = self.product.with_context(display_default_code=False).display_name
        with freeze_time("2026-03-12 04:00:00"):
            card = self._card()
        self.assertEqual(
            card["purchases"],
            [
                {"date": "2026-03-10", "name": name, "qty": 2, "returned": False},
                {"date": "2026-03-01", "name": name, "qty": 1, "returned": False},
            ],
        )
        self.assertEqual(
            card["last_visit"],
            {"date": "2026-03-10", "days": 2, "store": self.store.name},
        )

    def test_a_line_is_called_as_on_the_ticket(self):
        order = self._sell(self.member)
        order.lines.full_product_name = "Coat (M, Grey)"
        [bought] = self._card()["purchases"]
        self.assertEqual(bought["name"], "Coat (M, Grey)")

    def test_returns_are_told_as_such(self):
        self._sell(self.member, refund=True)
        purchases = self._card()["purchases"]
        self.assertEqual(
            sorted((line["returned"], line["qty"]) for line in purchases),
            [(False, 1), (True, 1)],
        )

    def test_only_goods_on_paid_tickets_count(self):
        order = self._sell(self.member, date_order="2026-03-01 10:00:00")
        service, tip = self.env["product.product"].create(
            [
                {"name": "Alteration", "type": "service"},
                {"name": "Tip", "type": "consu"},
            ]
        )
        self.config.sudo().tip_product_id = tip
        self._line(order, service)
        self._line(order, tip)
        self._line(order, self.product, price=-5, full_product_name="5 off")
        self._line(order, self.product, qty=0, full_product_name="Nothing")
        self._sell(self.member, paid=False, date_order="2026-03-05 10:00:00")
        self._sell(self.other_member, date_order="2026-03-06 10:00:00")
        card = self._card()
        self.assertEqual([line["qty"] for line in card["purchases"]], [1])
        self.assertEqual(card["last_visit"]["date"], "2026-03-01")

    def test_eight_at_most(self):
        order = self._sell(self.member)
        for number in range(12):
            self._line(order, self.product, full_product_name=f"Scarf {number}")
        self.assertEqual(len(self._card()["purchases"]), 8)

    def test_imported_history_tells_the_last_visit(self):
        far = self.store.copy({"name": "Far", "code": "FAR"})
        self.env["vip.purchase"].sudo().create(
            {
                "import_ref": "OLD1",
                "partner_id": self.member.id,
                "company_id": self.env.company.id,
                "store_id": far.id,
                "date": "2025-11-11 04:00:00",
                "local_date": "2025-11-11",
                "amount": 100,
            }
        )
        card = self._card()
        self.assertEqual(card["purchases"], [])
        visit = card["last_visit"]
        self.assertEqual((visit["date"], visit["store"]), ("2025-11-11", "Far"))
        self._sell(self.member, date_order="2026-03-01 10:00:00")
        self.assertEqual(self._card()["last_visit"]["date"], "2026-03-01")

    def test_who_never_came_has_no_visit(self):
        card = self._card(self.own_member)
        self.assertFalse(card["last_visit"])
        self.assertEqual(card["purchases"], [])

    def test_her_latest_tickets_are_read_by_index(self):
        cr = self.env.cr
        cr.execute("SET LOCAL enable_seqscan = off")
        cr.execute("SET LOCAL enable_sort = off")
        for query in (
            self.member._query_latest_goods(self.config),
            self.member._query_last_visit(self.config),
        ):
            cr.execute(SQL("EXPLAIN %s", query))
            plan = "\n".join(line for [line] in cr.fetchall())
            self.assertIn("pos_order_vip_partner_date_idx", plan)

    def test_the_card_takes_as_few_queries_however_much_she_bought(self):
        self._sell(self.member)
        counts = []
        for tickets in (0, 30):
            for number in range(tickets):
                moment = datetime(2025, 1, 1) + timedelta(days=number)
                self._sell(self.member, date_order=fields.Datetime.to_string(moment))
            self._card()  # what is kept between requests is read
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._card()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[0], 32)


@tagged("post_install", "-at_install")
class TestTillCardPerson(VipTillCommon):
    """Birthday, taste, and what is open."""

    def _birthday(self, day, member=None, user=None):
        with freeze_time(f"{day} 04:00:00"):
            return self._card(member, user)["birthday"]

    def test_a_birthday_is_told_when_near_and_its_date_to_her_own_people(self):
        self.assertEqual(self._birthday("2026-04-29"), {"days": 2})
        self.assertEqual(self._birthday("2026-05-01"), {"days": 0})
        self.assertEqual(self._birthday("2026-05-04"), {"days": -3})
        for day in ("2026-04-16", "2026-05-05"):
            self.assertFalse(self._birthday(day))
        told = self._birthday("2026-04-29", user=self.env.user)
        self.assertEqual(told, {"days": 2, "date": "05-01"})

    def test_today_is_the_stores_day(self):
        with freeze_time("2026-04-30 16:30:00"):
            self.assertEqual(self._card()["birthday"], {"days": 0})

    def test_a_lunar_birthday_moves(self):
        lunar = {"vip_birthday_calendar": "lunar", "vip_birthday": False}
        cases = [
            # Mid-autumn 2028 is on 3 October.
            ({"vip_lunar_month": 8, "vip_lunar_day": 15}, "2028-10-01", 2),
            # Leap month of 2025; in 2026 the month of that number.
            (
                {"vip_lunar_month": 6, "vip_lunar_day": 15, "vip_lunar_is_leap": True},
                "2025-08-08",
                0,
            ),
            # Nothing but a whole day of birth: 1990-10-03 was the 15th of month 8.
            ({"vip_birthday": "1990-10-03"}, "2028-10-03", 0),
        ]
        for vals, day, days in cases:
            blank = dict.fromkeys(("vip_lunar_month", "vip_lunar_day"), 0)
            self.member.write(lunar | blank | {"vip_lunar_is_leap": False} | vals)
            with self.subTest(vals=vals):
                self.assertEqual(self._birthday(day), {"days": days})
        self.member.vip_birthday_year_unknown = True
        self.assertFalse(self._birthday("2028-10-03"))

    def test_who_states_both_keeps_the_calendar_she_chose(self):
        self.member.write({"vip_lunar_month": 8, "vip_lunar_day": 15})
        self.assertFalse(self._birthday("2028-10-03"))
        self.assertTrue(self._birthday("2028-05-01"))
        self.member.vip_birthday = False
        self.assertTrue(self._birthday("2028-10-03"))

    def test_taste_is_tags_and_text(self):
        tag = self.env["vip.profile.tag"].create(
            [
                {"name": "Linen", "category": "taste"},
                {"name": "Impatient", "category": "personality"},
            ]
        )
        self.member.write(
            {"vip_tag_ids": [Command.set(tag.ids)], "vip_dress_taste": " No yellow "}
        )
        card = self._card()
        self.assertEqual(card["taste"], {"tags": ["Linen"], "text": "No yellow"})
        self.assertNotIn("Impatient", repr(card))

    def test_points_come_with_their_moment(self):
        with freeze_time("2026-03-12 04:00:00"):
            card = self._card()
        self.assertEqual((card["points"], card["as_of"]), (0, "2026-03-12 04:00:00"))

    def test_promises_are_told_to_all_without_their_words(self):
        for days, summary in ((5, "Later"), (-2, "Call back about alteration")):
            self.member.activity_schedule(
                "mail.mail_activity_data_call",
                summary=summary,
                date_deadline=fields.Date.to_date("2026-03-12") + timedelta(days=days),
                user_id=self.seller.id,
            )
        with freeze_time("2026-03-12 04:00:00"):
            told = self._card()["matters"]
            known = self._card(user=self.env.user)["matters"]
        name = self.seller.name
        self.assertEqual(
            told,
            [
                dict(kind="promise", text=False, due=due, late=late, owner=name)
                for due, late in (("2026-03-10", True), ("2026-03-17", False))
            ],
        )
        self.assertEqual(
            [matter["text"] for matter in known],
            ["Call back about alteration", "Later"],
        )
        self.member.activity_ids.filtered(lambda a: a.summary == "Later").action_done()
        self.assertEqual(len(self._card()["matters"]), 1)
