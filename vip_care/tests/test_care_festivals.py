from datetime import date, timedelta

from odoo.exceptions import UserError, ValidationError

from odoo.addons.vip_care.tools.occasion_list import OCCASIONS
from odoo.addons.vip_care.tools.occasions import falling

from .care_common import VipCareRuleCommon


class TestCareFestivals(VipCareRuleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.occasions = cls.env["vip.occasion"]
        cls.rule = cls._create_rule("festival")
        cls.member = cls._create_member()
        cls.taipei = cls._create_store(
            "Taipei", "TP", country_id=cls.env.ref("base.tw").id, tz="Asia/Taipei"
        )
        cls.taiwanese = cls._create_member(
            vip_store_id=cls.taipei.id, phone="0912345678"
        )

    def _occasion(self, key):
        return self.env.ref(f"vip_care.vip_occasion_{key}")

    def _keys_of(self, member, day, rule=None):
        rows = self._due(rule or self.rule, day, stores=self.store + self.taipei)
        return [row["key"] for row in rows if row["partner"] == member.id]

    def test_the_country_of_the_store_decides(self):
        self.assertEqual(
            self._keys_of(self.member, "2026-06-21"),
            ["festival:fathers_day:2026-06-21"],
        )
        self.assertEqual(self._keys_of(self.taiwanese, "2026-06-21"), [])
        self.assertEqual(
            self._keys_of(self.taiwanese, "2027-08-08"),
            ["festival:fathers_day_tw:2027-08-08", "festival:qixi:2027-08-08"],
        )
        self.assertEqual(
            self._keys_of(self.member, "2027-08-08"), ["festival:qixi:2027-08-08"]
        )
        nowhere = self._create_member(vip_store_id=False)
        self.assertEqual(
            self._keys_of(nowhere, "2026-06-21"), ["festival:fathers_day:2026-06-21"]
        )
        self.company.country_id = self.env.ref("base.tw")
        self.assertEqual(self._keys_of(nowhere, "2026-06-21"), [])

    def test_festivals_of_2026_to_2028_as_the_almanac_has_them(self):
        keys = "spring_festival lantern_festival dragon_boat mid_autumn double_ninth"
        table = {
            2026: "02-17 03-03 06-19 09-25 10-18",
            2027: "02-06 02-20 06-09 09-15 10-08",
            2028: "01-26 02-09 05-28 10-03 10-26",
        }
        for year, days in table.items():
            for key, day in zip(keys.split(), days.split(), strict=True):
                day = f"{year}-{day}"
                self.assertIn(f"festival:{key}:{day}", self._keys_of(self.member, day))
        # 闰五月初五 is no second Dragon Boat Festival.
        self.assertEqual(self._keys_of(self.member, "2028-06-27"), [])

    def test_solemn_days_are_never_wished_and_known_to_all(self):
        rule = self._create_rule(
            "festival", occasion_ids=self._occasion("qingming").ids
        )
        self.assertEqual(self._keys_of(self.member, "2026-04-05"), [])
        self.assertEqual(self._keys_of(self.member, "2026-04-05", rule), [])
        solemn = self.occasions._solemn_days(
            self.china, date(2026, 1, 1), date(2026, 12, 31)
        )
        self.assertEqual(
            {f"{day:%m%d}" for day in solemn}, {"0405", "0827", "0918", "1109", "1213"}
        )
        self._occasion("qingming").off_store_ids = self.store
        april = date(2026, 4, 5)
        self.assertFalse(
            self.occasions._solemn_days("CN", april, april, store=self.store)
        )
        self.assertTrue(
            self.occasions._solemn_days("CN", april, april, store=self.other_store)
        )

    def test_shopping_days_are_wished_only_where_a_rule_names_them(self):
        self.assertEqual(self._keys_of(self.member, "2026-11-11"), [])
        rule = self._create_rule(
            "festival", occasion_ids=self._occasion("double_eleven").ids
        )
        self.assertEqual(
            self._keys_of(self.member, "2026-11-11", rule),
            ["festival:double_eleven:2026-11-11"],
        )
        self.assertEqual(self._keys_of(self.member, "2026-09-25", rule), [])

    def test_a_store_and_the_head_office_switch_a_day_off(self):
        day, key = "2026-12-25", "festival:christmas:2026-12-25"
        self.assertEqual(self._keys_of(self.member, day), [key])
        self._occasion("christmas").off_store_ids = self.store
        self.assertEqual(self._keys_of(self.member, day), [])
        self.assertEqual(self._keys_of(self.taiwanese, day), [key])
        self._occasion("christmas").active = False
        self.assertEqual(self._keys_of(self.taiwanese, day), [])

    def test_it_is_wished_before_the_day_and_never_after(self):
        rule = self._create_rule(
            "festival",
            channel="message",
            text_kind="greeting",
            offset_days=-2,
            window_days=3,
            occasion_ids=self._occasion("mid_autumn").ids,
        )
        [row] = self._due(rule, "2026-09-23")
        self.assertEqual([row["due"].day, row["until"].day], [23, 25])
        self.assertEqual(self._due(rule, "2026-09-26"), [])
        with self.assertRaises(ValidationError):
            rule.window_days = 9
        rule.write({"channel": "call", "window_days": 9})
        self.assertEqual(self._due(rule, "2026-09-26")[0]["until"].day, 1)
        ahead = self._due(rule, "2026-08-24", ahead=30)
        self.assertEqual([row["date"] for row in ahead], [date(2026, 9, 25)])
        self.assertIsNone(rule._query_candidates(self._scope(date(2026, 8, 1))))

    def test_seasons_change_with_the_solar_terms(self):
        rule = self._create_rule("season")
        keys = {
            "2026-02-04": "lichun",
            "2026-05-05": "lixia",
            "2026-08-07": "liqiu",
            "2026-11-07": "lidong",
            "2026-12-22": "dongzhi",
        }
        for day, key in keys.items():
            self.assertEqual(
                self._keys_of(self.member, day, rule), [f"season:{key}:{day}"]
            )
        self.assertEqual(self._keys_of(self.member, "2026-04-05", rule), [])
        rule.occasion_ids = self._occasion("lidong")
        self.assertEqual(self._keys_of(self.member, "2026-08-07", rule), [])

    def test_who_is_meant_is_known(self):
        audiences = {
            key: self._occasion(key).audience
            for key in ("mothers_day", "fathers_day_tw", "womens_day", "teachers_day")
        }
        self.assertEqual(
            list(audiences.values()), ["mothers", "fathers", "women", "teachers"]
        )

    def test_an_own_occasion_is_found_from_the_next_question_on(self):
        self.assertEqual(self._keys_of(self.member, "2026-04-18"), [])
        founding = self.occasions.create(
            {"name": "Founding day", "key": "founding", "month": 4, "day": 18}
        )
        want = ["festival:founding:2026-04-18"]
        self.assertEqual(self._keys_of(self.member, "2026-04-18"), want)
        founding.day = 19
        self.assertEqual(self._keys_of(self.member, "2026-04-18"), [])
        founding.unlink()
        self.assertEqual(self._keys_of(self.member, "2026-04-19"), [])

    def test_impossible_occasions_are_refused(self):
        bad = (
            {"rule_kind": "lunar", "month": 13, "day": 1},
            {"rule_kind": "solar", "month": 2, "day": 30},
            {"rule_kind": "weekday", "month": 5, "weekday": 7, "nth": 1},
            {"rule_kind": "weekday", "month": 5, "weekday": 1, "nth": 5},
            {"rule_kind": "term", "term": 24},
            {"rule_kind": "easter", "offset": 90},
            {"rule_kind": "solar", "month": 5, "day": 1, "offset": 40},
            {"rule_kind": "none"},
            {"rule_kind": "solar", "month": 5, "day": 1, "kind": "weather"},
            {"rule_kind": "solar", "month": 5, "day": 1, "key": "Own Day"},
        )
        for vals in bad:
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self.occasions.create({"name": "Own", "key": "own_day"} | vals)

    def test_ready_made_occasions_stay_what_they_are(self):
        qixi = self._occasion("qixi")
        with self.assertRaises(UserError):
            qixi.key = "other"
        with self.assertRaises(UserError):
            qixi.unlink()
        qixi.write({"name": "Lovers' Festival", "active": False})
        count = self.occasions.with_context(active_test=False).search_count([])
        self.occasions._load_ready_made()
        self.assertEqual(
            self.occasions.with_context(active_test=False).search_count([]), count
        )
        self.assertEqual((qixi.name, qixi.active), ("Lovers' Festival", False))

    def test_the_next_day_of_each_is_shown(self):
        days = self.occasions.search([("rule_kind", "!=", "none")])
        self.assertTrue(all(days.mapped("next_date")))
        weather = self.occasions.search([("kind", "=", "weather")])
        self.assertEqual(len(weather), 7)
        self.assertFalse(any(weather.mapped("next_date")))

    def test_stored_occasions_fall_as_the_list_does(self):
        for country in ("CN", "TW", "HK", "MO", "US", "FR"):
            first = date(2026, 1, 1)
            last = first + timedelta(4 * 365)
            self.assertEqual(
                [
                    (day, occasion.key)
                    for day, occasion in self.occasions._falling(country, first, last)
                ],
                [
                    (day, occasion.key)
                    for day, occasion in falling(OCCASIONS, country, first, last)
                ],
            )
