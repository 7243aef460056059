from ast import literal_eval

from lxml import etree

from odoo import fields
from odoo.tests import new_test_user
from odoo.tools.safe_eval import safe_eval

from .common import VipCareCommon

PURCHASE_DIMENSIONS = (
    "region_id",
    "store_id",
    "owner_id",
    "receiver_id",
    "partner_id",
    "tier_id",
    "member_tier_id",
    "member_value_class",
    "member_lifecycle",
    "season_id",
    "local_date:month",
    "local_date:week",
)
PURCHASE_MEASURES = ("__count", "amount:sum", "margin:sum", "units:sum")
MEMBER_DIMENSIONS = (
    "vip_region_id",
    "vip_store_id",
    "vip_owner_id",
    "vip_tier_id",
    "vip_value_class",
    "vip_lifecycle",
    "vip_layer",
    "vip_enrolment_source",
    "vip_age_band",
    "vip_enrolled_on:month",
    "vip_last_purchase_date:month",
)
MEMBER_MEASURES = (
    "__count",
    "vip_amount_12m:sum",
    "vip_amount_total:sum",
    "vip_order_count_12m:sum",
    "vip_average_ticket:avg",
    "vip_profile_score:avg",
)


class TestReports(VipCareCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.regional = new_test_user(
            cls.env, "regional", "base.group_user,vip_care.group_region_manager"
        )
        cls.region.manager_ids = cls.regional
        cls.far_region = cls.env["vip.region"].create({"name": "West", "code": "W"})
        cls.far_store = cls._create_store("Far", "T3", region_id=cls.far_region.id)
        cls.season = cls.env["vip.season"].create(
            {"name": "Spring", "date_from": "2026-02-01", "date_to": "2026-07-31"}
        )
        cls.lin = cls._create_employee("Lin")
        cls.wu = cls._create_employee("Wu", cls.other_store)
        cls.wang = cls._create_member(vip_owner_id=cls.lin.id)
        cls.zhao = cls._create_member(
            "赵敏", vip_store_id=cls.far_store.id, vip_owner_id=cls.wu.id
        )
        values = {"season_id": cls.season.id, "margin": 50, "tier_id": cls.gold.id}
        cls._buy(cls.wang, "2026-06-01", 300, receiver_id=cls.wu.id, **values)
        cls._buy(cls.wang, "2026-06-10", -100, owner_id=cls.lin.id)
        cls._buy(cls.zhao, "2026-05-02", 700, owner_id=cls.wu.id)
        cls._review("2026-06-15")
        cls.env.flush_all()

    def _read(self, model):
        return self.env[model].with_user(self.regional)

    def test_purchases_group_by_every_dimension(self):
        purchases = self._read("vip.purchase")
        domain = [("partner_id", "in", (self.wang + self.zhao).ids)]
        for dimension in PURCHASE_DIMENSIONS:
            with self.subTest(dimension=dimension):
                total, groups = purchases.formatted_read_grouping_sets(
                    domain, [[], [dimension]], PURCHASE_MEASURES
                )
                self.assertEqual(total[0]["amount:sum"], 900)
                self.assertEqual(total[0]["__count"], 3)
                self.assertEqual(sum(group["amount:sum"] for group in groups), 900)

    def test_purchases_list_by_every_dimension(self):
        purchases = self._read("vip.purchase")
        domain = [("partner_id", "in", (self.wang + self.zhao).ids)]
        for dimension in PURCHASE_DIMENSIONS:
            with self.subTest(dimension=dimension):
                result = purchases.web_read_group(domain, [dimension], ["amount:sum"])
                amounts = [group["amount:sum"] for group in result["groups"]]
                self.assertEqual(sum(amounts), 900)

    def test_purchases_keep_who_owned_and_who_served(self):
        [row] = self._read("vip.purchase").formatted_read_group(
            [("partner_id", "=", self.wang.id), ("is_refund", "=", False)],
            ["store_id", "receiver_id", "tier_id", "member_tier_id", "season_id"],
            ["amount:sum", "margin:sum"],
        )
        self.assertEqual(row["store_id"][0], self.store.id)
        self.assertEqual(row["receiver_id"][1], "Wu")
        self.assertEqual(row["tier_id"][0], self.gold.id)
        self.assertEqual(row["member_tier_id"][0], self.silver.id)
        self.assertEqual(row["season_id"][1], "Spring")
        self.assertEqual((row["amount:sum"], row["margin:sum"]), (300, 50))

    def test_members_group_by_every_dimension(self):
        members = self._read("res.partner")
        domain = [("id", "in", (self.wang + self.zhao).ids)]
        for dimension in MEMBER_DIMENSIONS:
            with self.subTest(dimension=dimension):
                total, groups = members.formatted_read_grouping_sets(
                    domain, [[], [dimension]], MEMBER_MEASURES
                )
                self.assertEqual(total[0]["__count"], 2)
                self.assertEqual(total[0]["vip_amount_12m:sum"], 900)
                self.assertEqual(sum(group["__count"] for group in groups), 2)

    def test_history_groups_by_store_and_reason(self):
        changes = self._read("vip.standing.change")
        rows = changes.formatted_read_group(
            [("partner_id", "=", self.wang.id), ("kind", "=", "lifecycle")],
            ["region_id", "store_id", "reason", "date:month"],
            ["__count"],
        )
        self.assertEqual(rows[0]["store_id"][0], self.store.id)
        self.assertEqual(rows[0]["region_id"][0], self.region.id)

    def test_every_filter_and_grouping_of_the_searches_works(self):
        for model, xmlid in (
            ("vip.purchase", "vip_purchase_view_search"),
            ("res.partner", "res_partner_view_search_member_report"),
            ("vip.standing.change", "vip_standing_change_view_search"),
            ("vip.ownership.change", "vip_ownership_change_view_search"),
            ("vip.job.run", "vip_job_run_view_search"),
            ("vip.store", "vip_store_view_search"),
            ("vip.region", "vip_region_view_search"),
            ("vip.season", "vip_season_view_search"),
        ):
            records = self._read(model)
            for node in self._filters(records, xmlid):
                with self.subTest(model=model, filter=node.get("name")):
                    self._try_filter(records, node)

    def _filters(self, records, xmlid):
        view = records.get_view(self.env.ref(f"vip_care.{xmlid}").id, "search")
        return etree.fromstring(view["arch"]).iter("filter")

    def _try_filter(self, records, node):
        domain = safe_eval(node.get("domain") or "[]", {"uid": self.regional.id})
        context = literal_eval(node.get("context") or "{}")
        if context.get("group_by"):
            records.web_read_group(domain, [context["group_by"]], ["__count"])
        elif node.get("date"):
            self.assertIn(records._fields[node.get("date")].type, ("date", "datetime"))
        else:
            records.search(domain, limit=1)

    def test_a_regional_manager_finds_her_regions_sales(self):
        mine = self._read("vip.purchase").search(
            [("store_id.region_id.manager_ids", "in", self.regional.id)]
        )
        self.assertEqual(mine.partner_id, self.wang)

    def test_periods_of_purchases_meet_without_overlap(self):
        purchases = self._read("vip.purchase")
        domains = {
            node.get("name"): safe_eval(node.get("domain"), {"uid": 1})
            for node in self._filters(purchases, "vip_purchase_view_search")
            if node.get("domain") and "month" in node.get("name")
        }
        today = fields.Date.context_today(purchases)
        first = today.replace(day=1)
        last = fields.Date.subtract(first, days=1)
        wanted = {
            first: {"this_month", "last_12_months"},
            today: {"this_month", "last_12_months"},
            last: {"last_month", "last_12_months"},
            last.replace(day=1): {"last_month", "last_12_months"},
            fields.Date.subtract(first, months=11): {"last_12_months"},
            fields.Date.subtract(first, months=11, days=1): set(),
        }
        for day, names in wanted.items():
            purchase = self._buy(self.wang, day)
            purchase.flush_recordset()
            found = {
                name
                for name, domain in domains.items()
                if purchases.search_count([("id", "=", purchase.id)] + domain)
            }
            with self.subTest(day=day):
                self.assertEqual(found, names)

    def test_the_pivot_of_members_offers_no_silly_sums(self):
        view = self.env.ref("vip_care.res_partner_view_pivot_member_report")
        arch = self._read("res.partner").get_view(view.id, "pivot")["arch"]
        for name in ("color", "message_bounce", "partner_latitude"):
            self.assertRegex(arch, rf'name="{name}"[^>]*invisible="(1|True)"')

    def test_a_regional_manager_reads_odoos_own_sales_report(self):
        self._read("report.pos.order").formatted_read_group(
            [], ["config_id"], ["price_total:sum"]
        )
