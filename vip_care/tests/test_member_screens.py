from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from ..models.res_partner_screens import time_ago
from .common import VipCareCommon


@tagged("post_install", "-at_install")
class TestMemberScreens(VipCareCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(
            cls.env, "clerk_screens", groups="vip_care.group_associate"
        )
        cls.lin = cls._create_employee("Lin", user_id=cls.clerk.id)
        cls.Partner = cls.env["res.partner"].with_user(cls.clerk)
        cls.action = cls.env.ref("vip_care.res_partner_action_members")

    def _create_mine(self, name="王芳", **vals):
        return self._create_member(name, vip_owner_id=self.lin.id, **vals)

    def _filter(self, name):
        """Return the domain of a filter, as the web client evaluates it."""
        arch = self.Partner.get_view(
            self.env.ref("vip_care.res_partner_view_search_member").id, "search"
        )["arch"]
        [domain] = self._xpath(arch, f"//filter[@name='{name}']/@domain")
        return eval(domain, {"uid": self.clerk.id})  # our own view's text

    def _xpath(self, arch, path):
        from lxml import etree

        return etree.fromstring(arch).xpath(path)

    def _found(self, name):
        return self.Partner.search(
            [("is_vip_member", "=", True), *self._filter(name)]
        ).sudo()

    def test_every_filter_and_group_can_be_searched(self):
        arch = self.Partner.get_view(
            self.env.ref("vip_care.res_partner_view_search_member").id, "search"
        )["arch"]
        for name in self._xpath(arch, "//filter[@domain]/@name"):
            with self.subTest(name):
                self._found(name)
        for context in self._xpath(arch, "//filter[@context]/@context"):
            group = eval(context)["group_by"]  # our own view's text
            with self.subTest(group):
                self.Partner._read_group([("is_vip_member", "=", True)], [group])

    def test_my_members_and_my_store(self):
        mine = self._create_mine()
        beside = self._create_member()
        self._create_member(vip_store_id=self.other_store.id)
        self.assertEqual(self._found("my_members"), mine)
        self.assertEqual(self._found("my_store"), mine)
        self.store.manager_ids += self.clerk
        self.clerk.group_ids += self.env.ref("vip_care.group_store_manager")
        self.assertEqual(self._found("my_store"), mine | beside)
        self.assertEqual(self._found("no_owner"), beside)

    @freeze_time("2025-12-20 04:00:00")
    def test_birthdays_across_the_year_end(self):
        def born(day, **vals):
            return self._create_mine(vip_birthday=day, **vals)

        last, first = born("1980-12-20"), born("1990-01-19")
        born("1990-01-20")
        born("1990-12-19")
        born("1990-12-25", vip_birthday_calendar="lunar")
        self.assertEqual(self._found("birthday_soon"), last | first)
        self.assertEqual(len(self._found("birthday_month")), 2)

    @freeze_time("2025-06-15 04:00:00")
    def test_tiers_that_end_soon_and_new_members(self):
        ends = self._create_mine(vip_enrolled_on="2025-05-01")
        later = self._create_mine(vip_enrolled_on="2025-06-01")
        ends.vip_tier_valid_until = "2025-08-14"
        later.vip_tier_valid_until = "2025-08-15"
        self.assertEqual(self._found("tier_ends"), ends)
        self.assertEqual(self._found("new_members"), later)

    def test_one_search_box_finds_name_card_and_number(self):
        member = self._create_mine("赵敏", phone="13712345678")
        arch = self.Partner.get_view(
            self.env.ref("vip_care.res_partner_view_search_member").id, "search"
        )["arch"]
        [domain] = self._xpath(arch, "//field[@name='name']/@filter_domain")
        card = member.vip_card_number
        for text in ("赵敏", "137 1234 5678", "+86-13712345678", "5678", card.lower()):
            with self.subTest(text):
                found = self.Partner.search(eval(domain, {"self": text}))
                self.assertIn(member, found.sudo())
        self.assertNotIn(member, self.Partner.search(eval(domain, {"self": "赵云"})))

    def test_latest_buyer_first_and_who_never_bought_last(self):
        never, old, new = (self._create_mine() for _ in range(3))
        old.vip_last_purchase_date = "2024-01-01"
        new.vip_last_purchase_date = "2025-01-01"
        members = never | old | new
        found = self.Partner.search(
            [("id", "in", members.ids)], order="vip_last_purchase_date desc, id desc"
        )
        self.assertEqual(found.ids, [new.id, old.id, never.id])

    def test_time_ago_counts_full_units_only(self):
        today = date(2025, 6, 15)
        cases = {
            date(2025, 6, 15): "today",
            date(2025, 6, 14): "1 day ago",
            date(2025, 5, 25): "3 weeks ago",
            date(2025, 2, 15): "4 months ago",
            date(2025, 2, 16): "3 months ago",
            date(2023, 8, 1): "22 months ago",
            date(2022, 7, 1): "2 years ago",
        }
        for day, said in cases.items():
            with self.subTest(day):
                self.assertEqual(time_ago(self.env, day, today), said)

    def test_tags_of_a_category_leave_the_others(self):
        tags = self.env["vip.profile.tag"].create(
            [
                {"name": "Linen", "category": "taste"},
                {"name": "Chess", "category": "pastime"},
                {"name": "Silk", "category": "taste"},
            ]
        )
        linen, chess, silk = tags
        member = self._create_member(vip_tag_ids=[(6, 0, (linen | chess).ids)])
        self.assertEqual(member.vip_taste_tag_ids, linen)
        member.write(
            {
                "vip_taste_tag_ids": [(6, 0, silk.ids)],
                "vip_values_tag_ids": [(5, 0, 0)],
            }
        )
        self.assertEqual(member.vip_tag_ids, silk | chess)
        member.invalidate_recordset()
        self.assertEqual(member.vip_pastime_tag_ids, chess)

    def test_member_form_saves_as_an_associate(self):
        member = self._create_member(vip_owner_id=self.lin.id)
        form = Form(
            member.with_user(self.clerk), "vip_care.res_partner_view_form_member"
        )
        form.vip_salutation = "Sister Wang"
        with form.vip_relation_ids.new() as relation:
            relation.name = "小明"
        form.save()
        self.assertEqual(member.vip_salutation, "Sister Wang")
        self.assertEqual(member.vip_relation_ids.name, "小明")
        self.assertNotIn("vip_lifetime_value", form._view["fields"])

    def test_counts_and_buttons(self):
        member = self._create_mine()
        self._create_mine(vip_referrer_id=member.id)
        self._buy(member, "2025-01-01")
        self._buy(member, "2025-01-02", -10)
        mine = member.with_user(self.clerk)
        self.assertEqual(mine.vip_purchase_count, 2)
        self.assertEqual(mine.vip_referred_count, 1)
        for button in ("purchases", "points", "referred", "standing_changes"):
            action = getattr(mine, f"action_vip_view_{button}")()
            self.assertIn(member.id, [leaf[2] for leaf in action["domain"]])

    def test_taking_over_is_asked_for(self):
        free = self._create_member()
        action = free.with_user(self.clerk).action_vip_take_over()
        asking = self.env["vip.transfer.ask"].with_context(**action["context"])
        wizard = asking.with_user(self.clerk).create({"reason": "Nobody has her"})
        self.assertEqual(wizard.names_text, "王*")
        transfer = self.env["vip.transfer"].browse(wizard.action_ask()["res_id"])
        self.assertEqual(transfer.line_ids.partner_id, free)
        self.assertEqual(transfer.line_ids.new_owner_id, self.lin)
        self.assertFalse(free.vip_owner_id, "not before it is decided")
        nobody = new_test_user(
            self.env, "nobody_screens", groups="vip_care.group_associate"
        )
        with self.assertRaisesRegex(UserError, "no employee"):
            asking.with_user(nobody).create({"reason": "Mine"}).action_ask()

    def test_members_are_not_made_without_enrolment(self):
        for kind in ("list", "kanban", "form"):
            view = self.env.ref(f"vip_care.res_partner_view_{kind}_member")
            arch = self.Partner.get_view(view.id, kind)["arch"]
            self.assertEqual(self._xpath(arch, "/*/@create"), ["0"], kind)

    def test_list_and_kanban_read_without_a_query_per_member(self):
        members = self.env["res.partner"]
        for _number in range(20):
            members |= self._create_mine()
        for kind in ("list", "kanban"):
            view = self.env.ref(f"vip_care.res_partner_view_{kind}_member")
            arch = self.Partner.get_view(view.id, kind)["arch"]
            names = set(self._xpath(arch, "//field/@name"))
            spec = {
                name: {"fields": {"display_name": {}}}
                if self.Partner._fields[name].type == "many2one"
                else {}
                for name in names - {"id"}
            }
            counts = []
            for records in (members[:2], members):
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                records.with_user(self.clerk).web_read(spec)
                counts.append(self.env.cr.sql_log_count - before)
            self.assertLessEqual(counts[1], counts[0] + 1, kind)
