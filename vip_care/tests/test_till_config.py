from unittest.mock import patch

import psycopg2

from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import VipCareCommon
from .till_common import VipTillCommon

CONFIG_LOG = "odoo.addons.vip_care.models.fence"
# A savepoint and its end, the store, the company's texts, the employees.
QUERIES = 5


@tagged("post_install", "-at_install")
class TestTillConfig(VipTillCommon):
    """What a register knows of its store when it opens."""

    def _data(self, user=None):
        config = self.config.with_user(user or self.till)
        [row] = config._load_pos_data_read(config, config)
        return row["_vip"]

    def _names(self, user=None):
        return {one["name"]: one["is_me"] for one in self._data(user)["advisers"]}

    def test_store_and_texts(self):
        self.store.signature = "Your North Gate"
        data = self._data()
        self.assertEqual(data["store"], self.store.name)
        self.assertEqual(data["signature"], "Your North Gate")
        self.assertIn(f"a member of {self.env.company.name}", data["consent_text"])
        self.assertIn("I may stop this at any time", data["marketing_text"])
        self.env.company.vip_consent_text = "Our own words"
        self.assertEqual(self._data()["consent_text"], "Our own words")

    def test_advisers_are_the_stores_people(self):
        far = self.store.copy({"name": "Far", "code": "FAR"})
        self.env["hr.employee"].create(
            [
                {"name": "Gone", "vip_store_id": self.store.id, "active": False},
                {"name": "Yu", "vip_store_id": far.id},
            ]
        )
        self.assertEqual(self._names(), {"Hong": False, "Lin": False, "Mei": False})
        self.assertEqual(
            self._names(self.seller), {"Hong": True, "Lin": False, "Mei": False}
        )
        self.seller_employee.vip_store_id = far
        self.assertEqual(self._names(), {"Lin": False, "Mei": False})
        # She helps out here: the seller herself is always there.
        self.assertTrue(self._names(self.seller)["Hong"])

    def test_cashiers_of_pos_hr_are_advisers(self):
        far = self.store.copy({"name": "Far", "code": "FAR"})
        yu = self.env["hr.employee"].create({"name": "Yu", "vip_store_id": far.id})
        self.config.basic_employee_ids = yu
        self.config.module_pos_hr = False
        self.assertNotIn("Yu", self._names())
        self.config.module_pos_hr = True
        self.assertIn("Yu", self._names())
        yu.active = False
        self.assertNotIn("Yu", self._names())

    def test_at_most_two_hundred_of_a_store(self):
        self.env["hr.employee"].create(
            [{"name": f"E{n:03}", "vip_store_id": self.store.id} for n in range(205)]
        )
        self.assertEqual(len(self._data()["advisers"]), 200)

    def test_a_register_opens_without_our_data(self):
        with (
            patch.object(
                self.env.registry["pos.config"],
                "_vip_prepare_till_data",
                side_effect=ZeroDivisionError,
            ),
            self.assertLogs(CONFIG_LOG, "ERROR"),
        ):
            self.assertEqual(self._data(), {})

    def test_a_broken_query_does_not_break_the_opening(self):
        def fail(config):
            config.env.cr.execute("SELECT nothing_like_this")

        config = self.config.with_user(self.till)
        config.open_ui()
        with (
            patch.object(self.env.registry["pos.config"], "_vip_advisers", fail),
            mute_logger("odoo.sql_db", CONFIG_LOG),
        ):
            data = config.current_session_id.load_data([])
        self.assertEqual(data["pos.config"][0]["_vip"], {})
        self.assertTrue(data["res.partner"])

    def test_two_at_once_are_repeated(self):
        error = psycopg2.errors.SerializationFailure
        with (
            patch.object(
                self.env.registry["pos.config"],
                "_vip_prepare_till_data",
                side_effect=error,
            ),
            self.assertRaises(error),
        ):
            self._data()

    def test_opening_costs_few_queries_however_many_advisers(self):
        config = self.config.with_user(self.till)
        for more in (0, 50):
            self.env["hr.employee"].create(
                [{"name": f"E{n}", "vip_store_id": self.store.id} for n in range(more)]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            config._load_pos_data_fields(config)
            config.read(["module_pos_hr", "vip_store_id", "company_id", "name"])
            with self.subTest(more=more), self.assertQueryCount(QUERIES):
                config._vip_till_data()


@tagged("post_install", "-at_install")
class TestTillSettings(VipCareCommon):
    """Head office writes the texts and decides whether owners are told."""

    def test_the_page_shows_what_is_said(self):
        admin = self.env.ref("base.user_admin")
        form = Form(self.env["res.config.settings"].with_user(admin))
        company = self.company
        self.assertEqual(form.vip_consent_text, company._vip_consent_text())
        self.assertEqual(form.vip_marketing_text, company._vip_marketing_text())
        self.assertTrue(form.vip_tell_owner)

    def test_saving_something_else_keeps_our_words_open(self):
        self._save_settings(vip_lookup_limit=20)
        self.assertFalse(self.company.vip_consent_text)

    def test_own_words_and_back(self):
        company = self.company
        usual = company._vip_consent_text()
        self._save_settings(vip_consent_text=" Our words ", vip_tell_owner=False)
        self.assertEqual(company.vip_consent_text, "Our words")
        self.assertFalse(company.vip_marketing_text)
        self.assertFalse(company.vip_tell_owner)
        self._save_settings(vip_consent_text="")
        self.assertEqual(company._vip_consent_text(), usual)
        self._save_settings(vip_consent_text="", vip_marketing_text="Offers")
        self.assertEqual(company._vip_marketing_text(), "Offers")

    def test_each_language_has_its_own_words(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        company = self.company
        self._save_settings(vip_consent_text="Our words")
        french = company.with_context(lang="fr_FR")
        french.vip_consent_text = "Nos mots"
        self.assertEqual(company._vip_consent_text(), "Our words")
        self.assertEqual(french._vip_consent_text(), "Nos mots")
