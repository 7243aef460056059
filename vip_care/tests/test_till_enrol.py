from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, new_test_user, tagged

from .till_common import VipTillCommon

NUMBER = "13511112222"
KEY = "+8613511112222"


@tagged("post_install", "-at_install")
class TestTillEnrol(VipTillCommon):
    """Whoever sells enrols newcomers, for the adviser who serves them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.cn")

    def _take(self, user=None, **values):
        """Enrol at the register as the shared till account, for Hong."""
        values = {
            "name": "周敏",
            "phone": NUMBER,
            "employee_id": self.seller_employee.id,
        } | values
        partners = self.env["res.partner"].with_user(user or self.till)
        return partners.vip_till_enrol(values, self.config.id)

    def _member(self, key=KEY):
        return self.env["res.partner"].search([("vip_phone_key", "=", key)])

    def _counted(self, user=None):
        return self._logs(user).filtered(lambda line: line.kind == "lookup")

    def test_the_adviser_becomes_the_owner(self):
        answer = self._take()
        member = self._member()
        self.assertRecordValues(
            member,
            [
                {
                    "name": "周敏",
                    "is_vip_member": True,
                    "vip_store_id": self.store.id,
                    "vip_owner_id": self.seller_employee.id,
                    "vip_enrolled_by_id": self.seller_employee.id,
                    "vip_enrolment_store_id": self.store.id,
                    "vip_enrolled_on": self.store._vip_today(),
                    "vip_enrolment_source": "store",
                }
            ],
        )
        row = answer.pop("pos")
        self.assertEqual(
            answer,
            {
                "id": member.id,
                "known": False,
                "message": "周敏 is a member now.",
                "ticket": False,
            },
        )
        self.assertEqual(row["phone"], "135****2222")
        self.assertNoPrivateData([answer, row], member)
        self.assertFalse(member.vip_consent_ids)
        self.assertFalse(member.with_user(self.till).has_access("read"))

    def test_an_associate_enrols_for_herself_or_a_colleague(self):
        answer = self._take(self.seller, employee_id=False)
        member = self._member()
        self.assertEqual(member.vip_owner_id, self.seller_employee)
        self.assertTrue(member.with_user(self.seller).has_access("read"))
        other = self._take(self.seller, phone="13511113333", employee_id=self.owner.id)
        self.assertNotEqual(other["id"], answer["id"])
        self.assertEqual(self._member("+8613511113333").vip_owner_id, self.owner)

    def test_who_is_no_adviser_of_the_register_is_refused(self):
        far = self.store.copy({"name": "Far", "code": "FAR"})
        away = self.env["hr.employee"].create({"name": "Yu", "vip_store_id": far.id})
        gone = self.env["hr.employee"].create(
            {"name": "Wu", "vip_store_id": self.store.id, "active": False}
        )
        for employee_id in (away.id, gone.id, 2**40, -1, "5", True, [1], {"id": 1}):
            with (
                self.subTest(employee_id=employee_id),
                self.assertRaisesRegex(UserError, "no adviser of this register"),
            ):
                self._take(employee_id=employee_id)
        for employee_id in (False, None, 0):
            with self.assertRaisesRegex(UserError, "Choose the adviser"):
                self._take(employee_id=employee_id)
        self.assertFalse(self._member())

    def test_a_cashier_of_pos_hr_is_an_adviser(self):
        far = self.store.copy({"name": "Far", "code": "FAR"})
        yu, wu = self.env["hr.employee"].create(
            [{"name": name, "vip_store_id": far.id} for name in ("Yu", "Wu")]
        )
        self.config.write({"module_pos_hr": True, "basic_employee_ids": yu.ids})
        self._take(employee_id=yu.id)
        self.assertEqual(self._member().vip_owner_id, yu)
        with self.assertRaisesRegex(UserError, "Wu is no adviser"):
            self._take(phone="13511113333", employee_id=wu.id)
        self.config.basic_employee_ids = False  # then everybody may log in
        self._take(phone="13511113333", employee_id=wu.id)
        self.assertEqual(self._member("+8613511113333").vip_owner_id, wu)

    def test_refusals_say_what_to_type(self):
        cases = [
            ({"name": " "}, UserError, "Type her name"),
            ({"phone": ""}, ValidationError, "Type the member's mobile number"),
            ({"phone": "010-12345678"}, ValidationError, "is not a mobile number"),
            ({"phone": "95588"}, ValidationError, "is not a phone number"),
            ({"referrer_phone": "13600136000"}, UserError, "No member has the number"),
            ({"referrer_phone": "0"}, ValidationError, "is not a phone number"),
            ({"referrer_phone": NUMBER}, UserError, "cannot refer herself"),
            ({"consent": True}, UserError, "text she agreed to"),
            ({"name": "x" * 5001}, UserError, "too long"),
            ({"name": 5}, UserError, "cannot be read"),
            ({"phone": ["1"]}, UserError, "cannot be read"),
            ({"vip_tier_id": 1}, UserError, "cannot be read"),
        ]
        for values, error, sentence in cases:
            with self.subTest(values=values), self.assertRaisesRegex(error, sentence):
                self._take(**values)
        self.assertFalse(self._member())
        partners = self.env["res.partner"].with_user(self.till)
        for values in (None, [], "x", 5):
            with self.assertRaisesRegex(UserError, "cannot be read"):
                partners.vip_till_enrol(values, self.config.id)
        for config_id in (None, "1", 2**31 - 1, [self.config.id]):
            with self.assertRaisesRegex(UserError, "register no longer exists"):
                partners.vip_till_enrol({}, config_id)

    def test_only_those_who_sell_enrol(self):
        clerk = new_test_user(self.env, "clerk_till_enrol", groups="base.group_user")
        with self.assertRaises(AccessError):
            self._take(clerk)

    def test_she_speaks_the_tills_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.till.lang = "fr_FR"
        self._take()
        self.assertEqual(self._member().lang, "fr_FR")

    def test_nul_bytes_are_left_out(self):
        self._take(name="周\0敏", phone=f"{NUMBER}\0", order_uuid="a\0b")
        self.assertEqual(self._member().name, "周敏")

    def test_a_known_member_keeps_everything(self):
        before = self.member.read(["name", "phone", "vip_owner_id", "vip_referrer_id"])
        answer = self._take(
            name="Other",
            phone="+86 139 1234 0001",
            referrer_phone="13600136000",
        )
        self.assertTrue(answer["known"])
        self.assertEqual(answer["id"], self.member.id)
        self.assertEqual(
            answer["message"], "王* is already a member, looked after by Mei."
        )
        self.assertEqual(answer["pos"]["phone"], "139****0001")
        self.assertEqual(
            before,
            self.member.read(["name", "phone", "vip_owner_id", "vip_referrer_id"]),
        )

    def test_a_known_number_counts_as_a_lookup_once(self):
        self._take(phone="13912340001")
        self._take(phone="139 1234 0001")
        self.assertEqual(self._counted().partner_id, self.member)
        self.assertEqual(len(self._counted()), 2, "another spelling, the same person")
        self.assertEqual(
            len(self.env["vip.access.log"].with_user(self.till)._vip_counted()), 1
        )
        self.env.company.vip_lookup_limit = 1
        with self.assertRaisesRegex(UserError, "No more lookups"):
            self._take(phone="13912340002")
        self.assertFalse(self._take()["known"], "newcomers are enrolled all the same")

    def test_own_members_and_own_enrolments_do_not_count(self):
        self._take(self.seller, phone="13712345678")
        self.assertFalse(self._logs(self.seller))
        self._take()
        self.env.company.vip_lookup_limit = 1
        for _again in range(3):
            self.assertTrue(self._take()["known"])
        self.assertFalse(self._logs())

    def test_a_referrer_is_looked_up(self):
        self._take(referrer_phone="13912340001")
        member = self._member()
        self.assertEqual(member.vip_referrer_id, self.member)
        self.assertEqual(member.vip_enrolment_source, "referral")
        self.assertEqual(self._counted().partner_id, self.member)
        # Who tries number after number is stopped, also by wrong ones.
        self.env.company.vip_lookup_limit = 1
        with self.assertRaisesRegex(UserError, "No more lookups"):
            self._take(phone="13511113333", referrer_phone="13600136000")
        with self.assertRaisesRegex(UserError, "Type her name"):
            self._take(phone="13511113333", name="", referrer_phone="13600136000")

    def test_a_customer_becomes_a_member_and_an_old_member_comes_back(self):
        guest = self.env["res.partner"].create({"name": "Guest", "phone": NUMBER})
        self.assertFalse(self._take()["known"])
        self.assertEqual(self._member(), guest)
        self.assertEqual(guest.vip_owner_id, self.seller_employee)
        self.member.active = False
        answer = self._take(phone="13912340001")
        self.assertTrue(self.member.active)
        self.assertIn("was a member before", answer["message"])
        self.assertEqual(self.member.vip_owner_id, self.owner)

    def test_taken_offline_counts_from_the_stores_day_then(self):
        now = fields.Datetime.now()
        late = now.replace(hour=17, minute=0, second=0) - timedelta(days=4)
        cases = [
            ("13511110001", str(late), (late + timedelta(days=1)).date()),  # Shanghai
            ("13511110002", str(now + timedelta(days=3)), self.store._vip_today()),
            ("13511110003", str(now - timedelta(days=31)), self.store._vip_today()),
            ("13511110004", "yesterday", self.store._vip_today()),
            ("13511110005", "", self.store._vip_today()),
        ]
        for phone, taken_at, day in cases:
            with self.subTest(taken_at=taken_at):
                self._take(phone=phone, taken_at=taken_at)
                self.assertEqual(self._member(f"+86{phone}").vip_enrolled_on, day)

    def test_the_same_once_more_is_the_same_member_in_her_own_words(self):
        values = {
            "consent": True,
            "consent_text": "Yes",
            "taken_at": str(fields.Datetime.now() - timedelta(days=2)),
        }
        first = self._take(**values)
        with freeze_time(fields.Datetime.now() + timedelta(hours=3)):
            again = self._take(**values)
        self.assertEqual(first["id"], again["id"])
        self.assertEqual([first["known"], again["known"]], [False, True])
        member = self._member()
        self.assertEqual(len(member), 1)
        self.assertEqual(len(member.vip_consent_ids), 2)
        self.assertEqual(len(member.vip_ownership_change_ids), 1)

    def test_the_answer_holds_no_more_than_a_lookup_tells(self):
        answer = self._take(phone="13912340001")
        [found] = self._lookup("13912340001")
        answer["pos"].pop("write_date")
        found["pos"].pop("write_date")
        self.assertEqual(answer["pos"], found["pos"])
        self.assertNoPrivateData(answer)
