from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user

from .common import VipCareCommon


class TestTours(VipCareCommon, HttpCase):
    """What a manager does in the web client, on a chain of three members."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.region = cls.env["vip.region"].create({"name": "Tour", "code": "TOUR"})
        cls.north = cls._create_store("Tour Gate North", "TOUR1")
        cls.south = cls._create_store("Tour Gate South", "TOUR2")
        cls.regional = new_test_user(
            cls.env,
            "regional",
            "base.group_user,vip_care.group_region_manager",
            tz="Asia/Shanghai",
        )
        cls.region.manager_ids = cls.regional
        cls.today = fields.Date.context_today(cls.north.with_user(cls.regional))
        cls.active = cls._member_who_bought("Active", cls.north, months=0)
        cls.dormant = cls._member_who_bought("Dormant", cls.north, months=8)
        cls.edge = cls._member_who_bought("Edge", cls.south, months=4)
        cls._review(cls.today)

    @classmethod
    def _member_who_bought(cls, name, store, months):
        member = cls._create_member(f"Tour Member {name}", vip_store_id=store.id)
        cls._buy(member, cls.today - relativedelta(months=months), 250)
        return member

    def _figures(self):
        self.env.flush_all()
        return self.env["vip.overview"].with_user(self.regional).get_data()

    def test_every_number_of_the_overview_opens_its_members(self):
        self.start_tour(
            "/odoo/vip-overview", "vip_care.overview_to_member", login="regional"
        )
        figures = self._figures()
        self.assertEqual(figures["filters"]["region_id"], self.region.id)
        self.assertEqual(figures["members"]["total"], 3)
        self.assertEqual(figures["sales"]["sales"], {"amount": 250, "tickets": 1})
        members = self.active + self.edge + self.dormant
        self.assertEqual(members.mapped("vip_lifecycle"), ["active", "edge", "dormant"])

    def test_a_member_is_found_opened_and_written_from_the_menu(self):
        self.start_tour(
            "/odoo/vip-overview", "vip_care.menu_to_member", login="regional"
        )
        self.assertEqual(self.edge.vip_salutation, "Sister Edge")
        self.assertEqual(self.edge.write_uid, self.regional)
        self.assertFalse((self.active + self.dormant).filtered("vip_salutation"))
