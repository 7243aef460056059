from datetime import date

from odoo.tests import tagged

from .text_common import VipTextCommon


@tagged("post_install", "-at_install")
class TestTextCircle(VipTextCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one = cls._friend("Mei Chan")
        cls.other = cls._friend("Ann Wong")
        cls.text = cls._text("Be happy, {name}.")

    def _gets_the_same(self, one=None, other=None, day=date(2026, 3, 9), **vals):
        """Whether `other` is given the words `one` has, in one batch and in two."""
        one, other = one or self.one, other or self.other
        first, second = self._task(one), self._task(other, day, **vals)
        self._give(first, second)
        both = bool(first.body and second.body)
        for task in (first, second):
            task.unlink()
        first, second = self._task(one), self._task(other, day, **vals)
        self._give(first)
        self._give(second)
        self.assertEqual(bool(first.body and second.body), both)
        (first + second).unlink()
        return both

    def test_strangers_may_read_the_same(self):
        self.assertTrue(self._gets_the_same())

    def test_related_people_never_do_whoever_named_the_other(self):
        self._relate(self.one, self.other)
        self.assertFalse(self._gets_the_same())
        self.assertFalse(self._gets_the_same(self.other, self.one))

    def test_a_referrer_and_all_she_referred_know_each_other(self):
        third = self._friend("Joy Lau", vip_referrer_id=self.one.id)
        self.other.vip_referrer_id = self.one
        self.assertFalse(self._gets_the_same())
        self.assertFalse(self._gets_the_same(self.other, self.one))
        self.assertFalse(self._gets_the_same(self.other, third))

    def test_a_household_knows_each_other(self):
        family = self.env["res.partner"].create({"name": "Chan family"})
        self.one.parent_id = self.other.parent_id = family
        self.assertFalse(self._gets_the_same())
        self.other.parent_id = self.one
        self.assertFalse(self._gets_the_same())

    def test_one_phone_in_two_companies_is_one_circle(self):
        company = self.env["res.company"].create(
            {"name": "Sister", "country_id": self.china.id}
        )
        twin = self._friend(
            "Mei at work",
            phone=self.one.phone,
            company_id=company.id,
            vip_store_id=False,
        )
        self.assertEqual(twin.vip_phone_key, self.one.vip_phone_key)
        self.assertFalse(self._gets_the_same(other=twin))

    def test_another_year_is_another_occasion(self):
        self._relate(self.one, self.other)
        self.assertTrue(self._gets_the_same(day=date(2027, 3, 9)))

    def test_words_of_her_own_count_for_the_circle(self):
        self._relate(self.one, self.other)
        mine, hers = self._task(self.one), self._task(self.other)
        mine.body = "Be happy, Mei Chan! North Gate Store Lin Yue"
        self.assertEqual(self._give(hers), hers)

    def test_an_influencer_costs_rows_not_pairs(self):
        for number in range(40):
            self._friend(f"F {number}", vip_referrer_id=self.one.id)
        for number in range(41):
            self._text(f"Joy number {number}, {{name}}.")
        people = self.one + self.one.vip_referred_ids
        tasks = [self._task(member) for member in people]
        self.assertFalse(self._give(*tasks))
        self.assertEqual(len({task.text_id for task in tasks}), 41)
        circles = self.env.execute_query(self.texts._query_circles(people.ids))
        self.assertEqual(len(circles), 41)
