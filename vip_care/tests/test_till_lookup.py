from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, new_test_user, tagged

from .till_common import VipTillCommon


@tagged("post_install", "-at_install")
class TestTillLookup(VipTillCommon):
    """Any associate serves any member, and learns nothing more about her."""

    def test_member_is_found_by_number_in_any_spelling_last_digits_card_and_name(self):
        card = (
            self.env["loyalty.card"]
            .sudo()
            .create(
                {
                    "program_id": self.four_20_dollars_one_free_program.id,
                    "partner_id": self.member.id,
                }
            )
        )
        queries = [
            "13912340001",
            "+86 139 1234 0001",
            "１３９-1234-0001",
            "0001",
            "340001",
            self.member.vip_card_number,
            self.member.vip_card_number.lower(),
            card.code,
            "王",
            "芳",
            " 王芳 ",
        ]
        for query in queries:
            with self.subTest(query=query):
                found = [member["id"] for member in self._lookup(query)]
                self.assertEqual(found, self.member.ids)

    def test_managers_search_finds_last_digits_that_begin_with_zeros(self):
        members = self.env["res.partner"]
        found = members.search([("vip_phone_query", "ilike", "0001")])
        self.assertEqual(found, self.member)

    def test_the_answer_is_what_serving_takes_and_nothing_more(self):
        self.member.vip_tier_id.sudo().service_hint = "Private fitting room"
        [answer] = self._lookup("0001")
        row = answer.pop("pos")
        self.assertEqual(
            answer,
            {
                "id": self.member.id,
                "name": "王芳",
                "tier": {
                    "id": self.member.vip_tier_id.id,
                    "name": self.member.vip_tier_id.name,
                },
                "points": 0,
                "sizes": {"top": "M", "bottom": False, "shoe": "37"},
                "service": ["Private fitting room", "Tea, no small talk"],
                "owner": "Mei",
                "phone": "139****0001",
            },
        )
        filled = {name for name, value in row.items() if value}
        self.assertLessEqual(
            filled,
            {
                *("id", "name", "lang", "phone", "write_date", "fiscal_position_id"),
                *("property_product_pricelist", "property_account_receivable_id"),
                *("vip_member", "vip_tier", "vip_owner"),
            },
        )
        self.assertEqual(row["phone"], "139****0001")
        self.assertNoPrivateData([answer, row])

    def test_wildcards_are_letters_and_nothing_else_is_found(self):
        for query in (
            "%",
            "_",
            "\\",
            "%芳",
            "王%",
            "王_",
            "*",
            "'; --",
            "[a-z]",
            "9999",
        ):
            with self.subTest(query=query):
                self.assertEqual(self._lookup(query), [])
        odd = self._enrol("50%_王\\", "13912349999")
        for query in ("50%", "%_", "王\\"):
            with self.subTest(query=query):
                self.assertEqual([m["id"] for m in self._lookup(query)], odd.ids)

    def test_archived_members_and_other_contacts_are_not_found(self):
        self.member.active = False
        self.assertEqual(self._lookup("0001"), [])
        self.assertEqual(self._lookup("王"), [])
        self.assertEqual(self._lookup("Acme"), [])
        self.assertEqual(self._lookup("13600000009"), [])

    def test_members_of_the_registers_store_come_first_and_ten_at_most(self):
        far = self.store.copy({"name": "Far", "code": "FAR"})
        for number in range(12):
            self._enrol(f"赵{number}", f"1381111{number:04}", vip_store_id=far.id)
        near = self._enrol("小赵", "13822220001")
        names = [member["name"] for member in self._lookup("赵")]
        self.assertEqual(names[0], near.name)
        self.assertEqual(len(names), 10)
        # A name elsewhere is found by how it begins.
        self.assertEqual(len(self._lookup("赵11")), 1)
        self._enrol("老孙", "13822220002", vip_store_id=far.id)
        self.assertEqual(self._lookup("孙"), [])
        self.assertEqual(len(self._lookup("老孙")), 1)

    def test_questions_that_cannot_be_answered_say_what_to_type(self):
        cases = {
            "": "last four digits",
            "   ": "last four digits",
            "\0": "last four digits",
            None: "last four digits",
            12340001: "last four digits",
            "1": "at least the last four",
            "１２３": "at least the last four",
            "x" * 65: "at most 64",
        }
        for query, text in cases.items():
            with self.subTest(query=query), self.assertRaisesRegex(UserError, text):
                self._lookup(query)
        self.assertFalse(self._logs())

    def test_only_who_sells_here_may_look_up(self):
        clerk = new_test_user(self.env, "vip_clerk", "base.group_user")
        for user in (clerk, new_test_user(self.env, "vip_portal", "base.group_portal")):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._lookup("0001", user=user)
        for config_id in (0, -1, None, "1", [self.config.id], 10**9):
            with self.subTest(config=config_id), self.assertRaises(UserError):
                partners = self.env["res.partner"].with_user(self.till)
                partners.vip_till_lookup("0001", config_id)

    def test_a_register_of_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Other chain"})
        config = self.config.sudo().copy({"name": "Theirs"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE pos_config SET company_id = %s WHERE id = %s", [other.id, config.id]
        )
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self._lookup("0001", config=config)

    def test_members_of_another_company_are_not_found(self):
        other = self.env["res.company"].create({"name": "Other chain"})
        self._enrol("王五", "13955550001", company_id=other.id)
        self.assertEqual([m["id"] for m in self._lookup("王")], self.member.ids)
        self.assertEqual([m["id"] for m in self._lookup("0001")], self.member.ids)


@tagged("post_install", "-at_install")
class TestTillLookupLimit(VipTillCommon):
    """Lookups are counted and written down; the number never is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.vip_lookup_limit = 3

    def _lookup_ago(self, minutes, *queries):
        with freeze_time(fields.Datetime.now() - timedelta(minutes=minutes)):
            for query in queries:
                self._lookup(query)

    def test_each_lookup_is_logged_masked_with_its_count(self):
        self._lookup("13912340001")
        self._lookup("王芳")
        self._lookup("9998")
        logs = self._logs()
        self.assertEqual(logs.mapped("kind"), ["lookup"] * 3)
        self.assertEqual(logs.mapped("count"), [1, 1, 0])
        self.assertEqual(logs.partner_id, self.member)
        self.assertEqual(
            [details.split(" #")[0] for details in logs.mapped("details")],
            ["139****0001", "王*", "****"],
        )
        self.assertNoPrivateData(logs.read())

    def test_the_next_lookup_is_refused_and_says_when(self):
        self.store.tz = "Asia/Shanghai"
        self._lookup_ago(20, "9991", "9992", "9993")
        oldest = min(self._logs().mapped("date"))
        local = oldest + timedelta(hours=9)  # an hour later, on the clock in Shanghai
        minute = f"{local.hour % 12 or 12}:{local.minute:02}"
        with self.assertRaisesRegex(UserError, rf"limit: 3\).*{minute}"):
            self._lookup("9994")
        kinds = self._logs().mapped("kind")
        self.assertEqual(kinds, ["lookup"] * 3 + ["limit"])
        # Another login is free, and so is this one after the hour.
        self.assertEqual(self._lookup("9994", user=self.seller), [])
        with freeze_time(oldest + timedelta(minutes=61)):
            self.assertEqual(self._lookup("9995"), [])

    def test_the_same_question_or_person_counts_once(self):
        self._lookup_ago(15, *["13912340001"] * 5)
        self.assertEqual(len(self._logs()), 1)
        self._lookup("13912340001")
        self._lookup("王芳")
        self._lookup("0001")
        self._lookup("9991")
        self._lookup("9992")
        with self.assertRaises(UserError):
            self._lookup("9993")
        # What she asked a moment ago she may ask again.
        self.assertEqual(len(self._lookup("王芳")), 1)

    def test_numbers_with_the_same_mask_are_told_apart(self):
        for middle in range(3):
            self._lookup(f"1390{middle:03}0001")
        self.assertEqual(len(set(self._logs().mapped("details"))), 3)
        with self.assertRaises(UserError):
            self._lookup("13900090001")

    def test_who_then_bought_does_not_count(self):
        self._lookup_ago(30, "0001", "9991", "9992")
        self._sell(self.member, paid=False)
        with self.assertRaises(UserError):
            self._lookup("9993")
        self._sell(self.member)
        self.assertEqual(self._lookup("9993"), [])

    def test_the_limit_is_the_registers_company_and_never_nothing(self):
        with self.assertRaises(ValidationError):
            self.env.company.vip_lookup_limit = 0
        self.env["res.config.settings"].create({"vip_lookup_limit": 1}).execute()
        self._lookup("9991")
        with self.assertRaises(UserError):
            self._lookup("9992")

    def test_a_refused_lookup_is_logged_as_one(self):
        for query in ("9991", "9992", "9993"):
            self._lookup(query)
        logged = []
        with (
            patch.object(
                self.registry["vip.access.log"],
                "_log",
                lambda self, kind, **vals: logged.append((kind, vals["details"])),
            ),
            self.assertRaises(UserError),
        ):
            self._lookup("13912340001")
        [(kind, details)] = logged
        self.assertEqual(kind, "limit")
        self.assertTrue(details.startswith("139****0001 #"))

    def test_two_tills_of_one_login_write_the_same_row(self):
        """PostgreSQL then refuses the later one, and Odoo repeats its request."""
        for query in ("9991", "9992", "9992"):
            self._lookup(query)
        quota = self.env["vip.access.quota"].sudo()
        rows = quota.search([("user_id", "=", self.till.id)])
        self.assertEqual([(row.kind, row.amount) for row in rows], [("lookup", 2)])

    def test_only_the_user_herself_is_counted_however_the_log_is_read(self):
        self._lookup("0002")
        with self.assertRaises(AccessError):
            self._logs().with_user(self.till).read(["details"])
        with self.assertRaises(AccessError):
            self.env["vip.access.log"].with_user(self.till).create(
                {"kind": "lookup", "user_id": self.till.id}
            )
        self.till.group_ids = [Command.link(self.env.ref("vip_care.group_auditor").id)]
        self.assertEqual(self._logs().with_user(self.till).count, 1)
