from unittest.mock import patch

from odoo import Command
from odoo.tests import Form, tagged

from .till_common import VipTillCommon


class TierPricelistCommon(VipTillCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = cls.env.ref("product.group_product_pricelist")
        cls.env.ref("base.group_user")._apply_group(group)
        cls.usual, cls.gold_list, cls.own_list = cls.env["product.pricelist"].create(
            [
                {"name": name, "sequence": place, "company_id": False}
                for place, name in enumerate(["Usual", "Gold", "Own"])
            ]
        )
        cls.silver, cls.gold = cls.env.company._vip_tiers()[:2].sudo(False)
        cls.gold.pricelist_id = cls.gold_list
        cls.member.sudo().vip_tier_id = cls.gold
        cls.other_member.sudo().vip_tier_id = cls.silver
        cls.config.sudo().write(
            {
                "use_pricelist": True,
                "pricelist_id": cls.usual.id,
                "available_pricelist_ids": [Command.set(cls.usual.ids)],
            }
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _list_of(self, partner, user=None):
        return partner.with_user(user or self.env.user).property_product_pricelist


@tagged("post_install", "-at_install")
class TestTierPricelist(TierPricelistCommon):
    """The price list of her tier comes with the member, by Odoo's own choice."""

    def test_members_of_the_tier_have_its_list(self):
        self.assertEqual(self._list_of(self.member), self.gold_list)
        self.assertEqual(self._list_of(self.other_member), self.usual)
        self.assertEqual(self._list_of(self.guest), self.usual)

    def test_a_change_of_tier_or_list_is_seen_at_once(self):
        self.assertEqual(self._list_of(self.member), self.gold_list)
        self.member.sudo().vip_tier_id = self.silver
        self.assertEqual(self._list_of(self.member), self.usual)
        self.silver.pricelist_id = self.own_list
        self.assertEqual(self._list_of(self.member), self.own_list)
        self.silver.active = False
        self.assertEqual(self._list_of(self.member), self.usual)

    def test_her_own_list_wins(self):
        self.member.specific_property_product_pricelist = self.own_list
        self.assertEqual(self._list_of(self.member), self.own_list)
        self.own_list.active = False
        self.env.invalidate_all()
        self.assertEqual(self._list_of(self.member), self.gold_list)

    def test_archived_lists_and_ended_memberships_bring_nothing(self):
        self.gold_list.active = False
        self.env.invalidate_all()
        self.assertEqual(self._list_of(self.member), self.usual)
        self.gold_list.active = True
        self.env.invalidate_all()
        self.assertEqual(self._list_of(self.member), self.gold_list)
        self.member.is_vip_member = False
        self.assertEqual(self._list_of(self.member), self.usual)

    def test_another_company_has_its_own_tiers(self):
        other = self.env["res.company"].create({"name": "Other chain"})
        self.env.user.company_ids += other
        abroad = self.member.with_company(other)
        self.assertNotEqual(abroad.property_product_pricelist, self.gold_list)

    def test_without_price_lists_odoo_goes_without(self):
        groups = self.env.registry["res.groups"]
        self.patch(groups, "_is_feature_enabled", lambda self, name: False)
        self.env.invalidate_all()
        self.assertFalse(self._list_of(self.member))

    def test_a_list_of_members_takes_as_few_queries_as_one(self):
        more = self.env["res.partner"].browse()
        for number in range(20):
            more |= self._enrol(f"多{number}", f"135000000{number:02}")
        more.sudo().vip_tier_id = self.gold
        counts = []
        self.env.flush_all()
        self.env.invalidate_all()
        more.mapped("property_product_pricelist")  # rules are read
        for members in (more[:1], more):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            members.mapped("property_product_pricelist")
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_saving_a_form_does_not_keep_the_tiers_list_for_good(self):
        form_view = "product.view_partner_property_form"
        with Form(self.member, form_view) as form:
            self.assertEqual(form.property_product_pricelist, self.gold_list)
            form.name = "王芳芳"
            form.country_id = self.env.ref("base.tw")
        self.assertFalse(self.member.specific_property_product_pricelist)
        for chosen, own in (
            (self.own_list, self.own_list),
            (self.gold_list, False),  # the tier's: nothing of her own
            (self.usual, self.usual),  # the usual one, chosen on purpose
        ):
            with self.subTest(chosen=chosen.name):
                self.member.property_product_pricelist = chosen
                self.env.flush_all()
                self.env.invalidate_all()
                self.assertEqual(
                    self.member.specific_property_product_pricelist.id, own and own.id
                )
                self.assertEqual(self._list_of(self.member), chosen)

    def test_outside_of_tiers_odoo_keeps_lists_as_ever(self):
        self.guest.property_product_pricelist = self.own_list
        self.assertEqual(self.guest.specific_property_product_pricelist, self.own_list)
        self.guest.property_product_pricelist = self.usual
        self.assertFalse(self.guest.specific_property_product_pricelist)


@tagged("post_install", "-at_install")
class TestTierPricelistAtTheTill(TierPricelistCommon):
    """Registers with flexible prices load the tiers' lists; others are named."""

    def test_the_card_brings_the_list_and_the_register_has_it(self):
        row = self._card()["pos"]
        self.assertEqual(row["property_product_pricelist"], self.gold_list.id)
        loaded = self.config._get_available_pricelists()
        self.assertEqual(loaded, self.usual | self.gold_list)
        # It is not for the cashier to choose.
        self.assertNotIn(self.gold_list, self.config.available_pricelist_ids)

    def test_a_new_tier_reaches_an_open_till_with_the_next_choice(self):
        self._card()
        self.member.sudo().vip_tier_id = self.silver
        self.env.flush_all()
        self.env.invalidate_all()
        card = self._card()
        self.assertEqual(card["tier"]["id"], self.silver.id)
        self.assertEqual(card["pos"]["property_product_pricelist"], self.usual.id)

    def test_the_till_loads_the_list_with_its_prices(self):
        self.gold_list.item_ids = [
            Command.create({"compute_price": "percentage", "percent_price": 5})
        ]
        self.config.with_user(self.till).open_ui()
        session = self.config.current_session_id.with_user(self.till)
        data = session.load_data([])
        lists = {row["id"] for row in data["product.pricelist"]}
        self.assertEqual(lists, {self.usual.id, self.gold_list.id})
        items = {row["pricelist_id"] for row in data["product.pricelist.item"]}
        self.assertIn(self.gold_list.id, items)

    def test_registers_without_flexible_prices_load_their_list_alone(self):
        self.config.sudo().use_pricelist = False
        self.assertEqual(self.config._get_available_pricelists(), self.usual)

    def test_lists_in_another_currency_are_not_loaded(self):
        self.gold_list.currency_id = self.env.ref("base.EUR")
        self.assertEqual(self.config._get_available_pricelists(), self.usual)
        self.gold.invalidate_recordset()
        self.assertIn("EUR", self.gold.pricelist_warning)

    def test_the_tier_names_registers_where_it_would_not_apply(self):
        registers = self.env["pos.config"].search(
            [("company_id", "=", self.env.company.id)]
        )
        registers.use_pricelist = True
        self.assertFalse(self.gold.pricelist_warning)
        self.config.use_pricelist = False
        self.gold.invalidate_recordset()
        self.assertIn(self.config.name, self.gold.pricelist_warning)
        self.assertFalse(self.silver.pricelist_warning)
        for number in range(6):
            self.config.copy({"name": f"Till {number}"})
        self.gold.invalidate_recordset()
        self.assertIn("and 2 more", self.gold.pricelist_warning)
        self.gold_list.active = False
        self.gold.invalidate_recordset()
        self.assertIn("archived", self.gold.pricelist_warning)

    def test_when_tiers_cannot_be_read_odoo_goes_on_without(self):
        fault = patch.object(
            self.registry["vip.tier"], "_vip_pricelists", side_effect=ValueError
        )
        with fault, self.assertLogs("odoo.addons.vip_care.models.fence", "ERROR"):
            self.assertEqual(self._list_of(self.member), self.usual)
            self.assertEqual(self.config._get_available_pricelists(), self.usual)
