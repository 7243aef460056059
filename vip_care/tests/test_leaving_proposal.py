from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields

from .leaving_common import LeavingCommon


class TestLeavingProposal(LeavingCommon):
    """Who is proposed for whom, and why."""

    def _line(self, transfer, member):
        return transfer.line_ids.filtered(lambda line: line.partner_id == member)

    def _days_ago(self, days):
        return fields.Date.today() - timedelta(days=days)

    def test_whoever_served_her_most_takes_her(self):
        member, other = self._create_members(self.lin, 2)
        self._create_members(self.yan, 5)
        for receiver, count in ((self.yan, 3), (self.mei, 2), (self.lin, 9)):
            for number in range(count):
                self._buy(member, self._days_ago(10 + number), receiver_id=receiver.id)
        self._buy(other, self._days_ago(3), receiver_id=self.mei.id)
        transfer = self._prepare()
        line = self._line(transfer, member)
        self.assertEqual(line.new_owner_id, self.yan)
        self.assertEqual(line.why, "Served her 3 times in 12 months")
        self.assertEqual(line.times_served, 3)
        line = self._line(transfer, other)
        self.assertEqual(line.new_owner_id, self.mei)
        self.assertEqual(line.why, "Served her once in 12 months")

    def test_the_last_to_serve_wins_a_tie_and_old_sales_do_not_count(self):
        member, old = self._create_members(self.lin, 2)
        self._buy(member, self._days_ago(40), receiver_id=self.mei.id)
        self._buy(member, self._days_ago(20), receiver_id=self.yan.id)
        self._buy(old, self._days_ago(400), receiver_id=self.yan.id)
        self._buy(old, self._days_ago(9), -50, receiver_id=self.yan.id)
        transfer = self._prepare()
        self.assertEqual(self._line(transfer, member).new_owner_id, self.yan)
        self.assertEqual(self._line(transfer, old).times_served, 0)

    def test_the_rest_is_dealt_to_whoever_has_fewest(self):
        self._create_members(self.lin, 10)
        self._create_members(self.mei, 6)
        transfer = self._prepare()
        self.assertEqual(self._shares(transfer), {"Mei": 2, "Yan": 8})
        self.assertEqual(
            set(transfer.line_ids.mapped("why")), {"Fewest members in the store"}
        )

    def test_the_best_buyers_are_shared_too(self):
        members = self._create_members(self.lin, 4)
        for member, amount in zip(members, (900, 800, 10, 5), strict=True):
            self._buy(member, self._days_ago(5), amount)
        self._review(fields.Date.today(), members)
        transfer = self._prepare()
        best = {self._line(transfer, member).new_owner_id for member in members[:2]}
        self.assertEqual(best, {self.mei, self.yan})

    def test_the_load_limit_then_evenly_beyond(self):
        self.company.vip_owner_max_members = 5
        self._create_members(self.mei, 4)
        members = self._create_members(self.lin, 9)
        for member in members:
            self._buy(member, self._days_ago(5), receiver_id=self.mei.id)
        transfer = self._prepare()
        self.assertEqual(self._shares(transfer), {"Mei": 3, "Yan": 6})
        served = transfer.line_ids.filtered("times_served")
        self.assertEqual(len(served), 1, "only one more fits within the limit")
        full = "All have 5 members or more: dealt out evenly"
        self.assertEqual(transfer.line_ids.mapped("why").count(full), 3)

    def test_existing_before_new_colleagues(self):
        longago = fields.Date.today() - relativedelta(years=3)
        for employee in self.mei + self.lin:
            employee.sudo().contract_date_start = longago
        self.yan.sudo().contract_date_start = self._days_ago(20)
        self.company.vip_owner_max_members = 4
        self._create_members(self.lin, 6)
        self.assertEqual(self._shares(self._prepare()), {"Mei": 4, "Yan": 2})

    def test_the_members_home_store_comes_first(self):
        south = self._create_associate("Nan", self.other_store)
        there = self._create_members(self.lin, 2, vip_store_id=self.other_store.id)
        here = self._create_members(self.lin, 2)
        transfer = self._prepare()
        for member in there:
            self.assertEqual(self._line(transfer, member).new_owner_id, south)
        for member in here:
            self.assertIn(
                self._line(transfer, member).new_owner_id, self.mei + self.yan
            )

    def test_nobody_who_leaves_or_left_is_proposed(self):
        self._create_members(self.lin, 4)
        self.mei.sudo().departure_date = fields.Date.today()
        self.assertEqual(self._shares(self._prepare()), {"Yan": 4})
        self.mei.sudo().departure_date = False
        self._create_members(self.mei, 1)
        self._prepare(self.mei)
        transfer = self._prepare()
        self.assertEqual(self._shares(transfer), {"Yan": 4})

    def test_nearest_first_when_the_store_is_empty(self):
        self._create_members(self.lin, 2)
        steps = [
            ("Mei", "Fewest members in the store"),
            ("Specialist", "The store's specialist: no associate is left"),
            ("Manager", "The store's manager: no associate is left"),
            ("Nan", "From the region: nobody is left in the store"),
            ("Far", "Nobody is left in the store or its region"),
        ]
        people = {"Mei": self.mei, "Manager": self.manager}
        people["Nan"] = self._create_associate("Nan", self.other_store)
        abroad = self._create_store("Abroad", "T9", region_id=False)
        people["Far"] = self._create_associate("Far", abroad)
        people["Specialist"] = self._create_associate("Specialist", abroad)
        self.store.specialist_id = people["Specialist"]
        self.yan.active = False
        for name, why in steps:
            transfer = self._prepare(user=self.head_user)
            self.assertEqual(self._shares(transfer), {name: 2})
            self.assertEqual(set(transfer.line_ids.mapped("why")), {why})
            people[name].active = False
        self.assertEqual(set(transfer.line_ids.new_owner_id), {people["Far"]})

    def test_without_anybody_the_lines_wait_for_a_choice(self):
        self._create_members(self.lin, 1)
        others = self.env["hr.employee"].search([("id", "!=", self.lin.id)])
        others.active = False
        transfer = self._prepare(user=self.head_user)
        self.assertFalse(transfer.line_ids.new_owner_id)

    def test_colleagues_without_login_only_take_over_from_their_like(self):
        self._create_employee("Silent")
        self._create_members(self.lin, 2)
        self.assertEqual(self._shares(self._prepare()), {"Mei": 1, "Yan": 1})
        mute = self._create_employee("Mute")
        self._create_members(mute, 6)
        shares = self._shares(self._prepare(mute))
        self.assertEqual(shares, {"Silent": 2, "Mei": 2, "Yan": 2})

    def test_members_a_colleague_is_about_to_get_count(self):
        self._create_members(self.lin, 4)
        self._create_members(self.yan, 4)
        self._prepare(self.yan)  # Mei is about to get Yan's four
        self.assertEqual(self._shares(self._prepare()), {"Mei": 4})

    def test_the_proposal_takes_as_many_queries_for_many(self):
        counts = []
        for number in (10, 90):
            self._create_members(self.lin, number)
            self.env.flush_all()
            self._prepare().sudo().unlink()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            transfer = self._prepare()
            counts.append(self.env.cr.sql_log_count - before)
            transfer.sudo().unlink()
        self.assertEqual(*counts)
