from datetime import date

from odoo.tests import tagged

from .text_common import VipTextCommon

DAY = date(2026, 3, 5)
QUERIES = 10


@tagged("post_install", "-at_install")
class TestTextChoice(VipTextCommon):
    def test_words_are_filled_in_for_the_member(self):
        self._text("Dear {honorific} {name}, a gentle birthday to you.")
        task = self._task(self._friend())
        self.assertFalse(self._give(task))
        self.assertEqual(
            task.body,
            "Dear Ms Mei Chan, a gentle birthday to you. North Gate Store Lin Yue",
        )
        self.assertTrue(task.text_id and task.body_digest)

    def test_a_salutation_she_likes_stands_alone(self):
        self._text("Dear {honorific} {name}, a gentle birthday to you.")
        task = self._task(self._friend(vip_salutation="Aunt May"))
        self._give(task)
        self.assertTrue(task.body.startswith("Dear Aunt May, a gentle"))

    def test_without_an_owner_the_specialist_signs_then_the_team(self):
        self._text("{name}{honorific}，生日快乐，愿您平安。", lang="zh_CN")
        self._text("{name}{honorific}，愿您今日喜乐安好。", lang="zh_CN")
        self.store.specialist_id = self._create_employee("Su Qing")
        first = self._task(self._friend("王小芳", lang="zh_CN"), owner_id=False)
        self._give(first)
        self.assertTrue(first.body.endswith("North Gate Store Su Qing"), first.body)
        self.store.specialist_id = False
        second = self._task(self._friend("李小芳", lang="zh_CN"), owner_id=False)
        self._give(second)
        self.assertTrue(second.body.endswith("全体同事"), second.body)

    def test_a_store_signs_in_the_language_of_the_message(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        self.store.with_context(lang="zh_TW").signature = "北門店"
        self._text("{name}{honorific}，生日快樂，祝您平安。", lang="zh_TW")
        member = self._friend("王小芳", lang="zh_TW")
        task = self._task(member)
        self._give(task)
        self.assertTrue(task.body.endswith("北門店 Lin Yue"), task.body)

    def test_the_language_is_hers_or_the_companys(self):
        self.company.partner_id.lang = "en_US"
        english = self._text("Dear {name}, happy birthday.")
        french = self._friend(lang=False)
        task = self._task(french)
        self._give(task)
        self.assertEqual(task.text_id, english)
        self.env["res.lang"]._activate_lang("zh_CN")
        self._text("{name}，新年安好。", lang="zh_CN", trigger="edge", kind="greeting")
        chinese = self._task(self._friend("王小芳", lang="zh_CN"))
        self.assertEqual(self._give(chinese), chinese)
        self.assertEqual(chinese.guard, "no_text")

    def test_no_text_twice_to_a_member(self):
        texts = self._text("Be happy, {name}.") + self._text("All the best, {name}.")
        member = self._friend()
        tasks = [self._task(member, date(2026 + year, 3, 5)) for year in range(3)]
        left = self._give(*tasks[:2])
        self.assertFalse(left)
        self.assertEqual(tasks[0].text_id + tasks[1].text_id, texts & texts.sorted())
        self.assertEqual(self._give(tasks[2]), tasks[2])
        self.assertEqual((tasks[2].guard, tasks[2].state), ("no_text", "planned"))
        self.assertFalse(tasks[2].body or tasks[2].text_id)
        third = self._text("Every good wish, {name}.")
        self._give(tasks[2])
        self.assertEqual((tasks[2].text_id, tasks[2].guard), (third, False))

    def test_same_words_in_two_texts_are_the_same_text(self):
        member = self._friend()
        self._text("Be happy, {name}.")
        first, second = self._task(member), self._task(member, date(2027, 3, 5))
        self._give(first)
        self._text("{name}: be HAPPY!")
        self.assertEqual(self._give(second), second)

    def test_a_cancelled_contact_leaves_its_words_free(self):
        text = self._text("Be happy, {name}.")
        member = self._friend()
        first, second = self._task(member), self._task(member, date(2027, 3, 5))
        self._give(first)
        first.state = "cancelled"
        self._give(second)
        self.assertEqual(second.text_id, text)

    def test_the_very_day_goes_before_any_day(self):
        occasions = self.env["vip.occasion"].search([("kind", "=", "festival")])
        rule = self._message_rule("festival", "greeting")
        kind = {"trigger": "festival", "kind": "greeting"}
        self._text("Warm wishes, {name}.", **kind)
        self._text("Good wishes, {name}.", occasion_id=occasions[1].id, **kind)
        own = self._text("A good day, {name}.", occasion_id=occasions[0].id, **kind)
        year = self._text(
            "A bright new day, {name}.", occasion_id=occasions[0].id, year=2026, **kind
        )
        self._text(
            "A fresh day, {name}.", occasion_id=occasions[0].id, year=2027, **kind
        )
        member = self._friend()
        found = []
        for _number in range(4):
            task = self._task(member, rule=rule, occasion_id=occasions[0].id)
            self._give(task)
            found.append(task.text_id.body)
        self.assertEqual(found[:2], [year.body, own.body])
        self.assertIn("Warm wishes", found[2])
        self.assertFalse(found[3])

    def test_quiet_words_for_mourners_and_solemn_days(self):
        cheerful = self._text("Be merry today, {name}.")
        quiet = self._text("Peace to you today, {name}.", tone="neutral")
        plain = self._task(self._friend())
        mourner = self._task(self._friend(vip_mourning_until=DAY))
        done = self._task(self._friend(vip_mourning_until=date(2026, 3, 4)))
        memorial = self._task(self._friend(), date(2026, 12, 13))
        neutral = self._task(self._friend(), tone="neutral")
        self._give(plain, mourner, done, memorial, neutral)
        self.assertEqual(plain.text_id, cheerful)
        self.assertEqual(done.text_id, cheerful)
        self.assertEqual((mourner + memorial + neutral).text_id, quiet)

    def test_texts_of_another_company_kind_or_state_are_not_taken(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self._text("Be merry, {name}.", company_id=other.id)
        self._text("Be glad, {name}.", approved=False)
        self._text("Be well, {name}.", kind="greeting")
        self._text("Be at peace, {name}.").action_retire()
        task = self._task(self._friend())
        self.assertEqual(self._give(task), task)

    def test_only_planned_messages_without_words_are_served(self):
        self._text("Be merry, {name}.")
        tasks = [
            self._task(self._friend(), channel="call"),
            self._task(self._friend(), state="cancelled"),
            self._task(self._friend(), text_kind=False),
        ]
        self.assertFalse(self._give(*tasks))
        self.assertFalse(any(task.body or task.guard for task in tasks))

    def test_the_least_used_goes_first_and_all_is_repeatable(self):
        texts = self.texts.union(*(self._text(f"Joy {n}, {{name}}.") for n in "abc"))
        tasks = [self._task(self._friend(f"Friend {n}")) for n in "klmnopqrs"]
        self._give(*tasks)
        self.assertEqual(texts.mapped("use_count"), [3, 3, 3])
        given = [task.text_id for task in tasks]
        for task in tasks:
            task.body = False
            self.assertFalse(task.body_digest)
        self.env.cr.execute(
            "UPDATE vip_care_task SET text_id = NULL WHERE text_id IS NOT NULL"
        )
        self.env.invalidate_all()
        self._give(*reversed(tasks))
        self.assertEqual([task.text_id for task in tasks], given)

    def test_uses_are_counted_once(self):
        text = self._text("Joy, {name}.")
        self._give(self._task(self._friend()))
        self.texts._count_uses()
        self.texts._count_uses()
        self.assertEqual((text.counted, text.use_count), (1, 1))
        self._give(self._task(self._friend()))
        text.invalidate_recordset()
        self.assertEqual((text.counted, text.use_count), (1, 2))

    def test_a_body_the_guard_refuses_makes_way_for_the_next(self):
        first, second = self._text("Joy, {name}."), self._text("Peace, {name}.")
        best = self._task(self._friend())
        self._give(best)
        bad = best.text_id
        good = (first + second) - bad
        self.env.flush_all()
        # Written before the guard knew better.
        self.env.cr.execute(
            "UPDATE vip_care_text SET body = %s, counted = -9 WHERE id = %s",
            ["Half price, {name}. {store} {associate}", bad.id],
        )
        self.env.invalidate_all()
        tasks = [self._task(self._friend(name)) for name in ("Ann Wong", "Bo Li", "安")]
        self.assertFalse(self._give(*tasks))
        self.assertEqual({task.text_id for task in tasks}, {good})

    def test_few_queries_for_any_number(self):
        for number in range(60):
            self._text(f"Joy of the day {chr(97 + number % 26)} {number}, {{name}}.")
        members = [self._friend(f"Friend {number}") for number in range(51)]
        for one, other in zip(members[:9], members[1:10], strict=True):
            self._relate(one, other)
        one, *many = [self._task(member) for member in members]
        self._give(self._task(self._friend()))  # what Odoo remembers is remembered
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(QUERIES):
            self._give(one)
        self.env.invalidate_all()
        with self.assertQueryCount(QUERIES):
            self._give(*many)
        self.assertTrue(all(task.body for task in many))
