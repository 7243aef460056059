from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import VipCareCommon

NOW = "2026-06-15 04:00:00"


@freeze_time(NOW)
class TestOverview(VipCareCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("manager", "group_store_manager")
        cls.regional = cls._create_user("regional", "group_region_manager")
        cls.head = cls._create_user("head", "group_head_office")
        cls.lin = cls._create_employee("Lin")
        cls.today = fields.Date.to_date("2026-06-15")
        cls.before = cls._read(cls.head)

    @classmethod
    def _create_user(cls, login, group):
        return new_test_user(
            cls.env, login, f"base.group_user,vip_care.{group}", tz="Asia/Shanghai"
        )

    @classmethod
    def _read(cls, user, filters=False):
        cls.env.flush_all()
        return cls.env["vip.overview"].with_user(user).get_data(filters or {})

    def _counts(self, rows, before=()):
        old = {row["key"]: row["count"] for row in before}
        return {
            row["key"]: row["count"] - old.get(row["key"], 0)
            for row in rows
            if row["count"] - old.get(row["key"], 0)
        }

    def _member_of_each_kind(self):
        """Active, edge and dormant at the store, a prospect at the other."""
        active = self._create_member("王芳", vip_owner_id=self.lin.id)
        edge = self._create_member("李娜")
        dormant = self._create_member("张伟")
        prospect = self._create_member(
            "赵敏", vip_store_id=self.other_store.id, vip_enrolled_on="2025-01-01"
        )
        self._buy(active, "2026-06-10", 300)
        self._buy(edge, "2026-02-01", 200)
        self._buy(dormant, "2025-10-01", 100)
        self._review(self.today)
        return active, edge, dormant, prospect

    def test_members_are_counted_by_life_cycle_store_tier_and_class(self):
        self._member_of_each_kind()
        data = self._read(self.head)
        old = self.before["members"]
        self.assertEqual(data["members"]["total"] - old["total"], 4)
        self.assertEqual(data["members"]["new"] - old["new"], 3)
        self.assertEqual(data["members"]["active"] - old["active"], 1)
        self.assertEqual(data["members"]["without_owner"] - old["without_owner"], 3)
        self.assertEqual(
            self._counts(data["lifecycle"], self.before["lifecycle"]),
            {"active": 1, "edge": 1, "dormant": 1, "prospect": 1},
        )
        rows = {tuple(row["ids"]): row for row in data["store_rows"]}
        self.assertEqual(
            rows[self.store.id,]["lifecycle"], {"active": 1, "edge": 1, "dormant": 1}
        )
        self.assertEqual(rows[self.other_store.id,]["lifecycle"], {"prospect": 1})
        tiers = {tier["id"]: tier["count"] for tier in data["tiers"]}
        self.assertGreaterEqual(tiers[self.silver.id], 4)
        self.assertEqual(list(tiers)[:2], [self.diamond.id, self.gold.id])
        classes = self._counts(data["value_classes"], self.before["value_classes"])
        self.assertEqual(sum(classes.values()), 4)
        self.assertEqual(classes[False], 1)

    def test_filters_narrow_every_number(self):
        self._member_of_each_kind()
        for filters, total in (
            ({"store_id": self.store.id}, 3),
            ({"store_id": self.other_store.id}, 1),
            ({"region_id": self.region.id}, 4),
            ({"region_id": self.region.id, "store_id": self.other_store.id}, 1),
        ):
            with self.subTest(filters=filters):
                data = self._read(self.head, filters)
                self.assertEqual(data["members"]["total"], total)
                self.assertEqual(sum(row["count"] for row in data["tiers"]), total)
                self.assertEqual(sum(r["total"] for r in data["store_rows"]), total)

    def test_every_number_is_what_its_domain_finds(self):
        self._member_of_each_kind()
        data = self._read(self.head, {"region_id": self.region.id})
        members = self.env["res.partner"].with_user(self.head)
        purchases = self.env["vip.purchase"].with_user(self.head)
        domains = data["domains"]
        count = members.search_count(domains["members"])
        self.assertEqual(count, data["members"]["total"])
        count = members.search_count(domains["members"] + domains["new"])
        self.assertEqual(count, data["members"]["new"])
        for period, figures in data["sales"].items():
            with self.subTest(period=period):
                found = purchases.search(domains[period])
                self.assertEqual(sum(found.mapped("amount")), figures["amount"])

    def test_sales_of_the_month_meet_the_same_days_of_last_year(self):
        member = self._create_member()
        filters = {"store_id": self.store.id}
        self._buy(member, "2026-06-01", 500)
        self._buy(member, "2026-06-15", -100)
        self._buy(member, "2026-05-31", 9000)
        self._buy(member, "2025-06-01", 80)
        self._buy(member, "2025-06-15", 20)
        self._buy(member, "2025-06-30", 7)
        sales = self._read(self.head, filters)["sales"]
        self.assertEqual(sales["sales"], {"amount": 400, "tickets": 1})
        self.assertEqual(sales["last_sales"], {"amount": 100, "tickets": 2})
        self.assertEqual(sales["last_month"], {"amount": 107, "tickets": 3})

    @freeze_time("2028-02-29 04:00:00")
    def test_a_leap_day_has_a_year_before(self):
        member = self._create_member()
        self._buy(member, "2027-02-28", 50)
        sales = self._read(self.head, {"store_id": self.store.id})["sales"]
        self.assertEqual(sales["last_sales"]["amount"], 50)
        self.assertEqual(sales["last_month"]["amount"], 50)

    def test_a_manager_opens_on_what_is_hers(self):
        read = self.env["vip.overview"]
        self.region.manager_ids = self.regional
        self.other_store.manager_ids = self.manager
        region = read.with_user(self.regional).get_data()["filters"]
        self.assertEqual(region, {"region_id": self.region.id, "store_id": False})
        store = read.with_user(self.manager).get_data()["filters"]
        self.assertEqual(store, {"region_id": False, "store_id": self.other_store.id})
        everything = read.with_user(self.head).get_data()["filters"]
        self.assertEqual(everything, {"region_id": False, "store_id": False})

    def test_small_stores_share_the_last_row(self):
        for index in range(14):
            store = self._create_store(f"Kiosk {index}", f"K{index}")
            self._create_member(vip_store_id=store.id)
        for _index in range(2):
            self._create_member()
        rows = self._read(self.head, {"region_id": self.region.id})["store_rows"]
        self.assertEqual(len(rows), 13)
        self.assertEqual(rows[0]["ids"], [self.store.id])
        self.assertEqual(len(rows[-1]["ids"]), 3)
        self.assertEqual(rows[-1]["name"], "3 other stores")
        self.assertEqual(sum(row["total"] for row in rows), 16)

    def test_members_the_reader_may_not_read_are_not_counted(self):
        self._member_of_each_kind()
        self.other_store.manager_ids += self.manager
        data = self._read(self.manager, {"region_id": self.region.id})
        self.assertEqual(data["members"]["total"], 1)
        self.assertEqual(data["sales"]["sales"]["amount"], 0)
        self.assertEqual(
            [row["ids"] for row in data["store_rows"]], [[self.other_store.id]]
        )

    def test_associates_have_no_overview(self):
        associate = self._create_user("associate", "group_associate")
        with self.assertRaises(AccessError):
            self._read(associate)

    def test_another_companys_members_are_not_counted(self):
        other = self.env["res.company"].create({"name": "Other chain"})
        store = self._create_store(
            "Elsewhere", "X1", company_id=other.id, region_id=False
        )
        self._create_member(vip_store_id=store.id)
        data = self._read(self.head)
        self.assertEqual(data["members"]["total"], self.before["members"]["total"])
        self.assertNotIn(store.id, [row["id"] for row in data["stores"]])

    def test_queries_do_not_grow_with_members_and_stores(self):
        self._member_of_each_kind()
        queries = self._count_queries()
        self.assertLessEqual(queries, 22)
        for index in range(20):
            store = self._create_store(f"Kiosk {index}", f"K{index}")
            self._buy(self._create_member(vip_store_id=store.id), "2026-06-02", 10)
        self.assertEqual(self._count_queries(), queries)

    def _count_queries(self):
        self.env.invalidate_all()
        self._read(self.head)  # warm caches of groups and access rules
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        self._read(self.head)
        return self.env.cr.sql_log_count - start
