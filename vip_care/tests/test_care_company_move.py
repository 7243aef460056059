from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError

from .care_task_common import NOW, TODAY, CareTaskCommon


@freeze_time(NOW)
class TestCareCompanyMove(CareTaskCommon):
    """Head office moves a member to a store of another company, and her owner too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.env["res.company"].create({"name": "Second"})
        cls.west = cls._create_store("West Gate", "T3", company_id=cls.second.id)
        cls.wen = cls._create_user("vip_wen", "group_associate", None)
        cls.wen.write(
            {
                "company_ids": [Command.set(cls.second.ids)],
                "company_id": cls.second.id,
            }
        )
        cls.new_owner = cls._create_employee(
            "Wen", cls.west, user_id=cls.wen.id, company_id=cls.second.id
        )
        cls.own_rule = cls.rule.copy({"company_id": cls.company.id})

    def _move(self, store=None, owner=None):
        self.mine._vip_decided("rebalance").write(
            {
                "vip_store_id": (store or self.west).id,
                "vip_owner_id": (owner or self.new_owner).id,
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()

    def _today(self, user):
        data = self.env["vip.care.today"].with_user(user).get_data()
        return [card["id"] for card in data["tasks"]]

    def _own_event(self):
        return self.env["vip.care.event"].create(
            {
                "name": "Cold wave",
                "occasion_id": self.env.ref("vip_care.vip_occasion_weather_cold").id,
                "store_ids": [Command.set(self.store.ids)],
                "date_from": TODAY,
                "date_to": TODAY,
            }
        )

    def test_her_new_owner_finds_her_contacts_on_today(self):
        task = self._plan(self.mine)
        done = self._plan(self.mine, state="done")
        voice = self.env["vip.feedback"].create(
            {
                "partner_id": self.mine.id,
                "kind": "inquiry",
                "subject": "quality",
                "description": "Does the coat come in green?",
            }
        )
        self._move()
        self.assertEqual(self.mine.vip_company_id, self.second)
        self.assertEqual((task.company_id, voice.company_id), (self.second,) * 2)
        self.assertEqual(done.company_id, self.company)
        self.assertEqual(self._today(self.wen), task.ids)
        card = self.env["vip.care.today"].with_user(self.wen).get_task(task.id)
        self.assertEqual(card["guide"], "Ask how the coat wears.")
        with self.assertRaises(AccessError):
            task.with_user(self.lin).check_access("read")

    def test_a_store_that_changes_company_takes_her_work_along_by_the_job(self):
        task = self._plan(self.mine)
        self.env.cr.execute(
            "UPDATE res_partner SET vip_company_id = %s WHERE id = %s",
            [self.second.id, self.mine.id],
        )
        self.env.invalidate_all()
        self.env["res.partner"]._vip_follow_work()
        self.assertEqual((task.company_id, task.state), (self.second, "planned"))

    def test_what_only_her_former_company_meant_for_her_ends(self):
        event = self._own_event()
        tasks = self._plan(self.mine, rule_id=self.own_rule.id) + self._plan(
            self.mine, event_id=event.id, trigger="weather"
        )
        keys = tasks.mapped("occasion_key")
        self._move()
        for task in tasks:
            self.assertEqual((task.state, task.guard), ("cancelled", "moved"))
            self.assertEqual(task.company_id, self.company)
        self.assertFalse(self._today(self.wen))
        self.assertTrue(self.env["vip.care.guard"]._sentence("moved"))
        self._move(self.store, self.lin.employee_id)
        again = self._plan(self.mine, rule_id=self.own_rule.id, occasion_key=keys[0])
        self.assertEqual(again.state, "planned", "its reason is free again")

    def test_within_the_company_all_goes_on(self):
        task = self._plan(self.mine, rule_id=self.own_rule.id)
        self._move(self.other_store, self.far.employee_id)
        self.assertEqual(
            (task.state, task.store_id, task.company_id),
            ("planned", self.other_store, self.company),
        )

    def test_words_of_her_former_company_do_not_follow(self):
        texts = self.env["vip.care.text"]
        texts.search([("state", "=", "approved")])._step({"state": "retired"})
        words = {"trigger": "festival", "kind": "greeting", "lang": "en_US"}
        own, common = texts.create(
            [
                {"body": f"{body} {{store}} {{associate}}", "company_id": company}
                | words
                for body, company in (
                    ("Be well, {name}.", self.company.id),
                    ("Every good wish, {name}.", False),
                )
            ]
        )
        own.action_approve()
        self.mine.lang = "en_US"
        task = self._plan(
            self.mine, trigger="festival", channel="message", text_kind="greeting"
        )
        texts._give(task)
        self.assertEqual(task.text_id, own)
        common.action_approve()
        self._move()
        self.assertEqual((task.text_id, task.company_id), (common, self.second))
        self.assertIn("West Gate Wen", task.body)
