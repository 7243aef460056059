from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError

from .care_task_common import NOW, CareTaskCommon


@freeze_time(NOW)
class TestCareToday(CareTaskCommon):
    """What stands on the screen of each, and what it costs."""

    def _read(self, user, filters=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["vip.care.today"].with_user(user).get_data(filters)

    def _names(self, cards):
        return [card["name"] for card in cards]

    def test_late_ones_and_last_days_come_first_then_what_matters(self):
        names = {}
        for name, due, until, priority in (
            ("later", "2026-06-16", "2026-06-20", 99),
            ("minor", "2026-06-15", "2026-06-20", 10),
            ("major", "2026-06-15", "2026-06-20", 90),
            ("late", "2026-06-14", "2026-06-20", 20),
            ("last", "2026-06-15", "2026-06-15", 30),
            ("gone", "2026-06-10", "2026-06-14", 99),
        ):
            member = self._create_member(name, vip_owner_id=self.lin.employee_id.id)
            names[name] = self._plan(member, due, until, priority=priority)
        data = self._read(self.lin)
        self.assertEqual(self._names(data["tasks"]), ["last", "late", "major", "minor"])
        self.assertEqual(data["counts"], {"todo": 4, "overdue": 1, "done": 0})
        self.assertEqual((data["today"], data["store"]), ("2026-06-15", "North Gate"))

    def test_done_and_skipped_today_can_be_taken_back(self):
        done, skipped = self._plan(self.mine), self._plan(self.mine)
        old = self._plan(self.mine)
        done.with_user(self.lin).action_done("reached")
        skipped.with_user(self.lin).action_skip("met")
        old.write({"state": "done", "done_date": "2026-06-14"})
        data = self._read(self.lin)
        self.assertEqual(data["counts"], {"todo": 0, "overdue": 0, "done": 1})
        self.assertEqual(
            {card["outcome"] for card in data["over"]}, {"Reached", "Met in the store"}
        )
        self.assertTrue(all(card["can_reopen"] for card in data["over"]))

    def test_a_card_warns(self):
        self.mine.write(
            {
                "vip_mourning_until": "2026-06-15",
                "vip_preferred_channel": "message",
                "vip_preferred_hours": "evening",
                "vip_preferred_days": "any",
            }
        )
        self._complain(self.mine)
        self._plan(self.mine, text_kind="greeting", channel="message")
        [card] = self._read(self.lin)["tasks"]
        self.assertEqual(card["hints"], ["Message", "Evening"])
        self.assertTrue(card["is_mourning"] and card["has_complaint"])
        self.assertTrue(card["is_wordless"])
        self.assertEqual(card["why"], "Her call of the month.")

    def _complain(self, member, **vals):
        return self.env["vip.feedback"].create(
            {
                "partner_id": member.id,
                "company_id": member.vip_company_id.id,
                "store_id": member.vip_store_id.id,
                "owner_id": member.vip_owner_id.id,
                "description": "SECRET",
                "date": "2026-06-13 01:00:00",
            }
            | vals
        )

    def test_open_voices_stand_on_top_without_what_was_said(self):
        late = self._complain(self.mine)
        self._complain(self.mine, kind="inquiry")
        self._complain(self.mine, state="closed")
        self._complain(self.hers)
        data = self._read(self.lin)
        self.assertEqual(
            [(voice["kind"], voice["is_late"]) for voice in data["feedback"]],
            [("Complaint", True), ("Inquiry", False)],
        )
        self.assertEqual(data["feedback"][0]["id"], late.id)
        self.assertNotIn("SECRET", repr(data))

    def test_everybody_sees_what_she_may(self):
        for member in (self.mine, self.hers, self.away):
            self._plan(member)
        mei = {"owner_id": self.mei.employee_id.id}
        far = {"owner_id": self.far.employee_id.id}
        for user, filters, count in (
            (self.lin, None, 1),
            (self.lin, mei, 0),
            (self.boss, None, 0),
            (self.boss, mei, 1),
            (self.boss, far, 0),
            (self.gu, far, 1),
            (self.he, far, 1),
            (self.he, {"store_id": self.store.id}, 2),
        ):
            with self.subTest(user=user.login, filters=filters):
                data = self._read(user, filters)
                self.assertEqual(len(data["tasks"]), count)
                self.assertEqual(data["counts"]["todo"], count)

    def test_who_has_no_role_is_refused(self):
        task = self._plan(self.mine)
        today = self.env["vip.care.today"]
        for user in (self.till, self.clerk, self.auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                today.with_user(user).get_data()
            with self.assertRaises(AccessError):
                today.with_user(user).get_task(task.id)
            with self.assertRaises(AccessError):
                today.with_user(user).get_team()
        with self.assertRaises(AccessError):
            today.with_user(self.lin).get_team()

    def test_junk_finds_nothing_and_breaks_nothing(self):
        self._plan(self.mine)
        for filters in ([], "x", 7, True, {"owner_id": "x"}, {"store_id": [1]}):
            with self.subTest(filters=filters):
                data = self._read(self.boss, filters)
                self.assertEqual(data["tasks"], [])
        today = self.env["vip.care.today"].with_user(self.lin)
        for junk in (None, True, "1", [], {}, -1, 2**40, 2**31 - 1):
            with self.subTest(junk=junk), self.assertRaisesRegex(UserError, "gone"):
                today.get_task(junk)

    def test_each_store_has_its_own_day(self):
        tokyo = self._create_store("Ginza", "JP1", tz="Asia/Tokyo")
        member = self._create_member(
            vip_store_id=tokyo.id, vip_owner_id=self.lin.employee_id.id
        )
        for home in (self.mine, member):
            self._plan(home, "2026-06-16", "2026-06-16")
        with freeze_time("2026-06-15 15:30:00"):
            data = self._read(self.lin)
        self.assertEqual([c["partner_id"] for c in data["tasks"]], [member.id])
        with freeze_time("2026-06-15 16:30:00"):
            self.assertEqual(len(self._read(self.lin)["tasks"]), 2)

    def test_what_fifty_cost_one_costs(self):
        costs = []
        for count in (1, 49):
            for index in range(count):
                member = self._create_member(
                    f"M{index}", vip_owner_id=self.lin.employee_id.id
                )
                # No digits: 618 is a day of sales.
                name = "".join(chr(ord("a") + int(one)) for one in str(member.id))
                body = self._words(f"Good evening, Ms {name}.", member)
                self._plan(member, text_kind="greeting", body=body)
            self._read(self.lin)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            data = self.env["vip.care.today"].with_user(self.lin).get_data()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(data["tasks"]), 50)
        self.assertEqual(costs[0], costs[1])
        self.assertLessEqual(costs[1], 30)


@freeze_time(NOW)
class TestCareTodayTask(CareTaskCommon):
    """One contact, opened."""

    def _open(self, task, user=None):
        self.env.flush_all()
        today = self.env["vip.care.today"].with_user(user or self.lin)
        return today.get_task(task.id)

    def test_it_tells_what_helps(self):
        for days, note in ((40, "Old"), (30, "A"), (20, "B"), (10, "C")):
            self._plan(self.mine).write(
                {
                    "state": "done",
                    "outcome": "reached",
                    "done_date": fields.Date.to_date("2026-06-15")
                    - timedelta(days=days),
                    "note": note,
                }
            )
        self._buy(self.mine, "2026-06-01", 480)
        self._buy(self.mine, "2026-06-10", -480)
        told = self._open(self._plan(self.mine))
        self.assertEqual([c["note"] for c in told["contacts"]], ["C", "B", "A"])
        self.assertEqual(told["guide"], "Ask how the coat wears.")
        self.assertEqual(told["purchase"]["amount"], 480)
        self.assertEqual(len(told["questions"]), 3)
        self.assertNotIn("phone", [q["key"] for q in told["questions"]])
        self.assertNotIn(self.mine.vip_phone_key[3:], repr(told))

    def test_what_is_not_there_is_told_as_nothing(self):
        told = self._open(self._plan(self.mine))
        self.assertIs(told["event"], False)
        self.assertIs(told["purchase"], False)
        self.assertEqual((told["contacts"], told["note"]), ([], ""))

    def test_opening_counts_her_as_read(self):
        task = self._plan(self.mine)
        self._open(task, self.boss)
        views = (
            self.env["vip.access.view"].sudo().search([("user_id", "=", self.boss.id)])
        )
        self.assertEqual(views.partner_id, self.mine)

    def test_a_colleagues_contact_stays_closed(self):
        task = self._plan(self.hers)
        with self.assertRaises(AccessError):
            self._open(task)
        self.assertEqual(self._open(task, self.mei)["id"], task.id)

    def test_new_arrivals_come_with_what_fits(self):
        task = self._plan(self.mine, trigger="arrivals")
        picks = [{"product_tmpl_id": 1, "name": "Coat"}]
        with patch.object(
            self.registry["vip.care.task"], "_pick_list", return_value=picks
        ):
            self.assertEqual(self._open(task)["picks"], picks)
            self.assertEqual(self._open(self._plan(self.mine))["picks"], [])


@freeze_time(NOW)
class TestCareTeam(CareTaskCommon):
    """The manager's glance."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        nobodys = cls._create_member("赵敏")
        cls._plan(cls.mine)
        cls._plan(cls.mine, "2026-06-14", "2026-06-20", text_kind="greeting")
        cls._plan(cls.mine, "2026-06-22", "2026-06-22")
        cls._plan(cls.mine, "2026-06-23", "2026-06-23")
        cls._plan(cls.hers).with_user(cls.mei).action_done("reached")
        cls._plan(nobodys, owner_id=False)
        cls._plan(cls.away)

    def _team(self, user, filters=None):
        self.env.flush_all()
        return self.env["vip.care.today"].with_user(user).get_team(filters)

    def test_a_store_manager_sees_her_associates(self):
        team = self._team(self.boss)
        self.assertEqual((team["store"], team["is_single"]), ("North Gate", True))
        rows = {row["id"]: row for row in team["rows"]}
        lin = rows[self.lin.employee_id.id]
        self.assertEqual(
            [lin[name] for name in ("planned", "overdue", "done", "wordless", "week")],
            [2, 1, 0, 1, 1],
        )
        self.assertEqual(rows[self.mei.employee_id.id]["done"], 1)
        self.assertEqual(team["rows"][0]["id"], False)
        self.assertEqual(rows[False]["planned"], 1)
        self.assertEqual(team["total"]["planned"], 3)

    def test_regions_and_head_office_see_stores_first(self):
        for user in (self.gu, self.he):
            with self.subTest(user=user.login):
                team = self._team(user)
                rows = {row["id"]: row["planned"] for row in team["rows"]}
                self.assertEqual(rows[self.store.id], 3)
                self.assertEqual(rows[self.other_store.id], 1)
                inside = self._team(user, {"store_id": self.other_store.id})
                self.assertEqual(
                    [row["id"] for row in inside["rows"]], [self.far.employee_id.id]
                )

    def test_a_manager_sees_nothing_of_other_stores(self):
        inside = self._team(self.boss, {"store_id": self.other_store.id})
        self.assertEqual(inside["rows"], [])

    def test_the_numbers_are_the_lists(self):
        for row in self._team(self.boss)["rows"]:
            filters = {"owner_id": row["id"] or 0, "store_id": self.store.id}
            data = self.env["vip.care.today"].with_user(self.boss).get_data(filters)
            with self.subTest(row=row["name"]):
                self.assertEqual(data["counts"]["todo"], row["planned"])
                self.assertEqual(data["counts"]["overdue"], row["overdue"])
                self.assertEqual(data["counts"]["done"], row["done"])
