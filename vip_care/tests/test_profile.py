from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..models.vip_profile_field import PROFILE_KEYS
from .common import VipCareCommon


@tagged("post_install", "-at_install")
class TestProfile(VipCareCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weights = cls.env["vip.profile.field"].search([])

    def test_every_part_has_a_weight_and_they_make_a_hundred(self):
        self.assertEqual(set(self.weights.mapped("key")), set(PROFILE_KEYS))
        self.assertEqual(sum(self.weights.mapped("weight")), 100)

    def test_name_and_number_first(self):
        member = self._create_member()
        self.assertEqual(member.vip_profile_score, 40)
        self.assertEqual(
            member.vip_missing_field_ids.mapped("key")[:2], ["birthday", "gender"]
        )

    def test_each_part_counts_its_weight_once(self):
        member = self._create_member()
        values = {
            "vip_gender": "female",
            "vip_birthday": "1990-05-05",
            "vip_age_band": "30s",
            "email": "a@example.com",
            "street": "1 Road",
            "vip_size_top": "M",
            "vip_size_bottom": "27",
            "vip_size_shoe": "37",
            "vip_preferred_channel": "call",
            "vip_preferred_hours": "evening",
            "vip_work": "Teacher",
            "vip_family": "Two children",
            "vip_dress_taste": "Linen",
            "vip_spending_habits": "Buys outfits",
            "vip_pastimes": "Yoga",
            "vip_preferred_service": "Advice",
            "vip_promotion_attitude": "indifferent",
        }
        for name, value in values.items():
            before = member.vip_profile_score
            member[name] = value
            self.assertGreaterEqual(member.vip_profile_score, before, name)
        self.assertEqual(member.vip_missing_field_ids.mapped("key"), ["special_days"])
        self.env["vip.special.day"].create(
            {"partner_id": member.id, "name": "Wedding", "month": 5, "day": 1}
        )
        self.assertEqual(member.vip_profile_score, 100)
        self.assertFalse(member.vip_missing_field_ids)

    def test_new_weights_score_everybody_again(self):
        members = self._fill(5)
        scores = members.mapped("vip_profile_score")
        self.weights.filtered(lambda w: w.key == "birthday").weight = 110
        self.env["res.partner"]._cron_profile_scores()
        self.assertNotEqual(members.mapped("vip_profile_score"), scores)
        self.assertEqual(set(members.mapped("vip_profile_score")), {20})

    def test_people_who_are_no_members_have_no_score(self):
        contact = self.env["res.partner"].create({"name": "A", "phone": "13800138000"})
        self.assertEqual(contact.vip_profile_score, 0)
        self.assertFalse(contact.vip_missing_field_ids)

    def test_impossible_days_are_refused(self):
        member = self._create_member()
        with self.assertRaises(ValidationError):
            member.write({"vip_lunar_month": 13, "vip_lunar_day": 1})
        with self.assertRaises(ValidationError):
            member.vip_birthday = "2999-01-01"
        for calendar, month, day in [
            ("solar", 2, 30),
            ("lunar", 1, 31),
            ("solar", 0, 1),
        ]:
            with self.assertRaises(ValidationError):
                self.env["vip.special.day"].create(
                    {
                        "partner_id": member.id,
                        "name": "Day",
                        "calendar": calendar,
                        "month": month,
                        "day": day,
                    }
                )

    def test_search_by_number(self):
        member = self._create_member(phone="138 1234 5678")
        for text in ("13812345678", "+86 138-1234-5678", "5678", "12345678"):
            found = self.env["res.partner"].search([("vip_phone_query", "ilike", text)])
            self.assertIn(member, found, text)
        for text in ("567", "王芳", "8765"):
            found = self.env["res.partner"].search([("vip_phone_query", "ilike", text)])
            self.assertNotIn(member, found, text)
