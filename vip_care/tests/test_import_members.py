import contextlib
from datetime import date
from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from .import_common import VipImportCommon

HEAD = "phone,card,name,gender,birthday,store,owner,tier,tier valid until,enrolled on\n"
WANG = "138 0000 0001,P001,王小芳,女,1988-03-25,T1,0417,Gold,2030-12-31,2021-05-01\n"


@tagged("post_install", "-at_install")
class TestImportMembers(VipImportCommon):
    def test_a_check_writes_nothing_but_its_report(self):
        before = self.env["res.partner"].search_count([])
        record = self._check(HEAD + WANG)
        self.assertEqual((record.state, record.member_new), ("checked", 1))
        self.assertEqual(self.env["res.partner"].search_count([]), before)
        self.assertIn("tier valid until", record.column_text)

    def test_a_new_member_has_all_the_file_says(self):
        self._import(HEAD + WANG)
        member = self._member("13800000001")
        self.assertRecordValues(
            member,
            [
                {
                    "name": "王小芳",
                    "is_vip_member": True,
                    "vip_card_number": "P001",
                    "barcode": "P001",
                    "vip_gender": "female",
                    "vip_birthday": date(1988, 3, 25),
                    "vip_store_id": self.store.id,
                    "vip_owner_id": self.owner.id,
                    "vip_tier_id": self.gold.id,
                    "vip_tier_valid_until": date(2030, 12, 31),
                    "vip_enrolled_on": date(2021, 5, 1),
                    "vip_enrolment_source": "import",
                    "vip_enrolled_by_id": False,
                }
            ],
        )
        self.assertEqual(member.vip_ownership_change_ids.reason, "import")
        change = member.vip_standing_change_ids
        self.assertEqual((change.kind, change.reason), ("tier", "import"))
        due = self.env["vip.standing.due"].search([("partner_id", "=", member.id)])
        self.assertTrue(due)

    def test_a_second_import_adds_and_changes_nothing(self):
        self._import(HEAD + WANG)
        member = self._member("13800000001")
        member.write({"name": "Wang", "vip_gender": "other"})
        record = self._import(HEAD + WANG)
        self.assertEqual((record.member_new, record.member_known), (0, 1))
        self.assertEqual(self._member("13800000001"), member)
        self.assertRecordValues(
            member,
            [
                {
                    "name": "Wang",
                    "vip_owner_id": self.owner.id,
                    "vip_gender": "other",
                }
            ],
        )
        self.assertEqual(len(member.vip_standing_change_ids), 1)

    def test_a_known_member_gets_only_what_she_lacks(self):
        member = self._create_member(
            phone="13800000001", vip_store_id=self.other_store.id, vip_size_top="S"
        )
        card = member.vip_card_number
        self._import(
            "phone,card,name,size top,birthday,store\n"
            "13800000001,P9,Other,M,1990-01-02,T1\n"
        )
        self.assertRecordValues(
            member,
            [
                {
                    "name": "王芳",
                    "vip_size_top": "S",
                    "vip_birthday": date(1990, 1, 2),
                    "vip_store_id": self.other_store.id,
                    "vip_card_number": card,
                }
            ],
        )

    def test_lunar_birthdays_stay_as_stated(self):
        self._import("phone,name,birthday,calendar\n13800000001,A,1990-02-30,农历\n")
        self.assertRecordValues(
            self._member("13800000001"),
            [
                {
                    "vip_birthday_calendar": "lunar",
                    "vip_lunar_month": 2,
                    "vip_lunar_day": 30,
                    "vip_birthday": False,
                }
            ],
        )

    def test_a_contact_with_this_number_becomes_the_member(self):
        contact = self.env["res.partner"].create(
            {"name": "Fang", "phone": "138-0000-0001", "country_id": self.china.id}
        )
        record = self._import("phone,name\n13800000001,王芳\n")
        self.assertEqual(record.member_new, 1)
        self.assertRecordValues(
            contact,
            [{"name": "Fang", "is_vip_member": True, "vip_store_id": self.store.id}],
        )

    def test_members_match_by_card_too(self):
        member = self._create_member(vip_card_number="P7", phone=False)
        self._import("card,phone,name\nP7,13800000007,Somebody\n")
        self.assertEqual(member.vip_phone_key, "+8613800000007")
        self.assertEqual(member.name, "王芳")

    def test_members_without_phone_need_a_card_only(self):
        self._import("card,name,store\nJ1,Ann,T1\nJ2,Bea,T2\n")
        members = self.env["res.partner"].search(
            [("vip_card_number", "in", ["J1", "J2"])]
        )
        self.assertEqual(members.vip_store_id, self.store | self.other_store)

    def test_rows_that_contradict_each_other_or_odoo(self):
        self._create_member(phone="13800000001", vip_card_number="A1")
        self._create_member(phone="13800000002", vip_card_number="A2")
        self._create_member(phone="13800000003", active=False)
        record = self._check(
            "phone,card,name\n"
            "13800000001,A2,conflict\n"
            "13800000009,A1,other phone\n"
            "13800000003,,archived\n"
            "13800000005,B5,fine\n"
            "+86 138 0000 0005,B6,same phone\n"
            "13800000006,B5,same card\n"
        )
        self.assertEqual((record.member_errors, record.member_new), (5, 1))
        errors = {line[1]: line[5] for line in self._errors(record)}
        for row, words in {
            "2": "two different people",
            "3": "another phone number in Odoo",
            "4": "archived contact",
            "6": "as in row 5",
            "7": "as in row 5",
        }.items():
            self.assertIn(words, errors[row])

    def test_bad_rows_are_left_out_only_when_told_so(self):
        record = self._check("phone,name\n13800000001,A\n12,B\n")
        with self.assertRaisesRegex(UserError, "1 rows have errors"):
            record.action_import()
        self.assertFalse(self._member("13800000001"))
        record.leave_out_errors = True
        record.action_import()
        self.assertEqual((record.state, record.member_done), ("done", 1))
        self.assertTrue(self._member("13800000001"))

    def test_owners_are_known_by_badge_or_by_name_in_the_store(self):
        here = self._create_employee("张伟")
        self._create_employee("张伟", self.other_store)
        gone = self._create_employee("Gone")
        gone.active = False
        record = self._check(
            "phone,name,store,owner\n"
            "13800000001,A,T1,张伟\n"
            "13800000002,B,T1,李莉\n"
            "13800000003,C,T1,Gone\n"
            "13800000004,D,T1,Nobody\n"
        )
        self.assertEqual(
            [line[1] for line in self._errors(record)],
            ["4", "5"],
        )
        record.leave_out_errors = True
        record.action_import()
        self.assertEqual(self._member("13800000001").vip_owner_id, here)
        self.assertEqual(self._member("13800000002").vip_owner_id, self.owner)

    def test_stores_are_created_only_when_told_so(self):
        text = "phone,name,store\n13800000001,A,NEW1\n13800000002,B,new1\n"
        record = self._check(text)
        self.assertEqual(record.member_errors, 2)
        self._import(text, create_stores=True)
        store = self._member("13800000001").vip_store_id
        self.assertEqual((store.code, store.tz), ("NEW1", self.store.tz))
        self.assertEqual(self._member("13800000002").vip_store_id, store)

    def test_phone_numbers_are_read_in_the_country_of_the_store(self):
        taipei = self._create_store(
            "Taipei", "TP", country_id=self.env.ref("base.tw").id, tz="Asia/Taipei"
        )
        self._import("phone,name,store\n0912 345 678,A,Taipei\n")
        member = self.env["res.partner"].search(
            [("vip_phone_key", "=", "+886912345678")]
        )
        self.assertEqual(member.vip_store_id, taipei)

    def test_referrers_may_stand_further_down(self):
        record = self._import(
            "phone,name,referrer\n"
            "13800000001,A,138 0000 0002\n"
            "13800000002,B,\n"
            "13800000003,C,13899999999\n"
        )
        self.assertEqual(
            self._member("13800000001").vip_referrer_id, self._member("13800000002")
        )
        [remark] = self._errors(record)
        self.assertEqual((remark[1], remark[2]), ("4", "Remark"))

    def test_what_was_enrolled_since_the_check_is_not_made_twice(self):
        record = self._check("phone,name\n13800000001,A\n")
        member = self._create_member(phone="13800000001")
        record.action_import()
        self.assertEqual(self._member("13800000001"), member)
        self.assertEqual((record.state, record.member_done), ("done", 0))

    def test_one_refused_member_harms_nobody_else(self):
        partners = self.env.registry["res.partner"]
        create = partners.create

        def refuse(self, vals_list):
            if any(vals["name"] == "C" for vals in vals_list):
                raise UserError(self.env._("C may not come."))
            return create(self, vals_list)

        record = self._check(
            "phone,name\n"
            + "".join(f"1380000000{i},{n}\n" for i, n in enumerate("ABCD")),
            "phone,ticket,date,amount\n13800000002,X1,2024-01-01,5\n"
            "13800000003,X2,2024-01-01,5\n",
        )
        with patch.object(partners, "create", refuse):
            record.action_import()
        self.assertEqual((record.state, record.member_done), ("done", 3))
        self.assertEqual((record.member_errors, record.purchase_done), (1, 1))
        self.assertIn("C may not come", self._errors(record)[0][5])

    def test_a_killed_import_goes_on_where_it_stopped(self):
        count = 2_500
        text = "phone,name\n" + "".join(f"138{i:08d},M{i}\n" for i in range(count))
        record = self._check(text)
        class_ = type(record)
        original, calls = class_._import_members, []

        def kill(self):
            calls.append(self)
            if len(calls) == 2:
                raise psycopg2.OperationalError("killed")
            return original(self)

        record.write({"state": "running", "in_background": True})
        with patch.object(class_, "_import_members", kill):
            # Not assertRaises, which would roll back the batch before, too.
            with contextlib.suppress(psycopg2.OperationalError):
                self.env["vip.import"]._cron_import()
        self.assertEqual(record.member_done, 1000)
        self.env["vip.import"]._cron_import()
        self.assertEqual((record.state, record.member_done), ("done", count))
        made = self.env["res.partner"].search_count(
            [("vip_phone_key", "=like", "+86138%")]
        )
        self.assertEqual(made, count)
        rows = self.env["vip.import.row"].search_count([("import_id", "=", record.id)])
        self.assertFalse(rows)

    def test_files_do_not_stay_for_ever(self):
        record = self._import("phone,name\n13800000001,A\n")
        with freeze_time("2099-01-01"):
            self.env["vip.import"]._gc_imports()
        self.assertFalse(record.member_file)
        self.assertEqual(record.member_done, 1)

    def test_a_load_killed_on_the_command_line_can_be_gone_on_with(self):
        record = self._check("phone,name\n13800000001,A\n")
        record.write({"state": "running", "in_background": False})
        for action in (record.action_check, record.action_back, record.unlink):
            with self.assertRaises(UserError):
                action()
        record.action_resume()
        record._cron_import()
        self.assertEqual((record.state, record.member_done), ("done", 1))

    def test_only_head_office_imports(self):
        manager = new_test_user(
            self.env, "import_manager", groups="vip_care.group_region_manager"
        )
        office = new_test_user(
            self.env, "import_office", groups="vip_care.group_head_office"
        )
        record = self._new_import("phone,name\n13800000001,A\n", user_id=office.id)
        with self.assertRaises(AccessError):
            record.with_user(manager).action_check()
        with self.assertRaises(AccessError):
            self.env["vip.import"].with_user(manager).create({"name": "x"})
        record.with_user(office).action_check()
        record.with_user(office).action_import()
        self.assertEqual(record.state, "done")
