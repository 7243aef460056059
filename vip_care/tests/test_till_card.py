from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..models.res_partner_till_card import PARTS
from .till_common import VipTillCommon

LOGGER = "odoo.addons.vip_care.models.fence"
KEYS = {
    *("id", "name", "salutation", "tier", "points", "as_of", "phone", "owner", "own"),
    *("may_reveal", "birthday", "last_visit", "sizes", "taste", "purchases"),
    *("service", "matters", "ask", "pos"),
}


@tagged("post_install", "-at_install")
class TestTillCard(VipTillCommon):
    """One call tells who the chosen member is: no more than the one asking may know."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member.vip_salutation = "Ms Wang"
        cls.activity = cls.member.activity_schedule(
            "mail.mail_activity_data_todo",
            summary="Promised: grey coat by phone",
            date_deadline="2026-01-05",
            user_id=cls.env.user.id,
        )
        cls._sell(cls.member)
        cls.boss = new_test_user(
            cls.env,
            "vip_boss",
            "base.group_user,point_of_sale.group_pos_user,vip_care.group_store_manager",
            company_ids=cls.env.companies,
            company_id=cls.env.company.id,
        )
        cls.store.manager_ids = cls.boss
        cls.env.flush_all()
        cls.env.invalidate_all()

    def test_whoever_serves_her_is_told_what_it_takes(self):
        for user in (self.till, self.seller):
            with self.subTest(user=user.login):
                card = self._card(user=user)
                self.assertEqual(set(card), KEYS)
                self.assertFalse(card["own"])
                self.assertEqual(card["name"], "王芳")
                self.assertEqual(card["salutation"], "Ms Wang")
                self.assertEqual(card["tier"]["id"], self.member.vip_tier_id.id)
                self.assertEqual(card["phone"], "139****0001")
                self.assertEqual(
                    card["owner"], {"id": self.owner.id, "name": self.owner.name}
                )
                self.assertEqual(
                    card["sizes"], {"top": "M", "bottom": False, "shoe": "37"}
                )
                self.assertEqual(card["service"], ["Tea, no small talk"])
                self.assertEqual(card["pos"]["id"], self.member.id)
                self.assertTrue(card["pos"]["vip_member"])
                self.assertEqual(len(card["purchases"]), 1)
                self.assertNoPrivateData(card)
                self.assertNotIn("grey coat", repr(card))

    def test_her_own_people_are_told_what_is_open_too(self):
        for user in (self.boss, self.env.user):
            with self.subTest(user=user.login):
                card = self._card(user=user)
                self.assertTrue(card["own"])
                self.assertTrue(card["may_reveal"])
                [matter] = card["matters"]
                self.assertEqual(matter["text"], "Promised: grey coat by phone")
                self.assertEqual(card["pos"]["phone"], "139****0001")
                self.assertFalse(self._logs(user))
        own = self._card(self.own_member, self.seller)
        self.assertTrue(own["own"])
        self.assertFalse(self._logs(self.seller))

    def test_numbers_are_revealed_where_the_card_says_so(self):
        far = self.store.copy({"name": "Far", "code": "FAR"})
        away = self._enrol("赵云", "13844440001", vip_store_id=far.id)
        away.vip_owner_id.sudo().vip_store_id = far
        silent = self._enrol("钱多", "13844440002", self.seller_employee)
        silent.phone = False
        for user in (self.till, self.seller, self.boss):
            for member in (self.member, self.own_member, away, silent):
                with self.subTest(user=user.login, member=member.name):
                    promised = self._card(member, user)["may_reveal"]
                    reveal = self.env["res.partner"].with_user(user).vip_reveal_phone
                    if promised:
                        self.assertTrue(reveal(member.id, "Parcel returned"))
                        continue
                    with self.assertRaises(UserError):
                        reveal(member.id, "Parcel returned")

    def test_who_does_not_sell_learns_nothing(self):
        for groups in ("base.group_user", "base.group_portal"):
            user = new_test_user(self.env, f"vip_{groups}", groups)
            with self.subTest(groups=groups), self.assertRaises(AccessError):
                self._card(user=user)

    def test_whom_the_till_cannot_show_it_says_so(self):
        partners = self.env["res.partner"].with_user(self.till)
        junk = (0, -1, None, True, "1", 1.5, [self.member.id], {}, 10**9, 10**20)
        for partner_id in (*junk, self.guest.id, self.env.company.partner_id.id):
            with (
                self.subTest(partner=partner_id),
                self.assertRaisesRegex(UserError, "no longer a member"),
            ):
                partners.vip_till_member(partner_id, self.config.id)
        for config_id in (0, -1, None, True, "1", [self.config.id], 10**9, 10**20):
            with (
                self.subTest(config=config_id),
                self.assertRaisesRegex(UserError, "register no longer exists"),
            ):
                partners.vip_till_member(self.member.id, config_id)
        self.assertFalse(self._logs())

    def test_who_is_gone_or_elsewhere_is_no_member_here(self):
        gone = self._enrol("周舟", "13866660001")
        gone_id = gone.id
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.member | gone).ids, self.member)
        archived = self._enrol("吴悠", "13866660002", active=False)
        other = self.env["res.company"].create({"name": "Other chain"})
        foreign = self._enrol("郑重", "13866660003", company_id=other.id)
        ended = self._enrol("冯妙", "13866660004")
        ended.is_vip_member = False
        partners = self.env["res.partner"].with_user(self.till)
        for partner_id in (gone_id, archived.id, foreign.id, ended.id):
            with (
                self.subTest(partner=partner_id),
                self.assertRaisesRegex(UserError, "no longer a member"),
            ):
                partners.vip_till_member(partner_id, self.config.id)
        self.assertEqual(self._card()["id"], self.member.id)


@tagged("post_install", "-at_install")
class TestTillCardLimit(VipTillCommon):
    """Choosing somebody else's member is a lookup: counted, logged, limited."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.vip_lookup_limit = 3

    def test_choosing_her_is_logged_once_an_hour(self):
        now = fields.Datetime.now()
        for minutes in (61, 30, 5, 0):
            with freeze_time(now - timedelta(minutes=minutes)):
                self._card()
        logs = self._logs()
        self.assertEqual(logs.mapped("kind"), ["lookup", "lookup"])
        self.assertEqual(logs.partner_id, self.member)
        self.assertEqual(set(logs.mapped("details")), {"Chosen at the till"})
        self.assertEqual(logs.mapped("partner_name"), ["王*"] * 2)

    def test_a_lookup_that_named_her_is_the_same_lookup(self):
        self._lookup("13912340001")
        self._card()
        self.assertEqual(len(self._logs()), 1)
        self._lookup("1234")  # finds nobody
        self._card(self.other_member)
        self.assertEqual(len(self._logs()), 3)

    def test_beyond_the_limit_nothing_is_told(self):
        others = [self._enrol(f"孙{n}", f"1377777000{n}") for n in range(3)]
        for member in others:
            self._card(member)
        with self.assertRaisesRegex(UserError, "limit: 3"):
            self._card()
        logs = self._logs()
        self.assertEqual(logs.mapped("kind"), ["lookup"] * 3 + ["limit"])
        self.assertEqual(logs[-1].partner_id, self.member)
        # Whom she has been told of she may choose again; another login is free.
        self.assertEqual(self._card(others[0])["id"], others[0].id)
        self.assertEqual(self._card(user=self.seller)["id"], self.member.id)

    def test_own_members_count_for_nothing(self):
        for number in range(5):
            mine = self._enrol(f"何{number}", f"1375555000{number}")
            mine._vip_decided("merge").sudo().vip_owner_id = self.seller_employee
            self.assertTrue(self._card(mine, self.seller)["own"])
        self.assertFalse(self._logs(self.seller))


@tagged("post_install", "-at_install")
class TestTillCardFaults(VipTillCommon):
    """A part of the card that breaks takes nothing else along."""

    def test_each_part_may_fail_alone(self):
        self._sell(self.member)
        whole = self._card()
        partners = self.registry["res.partner"]
        kept = {}
        for part in PARTS:
            fault = patch.object(
                partners, f"_vip_card_{part}", side_effect=ValueError(part)
            )
            with (
                self.subTest(part=part),
                fault,
                self.assertLogs(LOGGER, "ERROR") as caught,
            ):
                card = self._card()
                self.assertEqual(len(caught.output), 1)
                self.assertIn(f"without: {part}", caught.output[0])
                self.assertEqual(set(card), KEYS)
                kept[part] = {
                    key for key in KEYS - {"as_of"} if card[key] == whole[key]
                }
                self.assertIn("name", kept[part])
                self.assertFalse(KEYS - kept[part] - set(self._keys_of(part)))

    def _keys_of(self, part):
        return {
            "standing": ("salutation", "tier", "phone", "owner", "as_of"),
            "points": ("points", "as_of"),
            "reveal": ("may_reveal", "as_of"),
            "visit": ("last_visit", "as_of"),
            "fit": ("sizes", "taste", "service", "as_of"),
        }.get(part, (part, "as_of"))

    def test_a_broken_statement_does_not_break_the_next(self):
        with (
            patch.object(
                self.registry["res.partner"],
                "_vip_card_purchases",
                lambda member, config, own: member.env.cr.execute("SELECT 1/0"),
            ),
            mute_logger(LOGGER, "odoo.sql_db"),
        ):
            card = self._card()
        self.assertEqual(card["purchases"], [])
        self.assertEqual(card["pos"]["id"], self.member.id)
        self.assertTrue(card["ask"])

    def test_what_odoo_repeats_is_left_to_it(self):
        partners = self.registry["res.partner"]
        for error in (psycopg2.errors.SerializationFailure, ConcurrencyError):
            fault = patch.object(
                partners, "_vip_card_visit", side_effect=error("again")
            )
            with self.subTest(error=error), fault, self.assertRaises(error):
                self._card()
