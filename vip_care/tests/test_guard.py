from datetime import datetime, timedelta

from odoo.tests import tagged

from .plan_common import DAY, VipPlanCommon

NOON = datetime(2026, 6, 15, 4)  # in Shanghai


@tagged("post_install", "-at_install")
class TestGuard(VipPlanCommon):
    """Each guard, as the planner meets it and at the moment of contact."""

    def _check(self, expected, member=None, day=DAY, **vals):
        """A one-day contact is skipped by this guard; an open one is held back."""
        member = member or self.mei
        rule = self._rule(**vals.pop("rule", {}))
        self._want(rule, member, due=day, key=f"{rule.id}", **vals)
        with self.env.cr.savepoint() as attempt:
            self._plan(day)
            fate = self._fate(rule, member)
            attempt.rollback()
        self.env.invalidate_all()
        planned = ("planned", False, day, day)
        wanted = ("skipped", expected, day, day) if expected else planned
        self.assertEqual(fate, None if expected == "audience" else wanted)
        self.wanted.clear()
        rule.active = False

    def _open_task(self, member=None, **vals):
        member = member or self.mei
        rule = self._rule(
            **{k: vals.pop(k) for k in ("trigger", "channel") if k in vals}
        )
        values = {
            "partner_id": member.id,
            "rule_id": rule.id,
            "occasion_key": f"open:{rule.id}",
            "company_id": self.company.id,
            "store_id": self.store.id,
            "owner_id": self.lin.id,
            "trigger": rule.trigger,
            "channel": rule.channel,
            "purpose": "care",
            "tone": "neutral",
            "priority": 50,
            "cap_days": 7,
            "due_date": DAY,
            "until": DAY + timedelta(days=3),
        }
        return self.env["vip.care.task"].create(values | vals)

    def _blocked(self, task, now=NOON):
        return self.env["vip.care.guard"]._blocked(task, now).get(task.id)

    def test_what_she_agreed_to(self):
        call = {"channel": "call", "purpose": "care"}
        message = {"channel": "message", "purpose": "care"}
        marketing = {"channel": "call", "purpose": "marketing"}
        visit = {"channel": "visit", "purpose": "care"}
        silent = self._create_member()
        self._check(None, silent, rule=call)
        self._check("consent", silent, rule=message)
        self._check(None, rule=message)
        self._check("consent", rule=message | {"purpose": "marketing"})
        self._check(None, rule=marketing)
        self._agree(self.mei, False, ["care"], "sms")
        self._check("refused", rule=message)
        self._check(None, rule=call)
        self._agree(self.mei, False, ["care"], "phone")
        self._check("refused", rule=call)
        self._check(None, rule=visit)
        self._check(None, rule=marketing)
        self._agree(self.mei, False, ["service"])
        self._check("refused", rule=visit)
        self._check("refused", rule=marketing)
        self._agree(self.mei)
        for rule in (call, message, visit, marketing):
            self._check(None, rule=rule)

    def test_what_she_wishes_and_what_is_known(self):
        service = {"purpose": "service"}
        self.mei.vip_preferred_channel = "none"
        self._check("no_contact")
        self._check(None, rule=service)
        self.mei.vip_preferred_channel = "call"
        self.mei.phone = False
        self._check("unreachable")
        self._check("unreachable", rule={"channel": "message"})
        self._check(None, rule={"channel": "visit"})

    def test_an_open_complaint_stops_all_but_service(self):
        complaint = self.env["vip.feedback"].create(
            {
                "partner_id": self.mei.id,
                "description": "A seam opened.",
                "company_id": self.company.id,
            }
        )
        self._check("complaint")
        self._check("complaint", rule={"channel": "gift"})
        thanks = {"purpose": "service", "text_kind": "thanks"}
        rule = self._rule(**thanks)
        self._want(rule, self.mei)
        self._plan()
        self.assertEqual(self._tasks().tone, "neutral")
        self._tasks().unlink()
        self.wanted.clear()
        complaint.state = "closed"
        self._check(None)

    def test_mourning_and_solemn_days(self):
        birthday = {"trigger": "birthday", "channel": "message"}
        for guard in ("mourning", "solemn"):
            if guard == "mourning":
                self.mei.vip_mourning_until = DAY
            else:
                self.mei.vip_mourning_until = DAY - timedelta(days=1)
                self.solemn.add(DAY)
            for trigger in ("festival", "season", "activity", "arrivals"):
                self._check(guard, rule={"trigger": trigger})
            self._check(None, rule=birthday)
            rule, member = self._rule(**birthday), self.mei
            self._want(rule, member)
            self._plan()
            self.assertEqual(self._tasks().tone, "neutral")
            self._tasks().unlink()
            self.wanted.clear()
            cheerful = self._open_task(tone="cheerful")
            self.assertEqual(self._blocked(cheerful), guard)
            cheerful.unlink()
        self.solemn.clear()
        self._check(None, rule={"trigger": "festival"})

    def test_days_meant_for_some_only(self):
        def person(**vals):
            child = vals.pop("child", False)
            member = self._create_member(**vals)
            if child:
                self.env["vip.relation"].create(
                    {"partner_id": member.id, "name": "Bao", "kind": "child"}
                )
            return member

        mother = person(vip_gender="female", child=True)
        father = person(vip_gender="male", child=True, vip_work="英语老师")
        woman = person(vip_gender="female", vip_work="Teacher of maths")
        unknown = person()
        unknown_parent = person(child=True)
        meant = {
            "all": [mother, father, woman, unknown, unknown_parent],
            "women": [mother, woman],
            "mothers": [mother],
            "fathers": [father],
            "parents": [mother, father, unknown_parent],
            "teachers": [father, woman],
        }
        for audience, members in meant.items():
            occasion = self.env["vip.occasion"].create(
                {
                    "name": audience,
                    "key": f"t_{audience}",
                    "audience": audience,
                    "month": 1,
                    "day": 1,
                }
            )
            for member in meant["all"]:
                with self.subTest(audience=audience):
                    self._check(
                        None if member in members else "audience",
                        member,
                        occasion=occasion,
                        rule={"trigger": "festival"},
                    )

    def test_a_birthday_is_not_kept_twice_by_two_calendars(self):
        """Neither within half a year nor within the year."""
        birthday = {"trigger": "birthday", "cap_days": 0}
        task = self._open_task(
            trigger="birthday", cap_days=0, event_date=DAY, occasion_key="birthday:2026"
        )
        task.write({"state": "done", "done_date": DAY})
        for days, expected in ((20, "repeat"), (199, "repeat"), (200, None)):
            self._check(expected, day=DAY + timedelta(days=days), rule=birthday)
        self._check(None, day=DAY + timedelta(days=20), rule={"trigger": "season"})

    def test_days_and_hours_she_prefers(self):
        saturday = DAY + timedelta(days=5)
        self.mei.write({"vip_preferred_days": "weekend"})
        rule = self._rule()
        self._want(rule, self.mei, days=7)
        self._plan()
        self.assertFalse(self._tasks())
        self._plan(saturday)
        self.assertEqual(self._fate(rule), self._planned(2, saturday))
        self._check(None, self._create_member(vip_preferred_days="weekend"))
        self.mei.write(
            {"vip_preferred_days": "weekday", "vip_preferred_hours": "evening"}
        )
        task, evening = self._tasks(), datetime(2026, 6, 20, 10)
        self.assertEqual(self._blocked(task, evening), "days")
        self.mei.vip_preferred_days = "any"
        self.assertFalse(self._blocked(task, evening))
        self.assertEqual(self._blocked(task, evening - timedelta(hours=1)), "hours")
        task.channel = "visit"
        self.assertFalse(self._blocked(task, evening - timedelta(hours=1)))

    def test_the_moment_of_contact(self):
        task = self._open_task()
        self.assertFalse(self._blocked(task))
        self.assertEqual(self._blocked(task, NOON + timedelta(hours=10)), "hours")
        self.assertEqual(self._blocked(task, NOON + timedelta(days=4)), "late")
        wordless = self._open_task(
            self._create_member(), channel="message", text_kind="greeting"
        )
        self._agree(wordless.partner_id)
        self.assertEqual(self._blocked(wordless), "no_text")
        self._set_column(wordless, "body", "Words")
        self.assertFalse(self._blocked(wordless))
        better = self._open_task(priority=60, due_date=DAY + timedelta(days=6))
        better.until = better.due_date
        self.assertEqual(self._blocked(task), "outranked")
        better.cap_days = task.cap_days = 6
        self.assertFalse(self._blocked(task))
        better.write({"state": "done", "done_date": DAY - timedelta(days=5)})
        self.assertEqual(self._blocked(task), "cap")
        self.assertFalse(self._blocked(task, NOON + timedelta(days=1)))

    def test_every_guard_has_its_sentence(self):
        guard = self.env["vip.care.guard"]
        task = self._open_task()
        codes = dict(self.env["vip.care.task"]._fields["guard"].selection)
        sentences = {guard._sentence(code, task) for code in codes}
        self.assertEqual(len(sentences), len(codes))
        self.assertNotIn("", sentences)
        for code in codes:
            self.assertTrue(guard._sentence(code))
