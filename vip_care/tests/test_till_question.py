from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tests import new_test_user, tagged

from ..models.res_partner_profile import PROFILE_FIELDS
from ..models.res_partner_till_question import ASKED
from .till_common import VipTillCommon

UNTOUCHED = {"name", "special_days"}


class QuestionCommon(VipTillCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weights = cls.env["vip.profile.field"].search([])
        cls.new = cls._enrol("钱朵", "13911110009")
        cls.env.flush_all()

    def _weigh(self, **weights):
        """Let only these parts of the profile count."""
        self.weights.weight = 0
        for key, weight in weights.items():
            self.weights.filtered(lambda f, key=key: f.key == key).weight = weight

    def _ask(self, member=None, **kwargs):
        return self._card(member or self.new, **kwargs)["ask"]


@tagged("post_install", "-at_install")
class TestTillQuestion(QuestionCommon):
    """One thing to ask: what is missing and worth most."""

    def test_the_most_valuable_missing_detail_is_asked_for(self):
        self._weigh(gender=4, size_top=6, hours=5)
        self.assertEqual(self._ask()["key"], "size_top")
        self._answer("size_top", " M ", self.new)
        self.assertEqual(self._ask()["key"], "hours")
        self.new.vip_preferred_days = "weekend"
        self.assertEqual(self._ask()["key"], "gender")
        self.new.vip_gender = "female"
        self.assertFalse(self._ask())

    def test_of_the_same_weight_the_upper_is_asked_first(self):
        self._weigh(gender=4, work=4)
        by_key = {field.key: field for field in self.weights}
        by_key["gender"].sequence, by_key["work"].sequence = 2, 1
        self.assertEqual(self._ask()["key"], "work")
        by_key["gender"].sequence = 0
        self.assertEqual(self._ask()["key"], "gender")

    def test_what_her_purchases_tell_is_not_asked(self):
        self._weigh(size_shoe=5)
        self.assertTrue(self._ask())
        self.new.sudo().vip_usual_size_shoe = "37"
        self.assertFalse(self._ask())

    def test_what_takes_more_than_a_box_is_not_asked(self):
        self._weigh(special_days=9, name=8)
        self.assertFalse(self._ask())
        keys = {field.key for field in self.weights}
        self.assertEqual(keys - ASKED, UNTOUCHED)

    def test_each_question_says_how_it_is_answered(self):
        kinds = {
            "gender": "selection",
            "age_band": "selection",
            "channel": "selection",
            "promotions": "selection",
            "hours": "hours",
            "birthday": "birthday",
            "phone": "phone",
        }
        self.new.phone = False
        for key in sorted(ASKED):
            self._weigh(**{key: 1})
            with self.subTest(key=key):
                ask = self._ask()
                self.assertEqual(
                    set(ask), {"key", "label", "input", "options", "placeholder"}
                )
                self.assertEqual(
                    (ask["key"], ask["input"]), (key, kinds.get(key, "text"))
                )
                chosen = ask["input"] in ("selection", "hours")
                self.assertEqual(bool(ask["options"]), chosen)
                self.assertTrue(ask["label"])

    def test_every_choice_offered_is_accepted(self):
        for key in ("gender", "age_band", "channel", "promotions", "hours"):
            self._weigh(**{key: 1})
            options = self._ask()["options"]
            for number, (value, label) in enumerate(options):
                member = self._enrol(f"选{number}", f"1361{len(key):03}{number:04}")
                with self.subTest(key=key, value=value):
                    self.assertTrue(label)
                    self.assertFalse(self._answer(key, value, member)["ask"])
                    self.env.company.vip_lookup_limit += 1

    def test_questions_are_asked_in_the_tills_language(self):
        self._weigh(gender=5)
        for lang, label, female in (
            ("en_US", "Gender", "Female"),
            ("zh_CN", "性别", "女"),
            ("zh_TW", "性別", "女"),
        ):
            self.till.lang = lang
            with self.subTest(lang=lang):
                partners = self.env["res.partner"].with_user(self.till)
                partners = partners.with_context(lang=lang)
                ask = partners.vip_till_member(self.new.id, self.config.id)["ask"]
                self.assertEqual(ask["label"], label)
                self.assertEqual(ask["options"][0], ["female", female])


@tagged("post_install", "-at_install")
class TestTillAnswer(QuestionCommon):
    """An answer fills what is empty, by whoever serves her."""

    def _values(self, *names):
        self.new.invalidate_recordset()
        return [self.new[name] for name in names]

    def test_an_answer_is_kept_and_the_card_comes_anew(self):
        self._weigh(size_top=6, gender=4)
        card = self._answer("size_top", " 170 /  92A ", self.new)
        self.assertEqual(self._values("vip_size_top"), ["170 / 92A"])
        self.assertEqual(card["sizes"]["top"], "170 / 92A")
        self.assertEqual(card["ask"]["key"], "gender")
        self.assertNoPrivateData(card, self.new)

    def test_texts_go_where_the_profile_has_them(self):
        for key, name in (
            ("email", "email"),
            ("address", "street"),
            ("work", "vip_work"),
            ("family", "vip_family"),
            ("taste", "vip_dress_taste"),
            ("pastimes", "vip_pastimes"),
            ("spending", "vip_spending_habits"),
            ("service", "vip_preferred_service"),
        ):
            text = "qian@example.com" if key == "email" else f"Said of {key}"
            with self.subTest(key=key):
                self._answer(key, text, self.new)
                self.assertEqual(self._values(name), [text])

    def test_birthdays_are_read_as_told(self):
        cases = [
            ("1990-05-01", ("solar", "1990-05-01", False, 0, 0, False)),
            ("05-01", ("solar", "1904-05-01", True, 0, 0, False)),
            ("lunar 闰6-15", ("lunar", "False", False, 6, 15, True)),
            ("lunar 1990-08-15", ("lunar", "1990-10-03", False, 8, 15, False)),
            (
                {"calendar": "lunar", "month": 12, "day": 30},
                ("lunar", "False", False, 12, 30, False),
            ),
        ]
        for number, (told, kept) in enumerate(cases):
            self.new = self._enrol(f"生{number}", f"1362222000{number}")
            with self.subTest(told=told):
                self._answer("birthday", told, self.new)
                calendar, day, *rest = self._values(
                    *("vip_birthday_calendar", "vip_birthday"),
                    *("vip_birthday_year_unknown", "vip_lunar_month"),
                    *("vip_lunar_day", "vip_lunar_is_leap"),
                )
                self.assertEqual((calendar, str(day), *rest), kept)

    def test_hours_are_one_choice_of_both(self):
        self._answer("hours", "weekend|evening", self.new)
        self.assertEqual(
            self._values("vip_preferred_days", "vip_preferred_hours"),
            ["weekend", "evening"],
        )

    def test_what_is_known_is_never_overwritten_nor_told(self):
        self._answer("family", "Two sons", self.new)
        texts = set()
        for value in ("Two sons", "Three sons", "", 5):
            with self.assertRaisesRegex(UserError, "known by now") as caught:
                self._answer("family", value, self.new)
            texts.add(str(caught.exception))
        self.assertEqual(len(texts), 1)
        self.assertEqual(self._values("vip_family"), ["Two sons"])
        self.new.sudo().vip_usual_size_shoe = "37"
        with self.assertRaisesRegex(UserError, "known by now"):
            self._answer("size_shoe", "38", self.new)

    def test_what_cannot_be_kept_says_what_to_type(self):
        self.new.phone = False
        cases = {
            "gender": ("unknown", None, 5, "", ["female"], {}),
            "hours": ("weekend", "weekend|night", "|", None, "evening|weekend"),
            "birthday": ("soon", "2999-01-01", "02-30", None, 5, "lunar 13-1"),
            "size_top": ("", "  ", "\0", None, 38, "x" * 17, ["M"]),
            "family": ("x" * 501, {"a": 1}),
            "email": ("qian", "a@b", "a@example.com, b@example.com", "<a@b.cn>"),
            "phone": ("", "12", "02112345678", None, 13812345678, "9" * 500),
        }
        before = self.new.read([*PROFILE_FIELDS, "phone"])
        for key, values in cases.items():
            for value in values:
                with (
                    self.subTest(key=key, value=value),
                    self.assertRaises(UserError) as caught,
                ):
                    self._answer(key, value, self.new)
                self.assertGreater(len(str(caught.exception)), 15)
        self.assertEqual(self.new.read([*PROFILE_FIELDS, "phone"]), before)

    def test_nothing_else_is_written(self):
        junk = ("name", "special_days", "vip_owner_id", "is_vip_member", "", None, 5)
        for key in (*junk, ["gender"], {}):
            with (
                self.subTest(key=key),
                self.assertRaisesRegex(UserError, "not asked at the till"),
            ):
                self._answer(key, "female", self.new)

    def test_who_does_not_sell_answers_nothing(self):
        clerk = new_test_user(self.env, "vip_clerk", "base.group_user")
        with self.assertRaises(AccessError):
            self._answer("gender", "female", self.new, clerk)
        self.assertFalse(self.new.vip_gender)

    def test_the_log_names_the_detail_and_not_the_answer(self):
        self._answer("family", "Two sons", self.new)
        looked, told = self._logs()
        self.assertEqual((looked.kind, told.kind), ("lookup", "answer"))
        self.assertEqual((told.partner_id, told.details), (self.new, "Family"))
        self.assertNotIn("sons", repr(self._logs().read()))
        self._answer("work", "Cook", self.own_member, self.seller)
        self.assertEqual(self._logs(self.seller).mapped("kind"), ["answer"])

    def test_an_answer_needs_a_lookup_left(self):
        self.env.company.vip_lookup_limit = 1
        self._card()
        with self.assertRaisesRegex(UserError, "limit: 1"):
            self._answer("family", "Two sons", self.new)
        self.assertFalse(self.new.vip_family)


@tagged("post_install", "-at_install")
class TestTillAnswerPhone(QuestionCommon):
    """Her number: one that reaches her, and nobody else's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new.phone = False
        cls.env.flush_all()

    def test_a_number_in_any_spelling_is_kept(self):
        card = self._answer("phone", "＋86 138-1111 2222", self.new)
        self.assertEqual(self.new.vip_phone_key, "+8613811112222")
        self.assertEqual(card["phone"], "138****2222")

    def test_somebody_elses_number_is_refused_and_names_nobody(self):
        self.guest.country_id = self.env.ref("base.cn")
        archived = self._enrol("旧人", "13811113333", active=False)
        for person in (self.member, self.guest, archived):
            with (
                self.subTest(person=person.name),
                self.assertRaisesRegex(UserError, "cannot be hers") as caught,
            ):
                self._answer("phone", person.phone, self.new)
            self.assertNotIn(person.name, str(caught.exception))
        self.assertFalse(self.new.phone)

    def test_trying_numbers_is_counted_as_looking_up(self):
        self.env.company.vip_lookup_limit = 3
        people = [self._enrol(f"试{n}", f"1381111444{n}") for n in range(4)]
        for person in people[:2]:
            with self.assertRaisesRegex(UserError, "cannot be hers"):
                self._answer("phone", person.phone, self.new)
        with self.assertRaisesRegex(UserError, "limit: 3"):
            self._answer("phone", people[2].phone, self.new)
        self.assertEqual(self._logs().mapped("kind"), ["lookup"] * 3 + ["limit"])
        self.assertNotIn("13811114440", repr(self._logs().read()))

    def test_two_tills_at_once_give_the_number_to_one(self):
        race = psycopg2.errors.UniqueViolation("vip_phone_key")
        with (
            patch.object(
                self.registry["res.partner"], "flush_recordset", side_effect=race
            ),
            self.assertRaises(ConcurrencyError),
        ):
            self._answer("phone", "13811112222", self.new)
