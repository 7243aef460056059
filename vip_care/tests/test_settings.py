from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .common import VipCareCommon


class TestSettings(VipCareCommon, CronMixinCase):
    def test_month_bands_may_all_grow_at_once(self):
        self._save_settings(
            vip_active_months=6, vip_edge_months=12, vip_dormant_months=24
        )
        self.assertRecordValues(
            self.company,
            [{"vip_active_months": 6, "vip_edge_months": 12, "vip_dormant_months": 24}],
        )

    def test_shares_of_classes_may_change_places(self):
        self.company.write({"vip_class_a_share": 10, "vip_class_b_share": 85})
        self._save_settings(vip_class_a_share=60, vip_class_b_share=20)
        self.assertEqual(self.company.vip_class_a_share, 60)
        self.assertEqual(self.company.vip_class_b_share, 20)

    def test_bands_that_do_not_grow_are_refused(self):
        with self.assertRaises(ValidationError):
            self._save_settings(vip_active_months=7)

    def test_settings_are_of_one_company(self):
        other = self.env["res.company"].create({"name": "Other chain"})
        self._save_settings(vip_loyal_orders=9, vip_ltv_years=2.5)
        self.assertEqual(self.company.vip_loyal_orders, 9)
        self.assertEqual(self.company.vip_ltv_years, 2.5)
        self.assertEqual(other.vip_loyal_orders, 3)

    def test_a_changed_rule_is_applied_by_the_next_review(self):
        member = self._create_member()
        self._buy(member, "2026-02-01")
        self._review("2026-06-15")
        self.assertEqual(member.vip_lifecycle, "edge")
        self.assertFalse(self.company._vip_is_review_pending())
        cron = self.env.ref("vip_care.ir_cron_collect_and_review")
        with self.capture_triggers(cron.id) as capture:
            self._save_settings(vip_active_months=5)
        self.assertTrue(capture.records)
        self.assertTrue(self.company._vip_is_review_pending())
        self.assertTrue(
            self.env["res.config.settings"].create({}).vip_is_review_pending
        )
        self._review("2026-06-15")
        self.assertEqual(member.vip_lifecycle, "active")
        self.assertFalse(self.company._vip_is_review_pending())

    def test_saving_without_a_change_asks_for_no_review(self):
        cron = self.env.ref("vip_care.ir_cron_collect_and_review")
        with self.capture_triggers(cron.id) as capture:
            self._save_settings()
        self.assertFalse(capture.records)

    def test_only_administrators_save_settings(self):
        head = new_test_user(
            self.env, "head", "base.group_user,vip_care.group_head_office"
        )
        with self.assertRaises(AccessError):
            self.env["res.config.settings"].with_user(head).create({}).execute()

    def test_a_register_gets_its_store_on_the_settings_page(self):
        config = self.env["pos.config"].create({"name": "Till"})
        settings = self.env["res.config.settings"].create(
            {"pos_config_id": config.id, "pos_vip_store_id": self.store.id}
        )
        settings.execute()
        self.assertEqual(config.vip_store_id, self.store)
