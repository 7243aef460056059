from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .care_task_common import CareTaskCommon


class CareTourCommon(CareTaskCommon, HttpCase):
    """An associate with a call to make and words to send, and her manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lin.employee_id.sudo().name = "Tour Lin"
        today = cls.store._vip_today()
        until = today + timedelta(days=3)
        wang = cls._member("Tour Wang")
        li = cls._member("Tour Li")
        cls.call = cls._plan(wang, today, until, priority=90)
        cls.message = cls._plan(
            li,
            today,
            until,
            channel="message",
            text_kind="greeting",
            body=cls._words("Dear Ms Li, the plum trees are in flower.", li),
        )

    @classmethod
    def _member(cls, name):
        member = cls._create_member(name, vip_owner_id=cls.lin.employee_id.id)
        cls._agree(member)
        asked = cls.env["vip.profile.field"].search([("key", "=", "size_top")])
        asked.weight = 99
        return member


@tagged("post_install", "-at_install")
class TestCarePhoneTour(CareTourCommon):
    """The associate's morning, on her phone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_an_associate_cares_on_her_phone(self):
        self.start_tour(
            "/odoo/vip-today", "vip_care.today_on_the_phone", login=self.lin.login
        )
        self.assertEqual(
            (self.call.state, self.call.outcome, self.call.note),
            ("done", "reached", "Likes the coat"),
        )
        self.assertEqual(self.call.done_by_id, self.lin.employee_id)
        self.assertEqual(self.call.partner_id.vip_size_top, "M")
        self.assertEqual(self.message.state, "planned")
        self.assertIn("plum trees", self.message.body)


@tagged("post_install", "-at_install")
class TestCareDeskTour(CareTourCommon):
    """The manager's glance, at her desk."""

    def test_a_manager_looks_at_her_store_and_steps_in(self):
        self.start_tour(
            "/odoo/vip-today", "vip_care.today_at_the_desk", login=self.boss.login
        )
        tomorrow = self.store._vip_today() + timedelta(days=1)
        self.assertEqual(self.call.due_date, tomorrow)
        self.assertEqual(self.message.due_date, self.store._vip_today())
