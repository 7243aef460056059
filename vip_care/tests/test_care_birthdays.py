from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import ValidationError

from .care_common import VipCareRuleCommon

LUNAR = {"vip_birthday_calendar": "lunar"}


def lunar(month, day, leap=False, **vals):
    stated = {"vip_lunar_month": month, "vip_lunar_day": day, "vip_lunar_is_leap": leap}
    return LUNAR | stated | vals


@freeze_time("2026-01-01 04:00:00")
class TestCareBirthdays(VipCareRuleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._create_rule("birthday", offset_days=0, window_days=1)

    def _days(self, first, last, rule=None):
        """Return {member: [days]} on which birthdays are due, asked day by day."""
        found, day = {}, date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            for row in self._due(rule or self.rule, day):
                self.assertEqual((row["date"], row["due"], row["until"]), (day,) * 3)
                found.setdefault(row["partner"], []).append(day.isoformat())
            day += timedelta(1)
        return found

    def test_birthdays_are_kept_as_the_almanac_has_them(self):
        table = (
            (lunar(6, 15, True), ["2024-07-20", "2025-08-08", "2026-07-28"]),
            (lunar(6, 15), ["2024-07-20", "2025-07-09", "2026-07-28"]),
            (lunar(10, 5, True), ["2024-11-05", "2025-11-24", "2026-11-13"]),
            (lunar(12, 30), ["2024-02-09", "2025-01-28", "2026-02-16"]),
            # Twice in 2024 and 2026, not at all in 2025.
            (lunar(11, 20), ["2024-01-01", "2024-12-20", "2026-01-08", "2026-12-28"]),
            (
                {"vip_birthday": "1996-02-29"},
                ["2024-02-29", "2025-02-28", "2026-02-28"],
            ),
            (
                {"vip_birthday": "1990-05-01"},
                ["2024-05-01", "2025-05-01", "2026-05-01"],
            ),
        )
        want = {self._create_member(**vals).id: days for vals, days in table}
        self.assertEqual(self._days("2024-01-01", "2026-12-31"), want)

    def test_a_lunar_birthday_has_the_key_of_its_lunar_year(self):
        self._create_member(**lunar(11, 20))
        self.assertEqual(self._keys(self.rule, "2026-01-08"), ["birthday:L2025"])
        self.assertEqual(self._keys(self.rule, "2026-12-28"), ["birthday:L2026"])
        self.assertEqual(self._keys(self.rule, "2025-06-01", ahead=200), [])

    def test_29_february_is_kept_in_march_where_the_company_says_so(self):
        self.company.vip_leap_birthday = "march"
        member = self._create_member(vip_birthday="1996-02-29")
        self.assertEqual(
            self._days("2027-02-20", "2028-03-10"),
            {member.id: ["2027-03-01", "2028-02-29"]},
        )

    def test_days_that_systems_fill_in_are_no_birthdays(self):
        for day in ("1900-01-01", "1970-01-01", "1899-12-31", "1904-01-01"):
            self._create_member(vip_birthday=day)
        told = self._create_member(
            vip_birthday="1904-01-01", vip_birthday_year_unknown=True
        )
        # Born in 2000 many were.
        born = self._create_member(vip_birthday="2000-01-01")
        stated = self._create_member(
            vip_birthday="1900-01-01", vip_lunar_month=11, vip_lunar_day=13
        )
        # 1 January 2026 is 冬月十三.
        self.assertEqual(
            [row["partner"] for row in self._due(self.rule, "2026-01-01")],
            (told + born + stated).ids,
        )

    def test_a_lunar_day_is_never_guessed(self):
        self._create_member(vip_birthday="1990-05-01", **LUNAR)
        self._create_member(**LUNAR)
        self.assertEqual(self._days("2026-04-01", "2026-05-31"), {})

    def test_who_keeps_the_solar_calendar_is_not_wished_by_the_lunar_one(self):
        vals = lunar(8, 15) | {"vip_birthday": "1990-05-01"}
        member = self._create_member(**vals | {"vip_birthday_calendar": "solar"})
        only_lunar = self._create_member(
            **lunar(8, 15) | {"vip_birthday_calendar": "solar"}
        )
        self.assertEqual(
            self._days("2026-04-01", "2026-10-31"),
            {member.id: ["2026-05-01"], only_lunar.id: ["2026-09-25"]},
        )

    def test_years_beyond_the_tables_disturb_nobody(self):
        old = self._create_member(vip_birthday="1899-05-01")
        member = self._create_member(**lunar(3, 15))
        # 1 May 2026 is 三月十五.
        self.assertEqual(
            [
                (row["partner"], row["key"])
                for row in self._due(self.rule, "2026-05-01")
            ],
            [(old.id, "birthday:2026"), (member.id, "birthday:L2026")],
        )
        self.assertEqual(self._keys(self.rule, "2101-05-01"), ["birthday:2101"])
        self.assertEqual(self._keys(self._create_rule("festival"), "2101-05-01"), [])

    def test_lead_and_window_move_the_days_and_ahead_looks_further(self):
        rule = self._create_rule("birthday", offset_days=-3, window_days=5)
        self._create_member(vip_birthday="1990-05-10")
        days = [f"2026-05-{day:02}" for day in range(1, 15)]
        due = [day for day in days if self._due(rule, day)]
        self.assertEqual(due, days[6:11])
        [row] = self._due(rule, "2026-04-08", ahead=30)
        self.assertEqual(
            [str(row[name]) for name in ("date", "due", "until")],
            ["2026-05-10", "2026-05-07", "2026-05-11"],
        )
        self.assertEqual(self._due(rule, "2026-04-06", ahead=30), [])

    def test_a_message_is_never_late(self):
        self._create_member(vip_birthday="1990-05-10")
        rule = self._create_rule(
            "birthday",
            channel="message",
            text_kind="birthday",
            offset_days=-2,
            window_days=3,
        )
        self.assertEqual(len(self._due(rule, "2026-05-10")), 1)
        self.assertEqual(self._due(rule, "2026-05-11"), [])
        with self.assertRaises(ValidationError):
            rule.window_days = 4

    def test_only_members_of_the_scope_are_found(self):
        vals = {"vip_birthday": "1990-05-01"}
        here = self._create_member(**vals)
        there = self._create_member(vip_store_id=self.other_store.id, **vals)
        nowhere = self._create_member(vip_store_id=False, **vals)
        self._create_member(active=False, **vals)
        self.env["res.partner"].create({"name": "No member", **vals})
        due = self._due(self.rule, "2026-05-01", stores=self.store)
        self.assertEqual([row["partner"] for row in due], (here + nowhere).ids)
        due = self._due(self.rule, "2026-05-01")
        self.assertEqual([row["partner"] for row in due], (here + there + nowhere).ids)

    def test_special_days_come_back_each_year_after_the_first(self):
        rule = self._create_rule("special_day")
        days = self.env["vip.special.day"].create(
            [
                {"name": name, "partner_id": self._create_member().id} | vals
                for name, vals in {
                    "Wedding": {"month": 5, "day": 10, "year": 2016},
                    "First meeting": {"month": 2, "day": 29},
                    "Move": {"month": 5, "day": 10, "year": 2026},
                    "Temple fair": {"calendar": "lunar", "month": 3, "day": 30},
                }.items()
            ]
        )
        wedding, meeting, move, fair = days.ids
        self.assertEqual(self._keys(rule, "2026-02-28"), [f"special:{meeting}:2026"])
        self.assertEqual(self._keys(rule, "2026-05-10"), [f"special:{wedding}:2026"])
        self.assertEqual(
            self._keys(rule, "2027-05-10"),
            [f"special:{wedding}:2027", f"special:{move}:2027"],
        )
        # 三月 has 29 days in 2026: it is kept on the last.
        [row] = self._due(rule, "2026-05-16")
        self.assertEqual(row["key"], f"special:{fair}:L2026")
        self.assertEqual(row["facts"]["name"], "Temple fair")

    def test_birthdays_of_the_family_are_told_to_the_members_owner(self):
        rule = self._create_rule("family_birthday")
        member = self._create_member()
        relations = self.env["vip.relation"].create(
            [
                {"partner_id": member.id, "kind": "child", "name": "Bao"} | vals
                for vals in (
                    {"birthday_month": 5, "birthday_day": 10},
                    {
                        "birthday_calendar": "lunar",
                        "birthday_month": 8,
                        "birthday_day": 15,
                    },
                    {},
                )
            ]
        )
        [row] = self._due(rule, "2026-05-10")
        self.assertEqual(row["partner"], member.id)
        self.assertEqual(row["key"], f"family:{relations[0].id}:2026")
        self.assertEqual((row["facts"]["name"], row["facts"]["kind"]), ("Bao", "child"))
        self.assertEqual(
            self._keys(rule, "2026-09-25"), [f"family:{relations[1].id}:L2026"]
        )
