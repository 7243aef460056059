from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .trust_common import VipTrustCommon

REASON = "Parcel returned"


@tagged("post_install", "-at_install")
class TestReveal(VipTrustCommon):
    def _reveal(self, user, member, reason=REASON):
        partners = self.env["res.partner"].with_user(user)
        return partners.vip_reveal_phone(getattr(member, "id", member), reason)

    def test_a_colleague_of_the_store_gets_the_number_and_is_logged(self):
        number = self._reveal(self.lin, self.hers)
        self.assertEqual(number.replace(" ", ""), self.hers.vip_phone_key)
        self.assertTrue(number.startswith("+86 139 "))
        self.assertRecordValues(
            self._lines(kind="reveal"),
            [
                {
                    "user_id": self.lin.id,
                    "partner_id": self.hers.id,
                    "reason": REASON,
                    "store_id": self.store.id,
                }
            ],
        )

    def test_an_owner_now_elsewhere_counts_as_her_store(self):
        self.hers.vip_store_id = self.other_store
        self.assertTrue(self._reveal(self.lin, self.hers))

    def test_who_sees_her_anyway_is_logged_but_not_limited(self):
        self.company.vip_reveal_limit = 1
        for user in (self.lin, self.boss, self.he):
            for _time in range(3):
                self.assertTrue(self._reveal(user, self.mine))
        self.assertEqual(len(self._lines(kind="reveal")), 9)

    def test_other_stores_members_and_unknown_ids_sound_the_same(self):
        contact = self.env["res.partner"].create({"name": "Supplier", "phone": "1"})
        texts = set()
        wrong = [self.away, contact, 10**8, 0, -1, 2**40, True, "7", [7], None]
        for member in wrong:
            with self.assertRaises(AccessError) as refusal:
                self._reveal(self.lin, member)
            texts.add(str(refusal.exception))
        self.assertEqual(len(texts), 1)

    def test_a_till_and_outsiders_get_nothing(self):
        for user in (self.till, self.auditor, self.clerk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._reveal(user, self.mine)

    def test_a_reason_is_words(self):
        for reason in ("", "   ", None, False, "a", "xxxxxxx", "....,,,,", 12345, []):
            with self.subTest(reason=reason), self.assertRaises(UserError):
                self._reveal(self.lin, self.hers, reason)
        self.assertFalse(self._lines(kind="reveal"))
        self.assertTrue(self._reveal(self.lin, self.hers, "送货上门"))

    def test_a_number_in_the_reason_is_masked(self):
        self._reveal(self.lin, self.hers, "rang from 13800138000")
        self.assertEqual(self._lines(kind="reveal").reason, "rang from 138****8000")

    def test_a_member_without_a_number_uses_nothing_up(self):
        self.hers.phone = False
        with self.assertRaises(UserError):
            self._reveal(self.lin, self.hers)
        self.assertFalse(self.env["vip.access.quota"].search([]))

    def test_the_limit_of_a_day_and_one_alarm(self):
        self.company.vip_reveal_limit = 10
        for _time in range(7):
            self._reveal(self.lin, self.hers)
        self.assertFalse(self._told(self.boss, "reveals many numbers"))
        for _time in range(3):
            self._reveal(self.lin, self.hers)
        self.assertEqual(len(self._told(self.boss, "reveals many numbers")), 1)
        with self.assertRaises(UserError) as refusal:
            self._reveal(self.lin, self.hers)
        self.assertIn("10 of 10", str(refusal.exception))
        self.assertEqual(len(self._lines(kind="reveal")), 10)
        self.assertTrue(self._reveal(self.mei, self.mine), "a limit is her own")

    def test_a_new_day_gives_a_new_allowance(self):
        self.company.vip_reveal_limit = 1
        self._reveal(self.lin, self.hers)
        self.env.cr.execute("UPDATE vip_access_quota SET day = day - 1")
        self.assertTrue(self._reveal(self.lin, self.hers))

    def test_limits_are_set_and_at_least_one(self):
        settings = self.env["res.config.settings"].create({"vip_reveal_limit": 7})
        settings.execute()
        self.assertEqual(self.company.vip_reveal_limit, 7)
        for name in ("vip_read_alarm", "vip_reveal_limit", "vip_export_limit"):
            with self.subTest(name=name), self.assertRaises(ValidationError):
                self.company[name] = 0

    def test_each_role_is_watched_from_above(self):
        people = self.lin + self.boss + self.gu + self.he + self.till
        above = [self.boss, self.gu, None, None, self.boss]
        office = self.env.ref("vip_care.group_head_office").all_user_ids
        for user, expected in zip(people, above, strict=True):
            with self.subTest(user=user.login):
                if expected is None:
                    self.assertEqual(user._vip_supervisors(), office - user)
                else:
                    self.assertEqual(user._vip_supervisors(), expected)
        self.store.manager_ids = self.lin
        self.assertEqual(self.lin._vip_supervisors(), self.gu, "never herself")
