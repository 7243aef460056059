import threading
import time
import uuid

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import VipCareCommon


@tagged("post_install", "-at_install")
class TestLeavingAtOnce(VipCareCommon):
    """Real transactions, committed and cleared away afterwards."""

    def setUp(self):
        super().setUp()
        key = uuid.uuid4().hex[:8]
        self.addCleanup(self._forget, key)
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            region = env["vip.region"].create({"name": key})
            store = env["vip.store"].create(
                {"name": key, "code": key, "region_id": region.id}
            )
            users = [
                env["res.users"].create(
                    {
                        "name": f"{key} {name}",
                        "login": f"{key}_{name}",
                        "group_ids": [(6, 0, env.ref(f"vip_care.group_{group}").ids)],
                    }
                )
                for name, group in [
                    ("lin", "associate"),
                    ("mei", "associate"),
                    ("regional", "region_manager"),
                ]
            ]
            region.manager_ids = users[2]
            lin, mei = (
                env["hr.employee"].create(
                    {"name": user.name, "user_id": user.id, "vip_store_id": store.id}
                )
                for user in users[:2]
            )
            members = env["res.partner"].create(
                [
                    {
                        "name": key,
                        "is_vip_member": True,
                        "vip_store_id": store.id,
                        "vip_owner_id": lin.id,
                    }
                    for _number in range(20)
                ]
            )
            self.ids = {
                "lin": lin.id,
                "mei": mei.id,
                "store": store.id,
                "regional": users[2].id,
                "members": members.ids,
            }
            self.key = key

    def _forget(self, key):
        with self.env.registry.cursor() as cr:
            for statement in (
                "DELETE FROM mail_message WHERE body LIKE '%%' || %(key)s || '%%'",
                "DELETE FROM vip_ownership_change WHERE partner_id IN"
                " (SELECT id FROM res_partner WHERE name = %(key)s)",
                "DELETE FROM vip_transfer WHERE from_employee_id IN"
                " (SELECT id FROM hr_employee WHERE name LIKE %(like)s)",
                "DELETE FROM res_partner WHERE name = %(key)s",
                "UPDATE hr_employee SET vip_store_id = NULL, active = FALSE"
                " WHERE name LIKE %(like)s",
                "UPDATE resource_resource SET active = FALSE WHERE name LIKE %(like)s",
                "UPDATE res_users SET active = FALSE WHERE login LIKE %(like)s",
                "DELETE FROM vip_store WHERE code = %(key)s",
                "DELETE FROM vip_region WHERE name->>'en_US' = %(key)s",
            ):
                cr.execute(statement, {"key": key, "like": f"{key}%"})

    def _thread(self, function, results):
        """Run `function(env)` in a transaction of its own, as a request would."""

        def run():
            try:
                with self.env.registry.cursor() as cr:
                    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
                    with mute_logger("odoo.sql_db", "odoo.service.model"):
                        results.append(retrying(lambda: function(env), env))
            except Exception as error:  # noqa: BLE001 a thread must not lose it
                results.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def _wait_for_a_lock(self):
        """Return once some transaction waits for another, at most ten seconds."""
        for _try in range(100):
            with self.env.registry.cursor() as cr:
                cr.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if cr.fetchone()[0]:
                    return
            time.sleep(0.1)
        self.fail("nobody waited")

    def test_a_member_enrolled_while_she_is_archived(self):
        """The archiving waits, sees the new member in its second try and is held."""
        with self.env.registry.cursor() as cr:  # Lin has nobody left for now
            cr.execute(
                "UPDATE res_partner SET vip_owner_id = %s WHERE vip_owner_id = %s",
                [self.ids["mei"], self.ids["lin"]],
            )
        results = []
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            env["res.partner"].create(
                {
                    "name": self.key,
                    "is_vip_member": True,
                    "vip_store_id": self.ids["store"],
                    "vip_owner_id": self.ids["lin"],
                }
            )
            env.flush_all()
            thread = self._thread(
                lambda env: env["hr.employee"].browse(self.ids["lin"]).action_archive(),
                results,
            )
            self._wait_for_a_lock()
        thread.join(30)
        self.assertIsInstance(results[0], RedirectWarning)
        with self.env.registry.cursor() as cr:
            cr.execute(
                "SELECT active FROM hr_employee WHERE id = %s", [self.ids["lin"]]
            )
            self.assertEqual(cr.fetchone(), (True,))

    def test_two_who_accept_at_once_move_nothing_twice(self):
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            env["hr.employee"].browse(self.ids["lin"]).action_vip_hand_over()
        both = threading.Barrier(2, timeout=20)

        def accept(env):
            transfer = env["vip.transfer"].search(
                [("from_employee_id", "=", self.ids["lin"])]
            )
            if not hasattr(started, "once"):
                started.once = True
                both.wait()
            transfer.with_user(self.ids["regional"]).action_submit()

        started = threading.local()
        results = []
        threads = [self._thread(accept, results) for _number in range(2)]
        for thread in threads:
            thread.join(60)
        errors = [result for result in results if result is not None]
        self.assertEqual(len(results), 2)
        self.assertEqual(len(errors), 1, "the second finds it done")
        self.assertIsInstance(errors[0], (AccessError, UserError))
        with self.env.registry.cursor() as cr:
            cr.execute(
                "SELECT count(*), count(DISTINCT partner_id) FROM vip_ownership_change"
                " WHERE partner_id = ANY(%s) AND reason = 'leaving'",
                [self.ids["members"]],
            )
            self.assertEqual(cr.fetchone(), (20, 20))
            cr.execute(
                "SELECT DISTINCT vip_owner_id FROM res_partner WHERE id = ANY(%s)",
                [self.ids["members"]],
            )
            self.assertEqual(cr.fetchall(), [(self.ids["mei"],)])
