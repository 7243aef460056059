from odoo.tests import tagged

from .common import VipCareCommon


@tagged("post_install", "-at_install")
class TestMerge(VipCareCommon):
    def _merge(self, kept, *others):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        partners = kept.union(*others)
        wizard._merge(partners.ids, kept)
        self.env.invalidate_all()

    def test_two_members_become_one_with_the_sums(self):
        lin, mei = self._create_employee("Lin"), self._create_employee("Mei")
        kept = self._create_member(
            vip_owner_id=lin.id, vip_enrolled_on="2025-05-01", vip_size_top="M"
        )
        gone = self._create_member(
            vip_owner_id=mei.id,
            vip_enrolled_on="2024-02-01",
            vip_size_top="L",
            vip_size_shoe="37",
        )
        third = self._create_member(vip_referrer_id=gone.id)
        kept.vip_referrer_id = gone
        tag = self.env["vip.profile.tag"].create({"name": "Silk"})
        gone.vip_tag_ids = tag
        self.env["vip.relation"].create({"partner_id": gone.id, "name": "Son"})
        self.env["vip.special.day"].create(
            {"partner_id": gone.id, "name": "Wedding", "month": 5, "day": 1}
        )
        for member, amount in [(kept, 100), (gone, 20000)]:
            self._buy(member, "2026-06-01", amount)
        self._review("2026-06-15")
        self.assertEqual(gone.vip_tier_id, self.gold)
        card, phone = kept.vip_card_number, kept.vip_phone_key
        self._merge(kept, gone)
        self._review("2026-06-16", kept)
        self.assertFalse(gone.exists())
        self.assertRecordValues(
            kept,
            [
                {
                    "is_vip_member": True,
                    "vip_card_number": card,
                    "barcode": card,
                    "vip_phone_key": phone,
                    "vip_owner_id": lin.id,
                    "vip_amount_total": 20100,
                    "vip_order_count": 2,
                    "vip_tier_id": self.gold.id,
                    "vip_size_top": "M",
                    "vip_size_shoe": "37",
                    "vip_referrer_id": False,
                }
            ],
        )
        self.assertEqual(str(kept.vip_enrolled_on), "2024-02-01")
        self.assertEqual(third.vip_referrer_id, kept)
        self.assertEqual(kept.vip_tag_ids, tag)
        self.assertEqual(kept.vip_relation_ids.name, "Son")
        self.assertEqual(kept.vip_special_day_ids.name, "Wedding")
        self.assertIn("merge", kept.vip_standing_change_ids.mapped("reason"))
        self.assertEqual(
            len(kept.vip_ownership_change_ids), 2, "both histories are kept"
        )

    def test_member_merged_into_a_plain_contact(self):
        lin = self._create_employee("Lin")
        contact = self.env["res.partner"].create({"name": "Contact"})
        member = self._create_member(vip_owner_id=lin.id)
        self._buy(member, "2026-06-01", 500)
        card, phone = member.vip_card_number, member.vip_phone_key
        self._merge(contact, member)
        self._review("2026-06-16", contact)
        self.assertRecordValues(
            contact,
            [
                {
                    "is_vip_member": True,
                    "vip_card_number": card,
                    "barcode": card,
                    "vip_phone_key": phone,
                    "vip_owner_id": lin.id,
                    "vip_store_id": self.store.id,
                    "vip_amount_total": 500,
                    "vip_lifecycle": "active",
                }
            ],
        )
        changes = contact.vip_ownership_change_ids.sorted("id")
        self.assertEqual(changes[-1].new_owner_id, lin)

    def test_both_waiting_for_review(self):
        kept, gone = self._create_member(), self._create_member()
        due = self.env["vip.standing.due"]
        due._add((kept + gone).ids)
        self._merge(kept, gone)
        self.assertEqual(len(due.search([("partner_id", "=", kept.id)])), 1)

    def test_plain_contacts_merge_as_before(self):
        one, two = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        self._merge(one, two)
        self.assertFalse(one.is_vip_member)
        self.assertFalse(two.exists())
