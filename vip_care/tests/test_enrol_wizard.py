from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import VipCareCommon


@tagged("post_install", "-at_install")
class TestEnrolWizard(VipCareCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(
            cls.env, "clerk_wizard", groups="vip_care.group_associate"
        )
        cls.lin = cls._create_employee("Lin", user_id=cls.clerk.id)
        cls.manager = new_test_user(
            cls.env, "manager_wizard", groups="vip_care.group_store_manager"
        )
        cls.store.manager_ids += cls.manager
        cls.boss = cls._create_employee("Boss", user_id=cls.manager.id)

    def _form(self, user=None, **context):
        wizard = self.env["vip.enrol"].with_user(user or self.clerk)
        return Form(wizard.with_context(**context))

    def _member(self, action):
        self.assertEqual(action["res_model"], "res.partner")
        return self.env["res.partner"].browse(action["res_id"])

    def test_number_and_name_are_enough(self):
        form = self._form()
        form.phone = "138 0013 8000"
        form.name = "王芳"
        member = self._member(form.save().action_enrol())
        self.assertRecordValues(
            member,
            [
                {
                    "name": "王芳",
                    "vip_phone_key": "+8613800138000",
                    "vip_store_id": self.store.id,
                    "vip_owner_id": self.lin.id,
                    "vip_enrolment_source": "store",
                }
            ],
        )

    def test_everything_she_tells_is_kept(self):
        tag = self.env["vip.profile.tag"].create({"name": "Linen"})
        referrer = self._create_member(phone="13900139001")
        form = self._form()
        form.phone = "13800138000"
        form.name = "王芳"
        form.source = "referral"
        form.referrer_phone = "139-0013-9001"
        form.vip_gender = "female"
        form.vip_birthday_calendar = "lunar"
        form.vip_lunar_month = 8
        form.vip_lunar_day = 15
        form.vip_size_top = "M"
        form.tag_ids.add(tag)
        member = self._member(form.save().action_enrol())
        self.assertRecordValues(
            member,
            [
                {
                    "vip_referrer_id": referrer.id,
                    "vip_enrolment_source": "referral",
                    "vip_gender": "female",
                    "vip_birthday_calendar": "lunar",
                    "vip_lunar_month": 8,
                    "vip_lunar_day": 15,
                    "vip_size_top": "M",
                    "vip_tag_ids": tag.ids,
                }
            ],
        )

    def test_refused_number_says_what_to_type(self):
        form = self._form()
        form.phone = "021 5555"
        self.assertIn("13800138000", form.phone_problem)
        form.phone = "138 0013 8000"
        self.assertFalse(form.phone_problem)

    def test_known_member_is_said_at_once_and_can_be_opened(self):
        owner = self._create_employee("Mei")
        member = self._create_member(phone="13800138000", vip_owner_id=owner.id)
        form = self._form()
        form.phone = "+86 138 0013 8000"
        self.assertTrue(form.is_known_member)
        self.assertIn("王*", form.known_text)
        self.assertIn("Mei", form.known_text)
        self.assertFalse(form.can_open)
        with self.assertRaises(AccessError):
            form.save().action_open_known()
        form = self._form(self.manager)
        form.phone = "+86 138 0013 8000"
        self.assertEqual(self._member(form.save().action_open_known()), member)
        self.assertEqual(member.vip_owner_id, owner)

    def test_enrolling_a_known_member_changes_nothing_she_has(self):
        owner = self._create_employee("Mei")
        member = self._create_member(
            phone="13800138000", vip_owner_id=owner.id, vip_size_top="S"
        )
        vals = {"phone": "13800138000", "name": "Somebody", "vip_size_top": "XL"}
        wizard = self.env["vip.enrol"].with_user(self.manager).create(vals)
        self.assertEqual(self._member(wizard.action_enrol()), member)
        wizard = self.env["vip.enrol"].with_user(self.clerk).create(vals)
        with self.assertRaisesRegex(UserError, "looked after by Mei"):
            wizard.action_enrol()
        self.assertRecordValues(
            member, [{"name": "王芳", "vip_size_top": "S", "vip_owner_id": owner.id}]
        )

    def test_contact_becomes_the_member(self):
        contact = self.env["res.partner"].create(
            {"name": "王芳", "phone": "021 5555 6666"}
        )
        form = self._form(
            default_partner_id=contact.id,
            default_phone=contact.phone,
            default_name=contact.name,
        )
        self.assertTrue(form.phone_problem, "a landline is no member's number")
        form.phone = "13800138000"
        self.assertFalse(form.phone_problem)
        member = self._member(form.save().action_enrol())
        self.assertEqual(member, contact)
        self.assertTrue(contact.is_vip_member)
        self.assertEqual(contact.vip_phone_key, "+8613800138000")

    def test_contact_with_this_number_is_proposed(self):
        contact = self.env["res.partner"].create(
            {"name": "李娜", "phone": "13800138000", "country_id": self.china.id}
        )
        form = self._form()
        form.phone = "138-0013-8000"
        self.assertEqual(form.name, "李娜")
        self.assertIn("becomes the member", form.known_text)
        self.assertEqual(self._member(form.save().action_enrol()), contact)

    def test_only_managers_choose_the_owner(self):
        for user, owner in ((self.clerk, self.lin), (self.manager, self.boss)):
            other = self._create_employee("Other")
            wizard = self.env["vip.enrol"].with_user(user)
            wizard = wizard.create(
                {
                    "phone": f"1380013{8000 + user.id % 1000}",
                    "name": "王芳",
                    "store_id": self.store.id,
                    "owner_id": other.id,
                }
            )
            member = self._member(wizard.action_enrol())
            expected = owner if user == self.clerk else other
            self.assertEqual(member.vip_owner_id, expected)

    def test_next_one_starts_empty_at_the_same_place(self):
        form = self._form()
        form.phone = "13800138000"
        form.name = "王芳"
        form.source = "event"
        action = form.save().action_enrol_next()
        following = action["params"]["next"]
        self.assertEqual(following["res_model"], "vip.enrol")
        form = self._form(**following["context"])
        self.assertFalse(form.phone)
        self.assertEqual(form.source, "event")
        self.assertEqual(form.store_id, self.store)

    def test_others_cannot_enrol(self):
        outsider = new_test_user(self.env, "outsider_wizard", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.env["vip.enrol"].with_user(outsider).create({"phone": "13800138000"})
