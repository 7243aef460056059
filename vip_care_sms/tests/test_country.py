from datetime import date, datetime

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.vip_care.tests.common import VipCareCommon

DAY = date(2026, 6, 15)


@tagged("post_install", "-at_install")
class TestCountry(VipCareCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.countries = cls.env["vip.sms.country"]
        cls.gateway = cls.env["vip.sms.gateway"].create(
            {
                "name": "G",
                "kind": "http",
                "company_id": cls.company.id,
                "signature": "衣品女装",
            }
        )

    def _country(self, code):
        return self.env["res.country"].search([("code", "=", code)])

    def _opening(self, code, number, moment, preferred=None, zone=None):
        found = self.countries._next_opening(
            self._country(code),
            number,
            datetime.fromisoformat(moment),
            preferred,
            zone,
        )
        return found and found.isoformat(" ", "minutes")

    def test_the_newest_row_counts_from_its_day_on(self):
        old = self.countries._of(self.china, DAY)
        self.assertEqual(old.hours, "08:00-20:00")
        new = self.countries.create(
            {
                "country_id": self.china.id,
                "valid_from": "2026-07-01",
                "hours": "09:00-18:00",
                "source": "New rule",
            }
        )
        self.assertEqual(self.countries._of(self.china, DAY), old)
        self.assertEqual(self.countries._of(self.china, date(2026, 6, 30)), old)
        self.assertEqual(self.countries._of(self.china, date(2026, 7, 1)), new)
        self.assertEqual(
            self._opening("CN", "+8613800138000", "2026-06-30 23:00"),
            "2026-07-01 01:00",
        )
        new.valid_from = "2026-08-01"
        self.assertEqual(self.countries._of(self.china, date(2026, 7, 1)), old)
        new.unlink()
        self.assertEqual(self.countries._of(self.china, date(2026, 8, 1)), old)

    def test_other_countries_and_no_row_at_all(self):
        france = self._country("FR")
        default = self.env.ref("vip_care_sms.vip_sms_country_default")
        self.assertEqual(self.countries._of(france, DAY), default)
        self.assertEqual(self.countries._of(france.browse(), DAY), default)
        self.countries.search([]).unlink()
        self.assertFalse(self.countries._of(self.china, DAY))
        around = self.countries._around(self.gateway, self.china, "care", DAY)
        self.assertEqual(tuple(around), ("", "", "", ""))
        self.assertEqual(self.countries._check("优惠券🎉", self.china, DAY), [])
        # The hours of contacts are the base, whatever the rows say.
        self.assertEqual(
            self._opening("CN", "+8613800138000", "2026-06-15 14:00"),
            "2026-06-16 00:00",
        )

    @mute_logger("odoo.sql_db")
    def test_one_row_per_country_and_day(self):
        for country in ("cn", "default"):
            row = self.env.ref(f"vip_care_sms.vip_sms_country_{country}")
            with self.subTest(country), self.assertRaises(IntegrityError):
                with self.env.cr.savepoint():
                    row.copy()

    def test_hours_are_read_or_refused(self):
        row = self.env.ref("vip_care_sms.vip_sms_country_tw")
        for hours in ("9:00-12:30，13:30–24:00", "00:00-24:00", "08:00 - 20:00"):
            row.hours = hours
        for hours in ("", "always", "20:00-08:00", "09:00-12:00, 11:00-13:00", "9-12"):
            with self.subTest(hours), self.assertRaises(ValidationError):
                row.hours = hours or " "

    def test_a_row_narrows_and_never_widens(self):
        self.env.ref("vip_care_sms.vip_sms_country_cn").hours = "00:00-24:00"
        number = "+8613800138000"
        self.assertEqual(
            self._opening("CN", number, "2026-06-15 14:00"), "2026-06-16 00:00"
        )
        self.env.ref("vip_care_sms.vip_sms_country_cn").hours = "10:00-11:00"
        self.assertEqual(
            self._opening("CN", number, "2026-06-15 03:00"), "2026-06-16 02:00"
        )
        self.assertEqual(
            self._opening("CN", number, "2026-06-15 02:59"), "2026-06-15 02:59"
        )

    def test_she_and_her_store_are_both_asked(self):
        for code, number, moment, preferred, zone, expected in (
            # Taipei's noon break counts for her, though her store has none.
            ("CN", "+886912345678", "2026-06-15 04:40", None, None, "15 05:30"),
            # Hong Kong closes at nine, her store in Shenzhen at eight.
            ("CN", "+85291234567", "2026-06-15 12:10", None, None, "16 01:00"),
            # California: eight in the morning there, not in New York.
            ("US", "+13105550123", "2026-06-15 12:30", None, None, "15 15:00"),
            ("US", "+12015550123", "2026-06-15 11:59", None, None, "15 12:00"),
            # Her wish is by her store's clock.
            ("CN", "+8613800138000", "2026-06-15 04:00", "evening", None, "15 09:30"),
            # A store in the west of the same country.
            ("US", "+12015550123", "2026-06-16 00:30", None, "America/Los_Angeles", 0),
            # A number nobody knows the zone of is where her store is.
            ("CN", "+8616012345678", "2026-06-15 12:00", None, None, "16 00:00"),
            ("CN", False, "2026-06-15 12:00", None, None, "16 00:00"),
        ):
            with self.subTest(code=code, number=number, moment=moment):
                found = self._opening(code, number, moment, preferred, zone)
                self.assertEqual(found, f"2026-06-{expected or '16 00:30'}")

    def test_no_common_hour_is_none(self):
        self.env.ref("vip_care_sms.vip_sms_country_cn").hours = "08:00-09:00"
        self.assertIsNone(
            self._opening("CN", "+8613800138000", "2026-06-15 03:00", "evening")
        )
        # New York in the evening is China's morning; in China she has no hour then.
        self.env.ref("vip_care_sms.vip_sms_country_us").hours = "15:00-16:00"
        self.assertIsNone(self._opening("US", "+8613800138000", "2026-06-15 03:00"))

    def test_who_may_change_them(self):
        row = self.env.ref("vip_care_sms.vip_sms_country_cn")
        manager = new_test_user(
            self.env, "country_manager", "vip_care.group_store_manager"
        )
        office = new_test_user(self.env, "country_office", "vip_care.group_head_office")
        with self.assertRaises(AccessError):
            row.with_user(manager).hours = "09:00-18:00"
        row.with_user(office).hours = "09:00-18:00"
        self.assertEqual(row.with_user(manager).hours, "09:00-18:00")
        associate = new_test_user(
            self.env, "country_associate", "vip_care.group_associate"
        )
        found = self.countries.with_user(associate)._of(self.china, DAY)
        self.assertEqual(found.hours, "09:00-18:00")
