from odoo.tests import new_test_user

from .care_common import VipCareRuleCommon


class TestCareArrivals(VipCareRuleCommon):
    """Which new arrivals fit whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.size = cls.env["product.attribute"].create(
            {"name": "Size", "vip_is_size": True}
        )
        clothes = cls.env["product.category"].create(
            {"name": "Coats", "vip_size_kind": "top"}
        )
        cls.coats = cls.env["product.category"].create(
            {"name": "Long coats", "parent_id": clothes.id}
        )
        cls.coat = cls._create_product("Coat", 1000, ("S", "M"), cls.coats)
        cls.jacket = cls._create_product("Jacket", 400, ("M", "L"), cls.coats)
        cls.scarf = cls._create_product("Scarf", 200, ())
        cls.event = cls.env["vip.care.event"].create(
            {
                "name": "Winter",
                "kind": "arrivals",
                "state": "active",
                "store_ids": [(6, 0, cls.store.ids)],
                "date_from": "2026-11-10",
                "date_to": "2026-11-20",
                "product_tmpl_ids": [(6, 0, (cls.coat + cls.jacket + cls.scarf).ids)],
            }
        )
        cls.rule = cls._create_rule("arrivals", channel="visit")

    @classmethod
    def _create_product(cls, name, price, sizes, category=None):
        values = cls.env["product.attribute.value"]
        for size in sizes:
            known = values.search(
                [("name", "=", size), ("attribute_id", "=", cls.size.id)]
            )
            values += known or values.create(
                {"name": size, "attribute_id": cls.size.id}
            )
        lines = [(0, 0, {"attribute_id": cls.size.id, "value_ids": values.ids})]
        return cls.env["product.template"].create(
            {
                "name": name,
                "list_price": price,
                "categ_id": category and category.id,
                "attribute_line_ids": lines if sizes else [],
            }
        )

    @classmethod
    def _create_buyer(cls, ticket=0, units=0, **vals):
        standing = {"vip_average_ticket": ticket, "vip_units_per_ticket": units}
        return cls._create_member(**standing, **vals)

    def _counts(self, *members):
        rows = self._due(self.rule, "2026-11-12")
        counts = {row["partner"]: row["facts"]["count"] for row in rows}
        return [counts.get(member.id, 0) for member in members]

    def _task(self, member):
        [row] = [
            row
            for row in self._due(self.rule, "2026-11-12")
            if row["partner"] == member.id
        ]
        return self.env["vip.care.task"].create(
            {
                "partner_id": member.id,
                "rule_id": self.rule.id,
                "occasion_key": row["key"],
                "event_id": row["event"],
                "trigger": "arrivals",
                "company_id": self.company.id,
                "channel": "visit",
                "purpose": "care",
                "due_date": row["due"],
                "until": row["until"],
                "facts": row["facts"],
            }
        )

    def test_size_as_stated_or_else_as_usually_bought(self):
        small = self._create_buyer(vip_size_top="S")
        medium = self._create_buyer(vip_usual_size_top="m")
        both = self._create_buyer(vip_size_top="S", vip_usual_size_top="L")
        told = self._create_buyer(vip_size_top="165/84 (L)")
        unknown = self._create_buyer()
        shoes = self._create_buyer(vip_size_shoe="M")
        # The scarf, which has no sizes, fits everybody.
        self.assertEqual(
            self._counts(small, medium, both, told, unknown, shoes), [2, 3, 2, 2, 1, 1]
        )

    def test_price_level_is_what_she_pays_for_a_piece(self):
        # Average pieces of 500, of 2500 and of 90.
        usual = self._create_buyer(1000, 2, vip_size_top="M")
        rich = self._create_buyer(2500, 1, vip_size_top="M")
        thrifty = self._create_buyer(180, 2, vip_size_top="M")
        self.assertEqual(self._counts(usual, rich, thrifty), [2, 0, 0])
        returned = self._create_buyer(-50, -1, vip_size_top="M")
        self.assertEqual(self._counts(returned), [3])

    def test_only_members_of_its_stores_and_only_whom_something_fits(self):
        self.event.product_tmpl_ids = self.coat + self.jacket
        fits = self._create_buyer(vip_size_top="M")
        self._create_buyer(vip_size_top="XXL")
        self._create_buyer(vip_size_top="M", vip_store_id=self.other_store.id)
        rows = self._due(self.rule, "2026-11-12")
        self.assertEqual([row["partner"] for row in rows], fits.ids)
        self.assertEqual(rows[0]["facts"], {"name": "Winter", "count": 2})
        self.coat.active = False
        self.jacket.product_variant_ids.filtered(
            lambda one: "M" in one.display_name
        ).active = False
        self.assertEqual(self._due(self.rule, "2026-11-12"), [])

    def test_the_pick_list_says_what_and_why(self):
        taste = self.env["vip.profile.tag"].create({"name": "Minimalist"})
        self.scarf.product_tag_ids = self.env["product.tag"].create(
            {"name": "minimalist"}
        )
        member = self._create_buyer(
            800, 2, vip_size_top="M", vip_tag_ids=[(4, taste.id)]
        )
        picks = self._task(member)._pick_list()
        self.assertEqual(
            [(pick["name"], pick["size"]) for pick in picks],
            [("Scarf", False), ("Jacket", "M")],
        )
        self.assertIn("minimalist", picks[0]["why"][0])
        self.assertIn("M", picks[1]["why"][0])
        self.assertIn("400", picks[1]["why"][1])
        self.assertIn("400", picks[1]["price"])
        self.assertEqual(
            picks[1]["image"], f"/web/image/product.template/{self.jacket.id}/image_256"
        )

    def test_the_nearest_to_her_price_comes_first(self):
        member = self._create_buyer(900, 1, vip_size_top="M")
        self.scarf.list_price = 1700
        self.jacket.list_price = 500
        picks = self._task(member)._pick_list(limit=2)
        self.assertEqual([pick["name"] for pick in picks], ["Coat", "Jacket"])

    def test_of_who_is_new_nothing_is_known(self):
        [pick] = self._task(self._create_buyer())._pick_list()
        self.assertEqual(pick["name"], "Scarf")
        self.assertEqual(len(pick["why"]), 1)

    def test_managers_see_whom_it_fits_among_their_own(self):
        self.event.store_ids += self.other_store
        mine = self._create_buyer(vip_size_top="M")
        other = self._create_buyer(vip_size_top="M", vip_store_id=self.other_store.id)
        self.event.product_tmpl_ids -= self.scarf
        self._create_buyer(vip_size_top="XS")
        qian = new_test_user(
            self.env, "qian", "base.group_user,vip_care.group_store_manager"
        )
        self.store.manager_ids = qian
        self.env.flush_all()
        members = self.env["res.partner"]
        domain = self.event.action_who_fits()["domain"]
        self.assertEqual(members.search(domain), mine + other)
        action = self.event.with_user(qian).action_who_fits()
        found = members.with_user(qian).search(action["domain"])
        self.assertEqual(found, mine)
        for junk in ("x", [10**9], [], False):
            domain = [("vip_fitting_event_id", "in", junk)]
            if isinstance(junk, list):
                self.assertFalse(members.with_user(qian).search(domain))
