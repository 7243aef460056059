from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user

from .common import VipCareCommon


class TestOrganisation(VipCareCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.regional = new_test_user(
            cls.env, "regional", "base.group_user,vip_care.group_region_manager"
        )
        cls.manager = new_test_user(
            cls.env, "manager", "base.group_user,vip_care.group_store_manager"
        )
        cls.store.manager_ids += cls.manager
        cls.region.manager_ids += cls.regional
        cls.register = cls.env["pos.config"].create(
            {"name": "Till", "vip_store_id": cls.store.id}
        )

    def _as(self, user, record):
        return record.with_user(user)

    def test_a_new_register_has_a_store_of_its_own(self):
        config = self.env["pos.config"].create({"name": "Corner"})
        self.assertEqual(config.vip_store_id.name, "Corner")
        self.assertEqual(config.vip_store_id.company_id, config.company_id)

    def test_a_store_says_whom_and_what_it_has(self):
        lin = self._create_employee("Lin")
        self._create_member()
        store = self._as(self.manager, self.store)
        self.assertEqual(store.staff_ids.ids, lin.ids)
        self.assertEqual(store.register_ids, self.register)
        self.assertEqual((store.member_count, store.employee_count), (1, 1))

    def test_a_regional_manager_moves_employees_without_hr_rights(self):
        lin = self._create_employee("Lin")
        other = self._as(self.regional, self.other_store)
        other.staff_ids = [(4, lin.id)]
        self.assertEqual(lin.vip_store_id, self.other_store)
        self.assertFalse(self.store.staff_ids)
        other.staff_ids = [(3, lin.id)]
        self.assertFalse(lin.vip_store_id)
        with self.assertRaises(AccessError):
            self._as(self.regional, lin).name = "Somebody"

    def test_nobody_draws_anothers_members_by_moving_employees(self):
        """With an employee her members would move into the sight of a manager."""
        north = self.env["vip.region"].create({"name": "North", "code": "N"})
        far = self._create_store("Far", "T9", region_id=north.id)
        mei = self._create_employee("Mei", far)
        member = self._create_member(vip_store_id=far.id, vip_owner_id=mei.id)
        with self.assertRaisesRegex(AccessError, "between regions"):
            self._as(self.regional, self.store).staff_ids = [(4, mei.id)]
        self.regional.group_ids += self.env.ref("hr.group_hr_manager")
        with self.assertRaisesRegex(AccessError, "between regions"):
            self._as(self.regional, mei).vip_store_id = self.store
        with self.assertRaises(AccessError):
            self._as(self.regional, far).manager_ids = self.regional
        self.assertEqual(member.vip_owner_store_id, far)
        self.assertFalse(member.with_user(self.regional).has_access("read"))

    def test_a_regional_manager_moves_registers_without_pos_rights(self):
        other = self._as(self.regional, self.other_store)
        other.register_ids = [(4, self.register.id)]
        self.assertEqual(self.register.vip_store_id, self.other_store)
        self.assertFalse(self.store.register_ids)

    def test_a_store_manager_arranges_nothing(self):
        lin = self._create_employee("Lin", self.other_store)
        with self.assertRaises(AccessError):
            self._as(self.manager, self.store).staff_ids = [(4, lin.id)]
        self.assertEqual(lin.vip_store_id, self.other_store)

    def test_the_form_of_a_store_saves_for_a_regional_manager(self):
        lin = self._create_employee("Lin")
        store = self._as(self.regional, self.other_store)
        with Form(store, "vip_care.vip_store_view_form") as form:
            form.name = "South Square"
            form.signature = "Your South Square"
            form.specialist_id = self.env["hr.employee"].browse(lin.id)
            form.staff_ids.add(self.env["hr.employee.public"].browse(lin.id))
        self.assertEqual(self.other_store.name, "South Square")
        self.assertEqual(self.other_store.specialist_id, lin)
        self.assertEqual(lin.vip_store_id, self.other_store)

    def test_the_members_button_opens_this_stores_members(self):
        member = self._create_member()
        self._create_member("李娜", vip_store_id=self.other_store.id)
        action = self.store.action_view_members()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, member)

    def test_a_tier_says_its_rule_in_words(self):
        tier = self.gold
        tier.currency_id.symbol = "¥"
        self.assertIn("10,000", tier.rule_text)
        self.assertIn("12 months and one of grace", tier.rule_text)
        tier.write({"order_threshold": 8, "grace_months": 0})
        self.assertIn("or 8 tickets within 12 months", tier.rule_text)
        self.assertNotIn("grace", tier.rule_text)
        self.assertEqual(self.silver.rule_text, "Every member meets it. Kept for good.")

    def test_every_role_sees_the_menus_it_can_use(self):
        menu = self.env["ir.ui.menu"]
        for group, visible, hidden in (
            (
                "group_associate",
                ["res_partner_menu_members"],
                ["vip_care_menu_overview"],
            ),
            (
                "group_store_manager",
                ["vip_care_menu_overview", "vip_purchase_menu", "vip_profile_tag_menu"],
                ["vip_store_menu", "vip_tier_menu", "vip_settings_menu"],
            ),
            (
                "group_region_manager",
                ["vip_store_menu", "vip_region_menu", "report_pos_order_menu"],
                ["vip_tier_menu", "pos_config_menu", "hr_employee_menu"],
            ),
            (
                "group_head_office",
                ["vip_tier_menu", "vip_season_menu", "vip_profile_field_menu"],
                ["vip_settings_menu"],
            ),
        ):
            user = new_test_user(
                self.env, f"menu_{group}", f"base.group_user,vip_care.{group}"
            )
            ids = set(menu.with_user(user).load_menus(False))
            for name in visible:
                with self.subTest(group=group, visible=name):
                    self.assertIn(self.env.ref(f"vip_care.{name}").id, ids)
            for name in hidden:
                with self.subTest(group=group, hidden=name):
                    self.assertNotIn(self.env.ref(f"vip_care.{name}").id, ids)
