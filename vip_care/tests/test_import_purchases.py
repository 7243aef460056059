import tempfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import psycopg2

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .import_common import VipImportCommon

HEAD = "phone,ticket,date,amount,units,store\n"


@tagged("post_install", "-at_install")
class TestImportPurchases(VipImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wang = cls._create_member(phone="13800000001", vip_card_number="W1")
        cls.li = cls._create_member(phone="13800000002", vip_card_number="L1")
        cls.env["vip.standing.due"].search([]).unlink()

    def test_a_ticket_has_all_the_file_says(self):
        season = self.env["vip.season"].create(
            {"name": "Spring", "date_from": "2024-02-01", "date_to": "2024-04-30"}
        )
        self._import(
            purchases="card,单号,日期,金额,件数,毛利,门店,接待导购,积分\n"
            'W1,A1,2024-03-05 23:30,"¥1,299.50",2,600,T2,0417,12\n'
        )
        self.assertRecordValues(
            self._purchases("A1"),
            [
                {
                    "partner_id": self.wang.id,
                    "store_id": self.other_store.id,
                    "season_id": season.id,
                    "date": datetime(2024, 3, 5, 15, 30),
                    "local_date": date(2024, 3, 5),
                    "amount": 1299.5,
                    "margin": 600,
                    "units": 2,
                    "is_refund": False,
                    "owner_id": False,
                    "receiver_id": self.owner.id,
                    "tier_id": False,
                    "points_earned": 12,
                }
            ],
        )
        due = self.env["vip.standing.due"].search([])
        self.assertEqual(due.partner_id, self.wang)

    def test_a_date_alone_is_noon_in_the_store(self):
        self._import(purchases=HEAD + "13800000001,A1,2024-03-05,5,1,T1\n")
        self.assertEqual(self._purchases("A1").date, datetime(2024, 3, 5, 4))

    @freeze_time("2024-03-04 23:00:00")
    def test_today_counts_and_tomorrow_does_not(self):
        """In Shanghai it is 7 o'clock of the 5th."""
        record = self._check(
            purchases=HEAD
            + "13800000001,A1,2024-03-05,5,1,T1\n"
            + "13800000001,A2,2024-03-06,5,1,T1\n"
            + "13800000001,A3,2024-03-05 07:30,5,1,T1\n"
        )
        self.assertEqual([line[1] for line in self._errors(record)], ["3", "4"])
        record.leave_out_errors = True
        record.action_import()
        self.assertRecordValues(
            self._purchases("A1"),
            [{"date": datetime(2024, 3, 4, 23), "local_date": date(2024, 3, 5)}],
        )

    def test_a_second_import_adds_nothing(self):
        text = (
            HEAD
            + "13800000001,A1,2024-03-05,5,1,T1\n"
            + "13800000001,,2024-03-05,5,1,T1\n"
            + "13800000001,,2024-03-05,5,1,T1\n"
            + "13800000002,,2024-03-05,5,1,T1\n"
        )
        self.assertEqual(self._import(purchases=text).purchase_done, 4)
        record = self._check(purchases=text)
        self.assertEqual((record.purchase_new, record.purchase_known), (0, 4))
        self.assertFalse(record.error_count)

    def test_members_and_purchases_come_together_and_again(self):
        members = "card,name,store,enrolled_on\nJ1,Ann,N1,2023-01-01\n"
        purchases = (
            "card,ticket,date,store,amount,units\n"
            "J1,A1,2024-03-05,N1,10.10,1\nJ1,,2024-03-06,N1,20.20,2\n"
        )
        record = self._import(members, purchases, create_stores=True)
        self.assertEqual((record.member_done, record.purchase_done), (1, 2))
        record = self._check(members, purchases)
        self.assertEqual((record.member_new, record.purchase_new), (0, 0))
        self.assertEqual((record.member_known, record.purchase_known), (1, 2))

    def test_rows_of_one_ticket_are_added_up_to_the_cent(self):
        record = self._import(
            purchases=HEAD
            + "".join(f"13800000001,A1,2024-03-05,0.1{i},1,T1\n" for i in range(10))
            + "13800000002,A2,2024-03-05,-0.05,-1,T1\n"
        )
        self.assertEqual((record.purchase_done, record.purchase_lines), (2, 9))
        self.assertRecordValues(
            self._purchases("A1", "A2").sorted("import_ref"),
            [
                {"amount": 1.45, "units": 10, "is_refund": False},
                {"amount": -0.05, "units": -1, "is_refund": True},
            ],
        )
        self.assertAlmostEqual(record.amount_new, 1.40)

    def test_a_ticket_is_imported_whole_or_not_at_all(self):
        record = self._check(
            purchases=HEAD
            + "13800000001,A1,2024-03-05,5,1,T1\n"
            + '13800000001,A1,2024-03-05,"5,5",1,T1\n'
            + "13800000001,A2,2024-03-05,5,1,T1\n"
            + "13800000002,A2,2024-03-05,5,1,T1\n"
            + "13800000001,A3,2024-03-05,5,1,T1\n"
            + "13800000001,A3,2024-03-06,5,1,T1\n"
            + "13800000001,A4,2024-03-06,5,1,T1\n"
        )
        self.assertEqual((record.purchase_errors, record.purchase_new), (6, 1))

    def test_a_ticket_there_with_another_amount_is_reported(self):
        self._import(purchases=HEAD + "13800000001,A1,2024-03-05,5,1,T1\n")
        record = self._check(purchases=HEAD + "13800000001,A1,2024-03-05,6,1,T1\n")
        self.assertIn("in Odoo already", self._errors(record)[0][5])

    def test_buyers_who_are_nobody_or_two(self):
        record = self._check(
            "phone,name\n13800000003,C\n12,D\n",
            "phone,card,ticket,date,amount\n"
            "13800000003,,A1,2024-03-05,5\n"
            "13800000001,L1,A2,2024-03-05,5\n"
            "13800000009,,A3,2024-03-05,5\n"
            ",,A4,2024-03-05,5\n",
        )
        errors = {
            line[1]: line[5]
            for line in self._errors(record)
            if line[0] != "members.csv"
        }
        self.assertEqual(sorted(errors), ["3", "4", "5"])
        self.assertIn("two different members", errors["3"])
        self.assertIn("No member with this phone", errors["4"])

    def test_unknown_receivers_are_remarked_and_left_empty(self):
        record = self._import(
            purchases="phone,ticket,date,amount,served by\n13800000001,A1,2024-03-05,5,X\n"
        )
        self.assertEqual((record.error_count, record.note_count), (0, 1))
        self.assertFalse(self._purchases("A1").receiver_id)

    def test_a_lunar_thousand_adds_up_to_the_cent(self):
        cents = [(i * 7919) % 100_000 - 20_000 for i in range(1_000)]
        rows = "".join(
            f"1380000000{1 + i % 2},T{i},2024-01-0{1 + i % 9},{c / 100:.2f},1,T1\n"
            for i, c in enumerate(cents)
        )
        record = self._import(purchases=HEAD + rows)
        self.env.cr.execute(
            "SELECT sum(amount), count(*) FROM vip_purchase WHERE partner_id IN %s",
            [tuple((self.wang | self.li).ids)],
        )
        self.assertEqual(
            self.env.cr.fetchone(), (Decimal(sum(cents)) / 100, len(cents))
        )
        self.assertAlmostEqual(record.amount_new, sum(cents) / 100)

    def test_the_database_itself_refuses_a_ticket_twice(self):
        self._import(purchases=HEAD + "13800000001,A1,2024-03-05,5,1,T1\n")
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
        ):
            self._buy(self.wang, "2024-03-05", 5, import_ref="A1")
            self.env.flush_all()

    def test_what_was_imported_since_the_check_is_left_alone(self):
        text = (
            HEAD
            + "13800000001,A1,2024-03-05,5,1,T1\n13800000001,A2,2024-03-05,5,1,T1\n"
        )
        record = self._check(purchases=text)
        self._import(purchases=text.rsplit("\n", 2)[0] + "\n")
        record.action_import()
        self.assertEqual((record.state, record.purchase_done), ("done", 1))
        self.assertEqual(len(self._purchases("A1", "A2")), 2)

    def test_files_are_loaded_from_the_command_line(self):
        with tempfile.TemporaryDirectory() as folder:
            members, purchases = Path(folder, "m.csv"), Path(folder, "p.csv")
            members.write_text("card,name,store\nJ1,Ann,N1\n", encoding="utf-8")
            purchases.write_text(
                "card,ticket,date,store,amount,units\nJ1,A1,2024-03-05,N1,10.10,1\n"
            )
            load = self.env["vip.import"]._load_files
            result = load(members, purchases, dry_run=True, create_stores=True)
            self.assertEqual((result["imported"], result["errors"]), (False, None))
            result = load(members, purchases)
            self.assertFalse(result["imported"])
            self.assertIn("N1", Path(result["errors"]).read_text("utf-8-sig"))
            Path(result["errors"]).unlink()
            result = load(members, purchases, create_stores=True)
            self.assertEqual(result["members"]["new"], 1)
            self.assertEqual(result["purchases"]["new"], 1)
            result = load(members, purchases, create_stores=True)
            self.assertEqual(
                (result["members"]["known"], result["purchases"]["known"]), (1, 1)
            )
