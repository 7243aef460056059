from datetime import date

import psycopg2

from odoo import Command
from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import VipCareCommon


@tagged("post_install", "-at_install")
class TestLeavingRoutes(VipCareCommon):
    """Whoever owns members cannot disappear, whichever way somebody tries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(
            cls.env, "lin_routes", "base.group_user,vip_care.group_associate"
        )
        cls.officer = new_test_user(
            cls.env, "officer_routes", "base.group_user,hr.group_hr_manager"
        )
        cls.admin = new_test_user(
            cls.env, "admin_routes", "base.group_system,hr.group_hr_manager"
        )
        cls.lin = cls._create_employee("Lin", user_id=cls.user.id)
        cls.mei = cls._create_employee("Mei")
        cls.member = cls._create_member(vip_owner_id=cls.lin.id)

    def _held(self, route, sentence="Lin still has: 1 members"):
        with self.assertRaisesRegex(RedirectWarning, sentence) as refused:
            route()
        self.env.invalidate_all()
        self.assertTrue(self.lin.exists().active)
        self.assertTrue(self.user.exists().active)
        return refused.exception.args

    def _wizard(self, employees, user, **vals):
        wizard = self.env["hr.departure.wizard"].with_user(user)
        wizard = wizard.with_context(
            active_ids=employees.ids, employee_termination=True
        )
        return wizard.create(vals)

    def test_every_route_of_archiving_an_employee_is_held(self):
        for user in (self.officer, self.env.user):
            lin = self.lin.with_user(user)
            resource = lin.resource_id
            for name, route in {
                "write": lambda lin=lin: lin.write({"active": False}),
                "assignment": lambda lin=lin: setattr(lin, "active", False),
                "action_archive": lin.action_archive,
                "no wizard": lin.with_context(no_wizard=True).action_archive,
                "resource": lambda r=resource: r.write({"active": False}),
                "resource action": resource.action_archive,
                "departure": self._wizard(lin, user).action_register_departure,
                "unlink": lin.unlink,
            }.items():
                with self.subTest(user=user.login, route=name):
                    self._held(route)

    def test_every_route_of_taking_the_login_away_is_held(self):
        for user in (self.admin, self.env.user):
            login = self.user.with_user(user)
            departure = self._wizard(self.lin, user, remove_related_user=True)
            for name, route in {
                "write": lambda login=login: login.write({"active": False}),
                "action_archive": login.action_archive,
                "departure": departure.action_register_departure,
                "unlink": login.unlink,
            }.items():
                with self.subTest(user=user.login, route=name):
                    self._held(route)

    def test_another_resource_does_not_replace_hers(self):
        gone = self.mei.resource_id.copy({"active": False})
        self._held(lambda: self.lin.write({"resource_id": gone.id}))

    def test_one_of_many_holds_all(self):
        free = self._create_employee("Free")
        with self.assertRaisesRegex(RedirectWarning, "Lin still has"):
            (free + self.lin).with_user(self.officer).action_archive()
        self.env.invalidate_all()
        self.assertTrue(free.active)
        free.with_user(self.officer).action_archive()
        self.assertFalse(free.active)

    def test_the_error_leads_to_the_handover(self):
        _message, action, button, context = self._held(self.lin.action_archive)
        self.assertEqual(
            self.env["ir.actions.actions"].browse(action).exists().id, action
        )
        self.assertEqual(button, "Hand over members…")
        self.assertEqual(context["active_id"], self.lin.id)

    def test_archived_members_hold_her_too(self):
        self.member.active = False
        self._held(self.lin.action_archive)

    def test_activities_on_members_hold_her_login(self):
        self.member._vip_decided("import").vip_owner_id = self.mei
        self.member.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.user.id, summary="Call"
        )
        self._held(self.user.action_archive, "Lin still has: 1 open activities")
        self.member.activity_ids.action_feedback()
        self.user.action_archive()
        self.assertFalse(self.user.active)

    def test_nobody_gives_herself_somebodys_members(self):
        for name, route in {
            "another": lambda e: e.write({"user_id": self.officer.id}),
            "none": lambda e: e.write({"user_id": False}),
            "resource": lambda e: e.resource_id.write({"user_id": self.officer.id}),
        }.items():
            with (
                self.subTest(route=name),
                self.assertRaisesRegex(UserError, "Ask head office"),
            ):
                route(self.lin.with_user(self.officer))
            self.env.invalidate_all()
            self.assertEqual(self.lin.user_id, self.user)
            self.assertEqual(self.member.vip_owner_user_id, self.user)
        self.lin.with_user(self.officer).write({"user_id": self.user.id, "name": "Lín"})
        self.mei.with_user(self.officer).user_id = self.officer

    def test_head_office_changes_a_login(self):
        head = new_test_user(
            self.env,
            "head_routes",
            "hr.group_hr_manager,vip_care.group_head_office",
        )
        other = new_test_user(self.env, "other_routes", "vip_care.group_associate")
        self.lin.with_user(head).user_id = other
        self.assertEqual(self.member.vip_owner_user_id, other)

    def test_a_new_login_made_for_an_employee_is_held(self):
        self.member._vip_decided("import").vip_owner_id = self.mei
        system = new_test_user(
            self.env,
            "system_routes",
            "base.group_erp_manager,base.group_partner_manager,hr.group_hr_manager",
        )
        with self.assertRaisesRegex(UserError, "Ask head office"):
            self.env["res.users"].with_user(system).create(
                {"name": "M", "login": "m_routes", "create_employee_id": self.mei.id}
            )

    def test_members_do_not_move_to_another_company_with_her(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.env.user.company_ids = [Command.link(company.id)]
        self._held(lambda: self.lin.write({"company_id": company.id}))
        self._held(lambda: self.lin.resource_id.write({"company_id": company.id}))
        self.lin.company_id = self.lin.company_id

    def test_nobody_becomes_an_owner_after_leaving(self):
        self.mei.active = False
        with self.assertRaisesRegex(ValidationError, "Mei does not work here"):
            self._create_member(vip_owner_id=self.mei.id)

    def test_the_database_itself_keeps_owners_in_service(self):
        self.env.flush_all()
        for statement in (
            "UPDATE hr_employee SET active = FALSE WHERE id = %s",
            "UPDATE hr_employee SET active = NULL WHERE id = %s",
            "DELETE FROM hr_employee WHERE id = %s",
        ):
            with (
                self.subTest(statement=statement),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement, [self.lin.id])

    def test_the_departure_wizard_says_who_is_held(self):
        wizard = self._wizard(self.lin + self.mei, self.officer)
        self.assertEqual(wizard.vip_held_employee_ids, self.lin)
        self.assertIn("Lin still has: 1 members", wizard.vip_open_work_text)
        opened = self.env["hr.departure.wizard"].with_user(self.officer)
        opened = opened.with_context(active_ids=self.lin.ids)
        with Form(opened) as form:  # as the web client opens it
            self.assertIn("Lin still has: 1 members", form.vip_open_work_text)
        wizard = self._wizard(self.mei, self.officer)
        self.assertFalse(wizard.vip_open_work_text)
        wizard.action_register_departure()
        self.assertFalse(self.mei.active)

    def test_a_departure_date_alone_archives_nobody(self):
        wizard = self.env["hr.departure.wizard"].with_user(self.officer)
        wizard.create(
            {"employee_ids": self.lin.ids, "departure_date": date(2030, 1, 31)}
        ).action_register_departure()
        self.assertTrue(self.lin.active)
