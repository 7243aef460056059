from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .leaving_common import LeavingCommon


class TestLeavingSeen(LeavingCommon):
    """What a leaver looked at in her last 30 days, for auditors only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor = new_test_user(
            cls.env, "auditor_leaving", "base.group_user,vip_care.group_auditor"
        )
        cls.member = cls._create_members(cls.mei, 1)

    def _found(self, action):
        return (
            self.env[action["res_model"]]
            .with_user(self.auditor)
            .search(action["domain"])
        )

    def test_an_auditor_opens_her_last_days(self):
        today = fields.Date.today()
        views = self.env["vip.access.view"].sudo()
        seen = views.create(
            [
                {
                    "user_id": employee.user_id.id,
                    "partner_id": self.member.id,
                    "day": today - timedelta(days=days),
                }
                for employee, days in ((self.lin, 5), (self.lin, 40), (self.mei, 5))
            ]
        )
        log = self.env["vip.access.log"].with_user(self.lin.user_id)._log("lookup")
        self.env["vip.access.log"].with_user(self.mei.user_id)._log("lookup")
        public = self.env["hr.employee.public"].browse(self.lin.id)
        as_auditor = public.with_user(self.auditor)
        self.assertEqual(
            self._found(as_auditor.action_vip_view_members_seen()), seen[0]
        )
        self.assertEqual(self._found(as_auditor.action_vip_view_log()).ids, log.ids)
        self.lin.action_archive()
        self.lin.sudo().departure_date = today - timedelta(days=20)
        found = self._found(as_auditor.action_vip_view_members_seen())
        self.assertEqual(found, seen[:2], "counted back from her departure")

    def test_nobody_else_does(self):
        for user in (self.manager_user, self.head_user, self.officer):
            for step in ("action_vip_view_log", "action_vip_view_members_seen"):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    getattr(self.lin.with_user(user), step)()
