import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, UserError
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestTransferAtOnce(TransactionCase):
    """Two real transactions: whoever is second changes nothing."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            old, new = env["hr.employee"].create([{"name": "Old"}, {"name": "New"}])
            member = env["res.partner"].create(
                {
                    "name": "Once",
                    "is_vip_member": True,
                    "phone": "+8613711110001",
                    "vip_owner_id": old.id,
                }
            )
            head = env["res.users"].create(
                {
                    "name": "Head at once",
                    "login": "head_at_once",
                    "group_ids": [(4, env.ref("vip_care.group_head_office").id)],
                }
            )
            line = {"partner_id": member.id, "old_owner_id": old.id}
            transfer = env["vip.transfer"].create(
                {
                    "reason": "Once",
                    "line_ids": [(0, 0, line | {"new_owner_id": new.id})],
                }
            )
            transfer._submit()
            self.ids = {
                "vip_transfer": transfer.id,
                "res_partner": member.id,
                "hr_employee": (old.id, new.id),
                "res_users": head.id,
            }

    def _env(self, cr):
        return api.Environment(cr, self.ids["res_users"], {"tracking_disable": True})

    def _approve(self, env):
        env["vip.transfer"].browse(self.ids["vip_transfer"]).action_approve()
        env.flush_all()

    def test_two_approvals_move_once(self):
        registry = self.env.registry
        with registry.cursor() as first, registry.cursor() as second:
            one, two = self._env(first), self._env(second)
            transfer = two["vip.transfer"].browse(self.ids["vip_transfer"])
            self.assertEqual(transfer.state, "submitted", "both have looked")
            self._approve(one)
            with self.assertRaisesRegex(UserError, "at this moment"):
                self._approve(two)
            first.commit()
            with mute_logger("odoo.sql_db", "odoo.service.model"):
                with self.assertRaises(psycopg2.errors.SerializationFailure):
                    self._approve(two)
                second.rollback()
                with self.assertRaises(AccessError):
                    retrying(lambda: self._approve(two), two)
        self._check_moved_once()

    def test_two_applications_move_once(self):
        registry = self.env.registry
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            env.company.vip_transfer_auto_apply = False
        self.addCleanup(self._apply_at_once_again)
        with registry.cursor() as cr:
            self._approve(self._env(cr))
        with registry.cursor() as first, registry.cursor() as second:
            browse = [
                self._env(cr)["vip.transfer"].browse(self.ids["vip_transfer"])
                for cr in (first, second)
            ]
            self.assertEqual([one.state for one in browse], ["approved"] * 2)
            browse[0].action_apply()
            first.commit()
            with mute_logger("odoo.sql_db", "odoo.service.model"):
                retrying(browse[1].action_apply, browse[1].env)
            second.commit()
        self._check_moved_once()

    def _apply_at_once_again(self):
        with self.env.registry.cursor() as cr:
            cr.execute("UPDATE res_company SET vip_transfer_auto_apply = TRUE")

    def _check_moved_once(self):
        with self.env.registry.cursor() as cr:
            cr.execute(
                """
                SELECT count(*), min(p.vip_owner_id) FROM vip_ownership_change c
                  JOIN res_partner p ON p.id = c.partner_id
                 WHERE c.transfer_id = %s
                """,
                [self.ids["vip_transfer"]],
            )
            self.assertEqual(cr.fetchone(), (1, self.ids["hr_employee"][1]))

    def _forget(self):
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["mail.activity"].search([("res_model", "=", "vip.transfer")]).unlink()
            cr.execute(
                "DELETE FROM vip_ownership_change WHERE partner_id = %s",
                [self.ids["res_partner"]],
            )
            env["vip.transfer"].browse(self.ids["vip_transfer"]).message_ids.unlink()
            env.flush_all()
            cr.execute(
                "DELETE FROM vip_transfer WHERE id = %s", [self.ids["vip_transfer"]]
            )
            env["res.partner"].browse(self.ids["res_partner"]).unlink()
            env["hr.employee"].browse(self.ids["hr_employee"]).unlink()
            user = env["res.users"].browse(self.ids["res_users"])
            partner = user.partner_id
            user.unlink()
            partner.unlink()
