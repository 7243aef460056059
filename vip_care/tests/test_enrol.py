import threading

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import retrying
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import VipCareCommon


@tagged("post_install", "-at_install")
class TestEnrol(VipCareCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(
            cls.env, "lin_enrol", groups="vip_care.group_associate"
        )
        cls.lin = cls._create_employee("Lin", user_id=cls.user.id)
        cls.Partner = cls.env["res.partner"].with_user(cls.user)

    def _enrol(self, **values):
        return self.Partner.vip_enrol(values)

    def test_name_and_number_are_enough(self):
        member = self._enrol(name="王芳", phone="138 0013 8000")
        self.assertRecordValues(
            member,
            [
                {
                    "name": "王芳",
                    "is_vip_member": True,
                    "vip_phone_key": "+8613800138000",
                    "vip_store_id": self.store.id,
                    "vip_owner_id": self.lin.id,
                    "vip_owner_user_id": self.user.id,
                    "vip_enrolled_by_id": self.lin.id,
                    "vip_enrolment_source": "store",
                    "vip_enrolment_store_id": self.store.id,
                    "vip_enrolled_on": self.store._vip_today(),
                    "vip_company_id": self.company.id,
                    "active": True,
                }
            ],
        )
        self.assertRegex(member.vip_card_number, r"^VIP\d{8}$")
        self.assertEqual(member.barcode, member.vip_card_number)
        self.assertTrue(
            self.env["vip.standing.due"].search([("partner_id", "=", member.id)])
        )
        [change] = self.env["vip.ownership.change"].search(
            [("partner_id", "=", member.id)]
        )
        self.assertEqual(change.reason, "enrol")
        self.assertEqual(change.user_id, self.user)
        self.assertEqual(change.new_owner_id, self.lin)

    def test_any_spelling_finds_the_member(self):
        member = self._enrol(name="王芳", phone="13800138000")
        for phone in ("+86 138-0013-8000", "008613800138000", "１３８００１３８０００"):
            self.assertEqual(self._enrol(phone=phone), member)
        self.assertEqual(self._enrol(name="Other", phone="13800138000").name, "王芳")

    def test_known_member_keeps_what_she_has(self):
        member = self._enrol(name="王芳", phone="13800138000", vip_size_top="M")
        again = self._enrol(
            phone="13800138000",
            vip_store_id=self.other_store.id,
            vip_size_top="L",
            vip_size_shoe="37",
        )
        self.assertEqual(again, member)
        self.assertEqual(member.vip_store_id, self.store)
        self.assertEqual(member.vip_owner_id, self.lin)
        self.assertEqual(member.vip_size_top, "M")
        self.assertEqual(member.vip_size_shoe, "37")

    def test_customer_becomes_a_member(self):
        guest = self.env["res.partner"].create(
            {"name": "Guest", "phone": "+86 138 0013 8000", "email": "g@example.com"}
        )
        member = self._enrol(name="Miss Guest", phone="13800138000")
        self.assertEqual(member, guest)
        self.assertEqual(member.name, "Guest")
        self.assertEqual(member.vip_owner_id, self.lin)

    def test_archived_member_comes_back(self):
        member = self._enrol(name="王芳", phone="13800138000")
        member.sudo().active = False
        self.assertEqual(self._enrol(phone="13800138000"), member)
        self.assertTrue(member.active)

    def test_refusals_say_what_to_type(self):
        for phone, sentence in [
            ("", "Type the member's mobile number"),
            ("010-12345678", "is not a mobile number.*for example 13800138000"),
            ("95588", "is not a phone number.*for example 13800138000"),
            ("13800138000/13800138001", "more than one number"),
        ]:
            with (
                self.subTest(phone=phone),
                self.assertRaisesRegex(ValidationError, sentence),
            ):
                self._enrol(name="王芳", phone=phone)
        with self.assertRaisesRegex(UserError, "Type her name"):
            self._enrol(phone="13800138000")
        with self.assertRaisesRegex(UserError, "cannot set: vip_tier_id"):
            self._enrol(name="王芳", phone="13800138000", vip_tier_id=self.gold.id)

    def test_the_stores_country_reads_the_number(self):
        taiwan = self._create_store(
            "Taipei", "TW1", country_id=self.env.ref("base.tw").id
        )
        member = self._enrol(name="陳小姐", phone="0912345678", vip_store_id=taiwan.id)
        self.assertEqual(member.vip_phone_key, "+886912345678")

    def test_referrer_by_number(self):
        first = self._enrol(name="王芳", phone="13800138000")
        second = self._enrol(
            name="李娜", phone="13900139000", referrer_phone="+86 13800138000"
        )
        self.assertEqual(second.vip_referrer_id, first)
        self.assertEqual(second.vip_enrolment_source, "referral")
        with self.assertRaisesRegex(UserError, "cannot refer herself"):
            self._enrol(name="赵", phone="13700137000", referrer_phone="13700137000")
        with self.assertRaisesRegex(UserError, "No member has the number"):
            self._enrol(name="赵", phone="13700137000", referrer_phone="13600136000")

    def test_only_associates_enrol(self):
        clerk = new_test_user(self.env, "clerk_enrol", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.env["res.partner"].with_user(clerk).vip_enrol(
                {"name": "王芳", "phone": "13800138000"}
            )

    def test_one_member_per_number_and_card(self):
        member = self._create_member(phone="13800138000", vip_card_number="K1")
        for vals in ({"phone": "+8613800138000"}, {"vip_card_number": "K1"}):
            with (
                self.subTest(vals=vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(Exception) as refused,
            ):
                self._create_member(**vals)
            self.assertIn("uniq", str(refused.exception))
        self.assertTrue(member.exists())

    def test_same_values_twice_make_two_cards(self):
        vals = {"name": "Card only", "is_vip_member": True}
        members = self.env["res.partner"].create([vals, vals])
        self.assertEqual(len(set(members.mapped("vip_card_number"))), 2)
        self.assertNotIn("vip_card_number", vals)

    def test_landline_on_the_member_form_is_refused(self):
        member = self._create_member()
        with self.assertRaisesRegex(ValidationError, "is not a mobile number"):
            member.phone = "010-12345678"

    def test_associate_enrols_for_herself_only(self):
        mei = self._create_employee("Mei")
        with self.assertRaisesRegex(UserError, "Only a manager"):
            self._enrol(name="王芳", phone="13800138000", vip_owner_id=mei.id)

    def test_nobody_writes_standing_by_hand(self):
        member = self._enrol(name="王芳", phone="13800138000")
        head = new_test_user(
            self.env, "head_enrol", groups="vip_care.group_head_office"
        )
        for user in (self.user, head):
            for name, value in [("vip_tier_id", self.gold.id), ("vip_layer", "loyal")]:
                with self.assertRaisesRegex(AccessError, "computed from purchases"):
                    member.with_user(user)[name] = value
                with self.assertRaisesRegex(AccessError, "computed from purchases"):
                    member.with_user(user).create({"name": "X", name: value})

    def test_history_of_owners_cannot_be_changed(self):
        member = self._enrol(name="王芳", phone="13800138000")
        change = member.sudo().vip_ownership_change_ids
        with self.assertRaises(UserError):
            change.new_owner_id = False
        with self.assertRaises(UserError):
            change.unlink()


@tagged("post_install", "-at_install")
class TestEnrolAtOnce(VipCareCommon):
    def test_two_tills_at_the_same_moment_make_one_member(self):
        """Two real transactions that have both looked before either commits."""
        phone = "+8613700000001"
        both_looked = threading.Barrier(2, timeout=20)
        waited = set()
        found, errors = [], []
        registry = self.env.registry
        original = registry["res.partner"]._vip_find_by_key

        def look(partners, key, store_id=False):
            result = original(partners, key, store_id)
            if key == phone and threading.get_ident() not in waited:
                waited.add(threading.get_ident())
                both_looked.wait()
            return result

        def till(name):
            try:
                with registry.cursor() as cr:
                    env = api.Environment(cr, SUPERUSER_ID, {})
                    values = {"name": name, "phone": phone}
                    member = retrying(lambda: env["res.partner"].vip_enrol(values), env)
                    found.append(member.id)
            except Exception as error:  # noqa: BLE001 a thread must not lose it
                errors.append(error)

        self.addCleanup(self._forget, phone)
        self.patch(registry["res.partner"], "_vip_find_by_key", look)
        tills = [threading.Thread(target=till, args=(name,)) for name in "AB"]
        with mute_logger("odoo.sql_db"):  # the loser's first attempt
            for thread in tills:
                thread.start()
            for thread in tills:
                thread.join()
        self.assertFalse(errors)
        self.assertEqual(len(waited), 2)
        self.assertEqual(len(found), 2)
        self.assertEqual(len(set(found)), 1)

    def _forget(self, phone):
        with self.env.registry.cursor() as cr:
            cr.execute("DELETE FROM res_partner WHERE vip_phone_key = %s", [phone])
