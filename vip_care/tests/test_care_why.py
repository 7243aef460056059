from freezegun import freeze_time

from .care_common import VipCareRuleCommon


@freeze_time("2026-09-23 18:00:00")  # the 24th in the store, in UTC the 23rd
class TestCareWhy(VipCareRuleCommon):
    """Each contact of the calendar says why in one sentence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._create_member()
        cls.rule = cls._create_rule("birthday")

    def _task(self, trigger, day, **vals):
        return self.env["vip.care.task"].create(
            {
                "partner_id": self.member.id,
                "rule_id": self.rule.id,
                "occasion_key": f"{trigger}:{day}:{vals}",
                "trigger": trigger,
                "event_date": day,
                "company_id": self.company.id,
                "store_id": self.store.id,
                "channel": "call",
                "purpose": "care",
                "due_date": "2026-09-24",
                "until": "2026-09-30",
            }
            | vals
        )

    def test_the_day_is_told_from_the_stores_today(self):
        solar = {"calendar": "solar", "month": 9, "day": 25, "leap": False}
        for day, why in {
            "2026-09-22": "Her birthday was on September 22.",
            "2026-09-24": "Her birthday is today.",
            "2026-09-25": "Her birthday is tomorrow.",
            "2026-10-03": "Her birthday is on October 3.",
        }.items():
            self.assertEqual(self._task("birthday", day, facts=solar).why, why)

    def test_a_lunar_day_is_told_as_stated(self):
        lunar = {"calendar": "lunar", "month": 8, "day": 15, "leap": False}
        self.assertEqual(
            self._task("birthday", "2026-09-25", facts=lunar).why,
            "Her birthday is tomorrow. By the lunar calendar: month 8, day 15.",
        )
        self.assertEqual(
            self._task("birthday", "2026-09-24", facts=lunar | {"leap": True}).why,
            "Her birthday is today. By the lunar calendar: leap month 8, day 15.",
        )

    def test_special_days_and_the_familys_birthdays_are_named(self):
        wedding = {"name": "Wedding", "since": 2016, "calendar": "solar"}
        self.assertEqual(
            self._task("special_day", "2026-09-25", facts=wedding).why,
            "Wedding is tomorrow. Since 2016.",
        )
        bao = {"name": "Bao", "kind": "child", "calendar": "solar"}
        self.assertEqual(
            self._task("family_birthday", "2026-09-30", facts=bao).why,
            "Bao (Child) has a birthday on September 30.",
        )

    def test_festivals_and_seasons_are_named(self):
        festival = self.env.ref("vip_care.vip_occasion_mid_autumn")
        task = self._task("festival", "2026-09-25", occasion_id=festival.id)
        self.assertEqual(task.why, "Mid-Autumn Festival is tomorrow.")
        season = self.env.ref("vip_care.vip_occasion_qiufen")
        task = self._task("season", "2026-09-23", occasion_id=season.id)
        self.assertEqual(task.why, "Autumn Equinox began on September 23.")

    def test_what_was_given_out_is_named(self):
        events = self.env["vip.care.event"].create(
            [
                {"name": name, "kind": kind, "store_ids": [(6, 0, self.store.ids)]}
                for kind, name in (
                    ("weather", "10 degrees less"),
                    ("activity", "Tea"),
                    ("arrivals", "Autumn coats"),
                )
            ]
        )
        cold = self.env.ref("vip_care.vip_occasion_weather_cold")
        weather, activity, arrivals = (
            self._task(
                event.kind,
                "2026-09-24",
                event_id=event.id,
                occasion_id=event.kind == "weather" and cold.id,
                facts={"count": 3},
            )
            for event in events
        )
        self.assertEqual(weather.why, "Cold wave at North Gate: 10 degrees less.")
        self.assertEqual(
            activity.why, "Her store invites: Tea. Ask her until September 30."
        )
        self.assertEqual(arrivals.why, "New arrivals fit her: Autumn coats, 3 of them.")

    def test_days_are_said_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        task = self._task("birthday", "2026-10-03", facts={"calendar": "solar"})
        self.assertIn("10月3日", task.with_context(lang="zh_CN").why)
