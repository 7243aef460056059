import time

import psycopg2

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import AccessError, UserError
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .transfer_common import TransferCommon


@tagged("post_install", "-at_install")
class TestTransferApply(TransferCommon):
    def test_applying_twice_moves_nothing_twice(self):
        transfer = self._applied()
        before = self._history(self.wang)
        self._act(transfer, "apply", "reg")
        with self.assertRaises(AccessError):
            self._act(transfer, "approve", "reg")
        with self.assertRaises(UserError):
            transfer._apply()
        self.assertEqual(self._history(self.wang), before)
        self.assertEqual(transfer.line_ids.outcome, "moved")

    def test_approved_waits_where_the_company_wants_it(self):
        self.company.vip_transfer_auto_apply = False
        transfer = self._take_over()
        self._act(transfer, "store_approve", "ann")
        self._act(transfer, "approve", "reg")
        self.assertEqual(self.wang.vip_owner_id, self.lin)
        self._act(transfer, "apply", "reg")
        self._act(transfer, "apply", "reg")
        self.assertEqual(self.wang.vip_owner_id, self.mei)
        self.assertEqual(len(self._history(self.wang)), 2)

    def test_members_who_changed_hands_meanwhile_are_skipped(self):
        self.company.vip_transfer_auto_apply = False
        members = self.wang
        for _number in range(3):
            members |= self._create_member(vip_owner_id=self.lin.id)
        transfer = self._take_over(members)
        self._act(transfer, "store_approve", "ann")
        self._act(transfer, "approve", "reg")
        members[1]._vip_decided("merge").vip_owner_id = self.ann
        members[2].is_vip_member = False
        self._act(transfer, "apply", "reg")
        self.assertEqual(
            transfer.line_ids.mapped(lambda line: (line.outcome, line.skip_reason)),
            [
                ("moved", False),
                ("skipped", "owner_changed"),
                ("skipped", "no_member"),
                ("moved", False),
            ],
        )
        self.assertEqual(members[1].vip_owner_id, self.ann)
        self.assertFalse(any(transfer.line_ids.mapped("is_open")))

    def test_a_successor_who_left_gets_nobody(self):
        self.company.vip_transfer_auto_apply = False
        transfer = self._take_over()
        self._act(transfer, "store_approve", "ann")
        self._act(transfer, "approve", "reg")
        self.env.cr.execute(
            "UPDATE hr_employee SET active = FALSE WHERE id = %s", [self.mei.id]
        )
        self.env.invalidate_all()
        self._act(transfer, "apply", "reg")
        self.assertEqual(transfer.line_ids.skip_reason, "successor_left")
        self.assertEqual(self.wang.vip_owner_id, self.lin)

    def test_undo_returns_whom_nobody_moved_on(self):
        moved_on = self._create_member(vip_owner_id=self.lin.id)
        transfer = self._applied(self.wang | moved_on)
        moved_on._vip_decided("merge").vip_owner_id = self.ann
        self._act(transfer, "undo", "reg")
        self.assertEqual(transfer.state, "undone")
        self.assertEqual(self.wang.vip_owner_id, self.lin)
        self.assertEqual(self.wang.vip_owner_user_id, self.users["lin"])
        self.assertEqual(moved_on.vip_owner_id, self.ann)
        self.assertEqual(
            transfer.line_ids.mapped("outcome"), ["returned", "moved"]
        )
        self.assertEqual(transfer.line_ids[1].skip_reason, "owner_changed")
        self.assertEqual(
            self._history(self.wang)[1:],
            [
                ("Lin", "Mei", "request", self.users["reg"]),
                ("Mei", "Lin", "undo", self.users["reg"]),
            ],
        )
        with self.assertRaises(AccessError):
            self._act(transfer, "undo", "reg")

    def test_undo_leaves_a_later_decision_for_the_same_person_alone(self):
        transfer = self._applied()
        for owner in (self.ann, self.mei):
            self.wang._vip_decided("merge").vip_owner_id = owner
        self._act(transfer, "undo", "reg")
        self.assertEqual(self.wang.vip_owner_id, self.mei)

    def test_undo_gives_nobody_back_to_one_who_left_or_to_no_one(self):
        empty = self._create_store("Empty", "T3")
        free = self._create_member(vip_store_id=empty.id)
        self.assertFalse(free.vip_owner_id, "there is nobody to give her to")
        given = self._take_over(free)
        self._act(given, "approve", "reg")
        self._act(given, "undo", "reg")
        self.assertEqual(free.vip_owner_id, self.mei)
        self.assertEqual(given.line_ids.skip_reason, "no_old_owner")
        transfer = self._applied()
        self.env.cr.execute(
            "UPDATE hr_employee SET active = FALSE WHERE id = %s", [self.lin.id]
        )
        self.env.invalidate_all()
        self._act(transfer, "undo", "reg")
        self.assertEqual(transfer.line_ids.skip_reason, "old_owner_left")
        self.assertEqual(self.wang.vip_owner_id, self.mei)

    def test_undo_has_an_end(self):
        self.company.vip_undo_days = 7
        transfer = self._applied()
        days = (transfer.undo_until - transfer.applied_at).days
        self.assertEqual(days, 7)
        transfer.undo_until = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
        with self.assertRaises(AccessError):
            self._act(transfer, "undo", "head")

    def test_each_successor_gets_one_message(self):
        members = self.wang
        for _number in range(4):
            members |= self._create_member(vip_owner_id=self.lin.id)
        transfer = self._give_up(members)
        for line, owner in zip(
            transfer.line_ids, [self.mei, self.mei, self.ann] * 2, strict=False
        ):
            line.new_owner_id = owner
        transfer.line_ids[4].new_owner_id = self.mei
        self._act(transfer, "approve", "head")
        for user, count in [("mei", 4), ("ann", 1)]:
            messages = self.env["mail.message"].search(
                [
                    ("notified_partner_ids", "in", self.users[user].partner_id.ids),
                    ("subject", "=", "New members"),
                ]
            )
            self.assertEqual(len(messages), 1, user)
            self.assertIn(f"{count} members", messages.body)
            self.assertNotIn("Too many", messages.body, "the reason is not hers")

    def test_queries_do_not_grow_with_the_members(self):
        counts = []
        for size in (10, 10, 100):  # the first one fills caches
            members = self.env["res.partner"].union(
                *(self._create_member(vip_owner_id=self.lin.id) for _n in range(size))
            )
            transfer = self._give_up(members, successor=self.mei)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._act(transfer, "approve", "head")
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(members.vip_owner_id, self.mei)
        self.assertEqual(counts[1], counts[2])

    def test_moving_an_employee_to_another_store_keeps_her_members(self):
        self.lin.vip_store_id = self.other_store
        self.assertRecordValues(
            self.wang,
            [
                {
                    "vip_owner_id": self.lin.id,
                    "vip_owner_user_id": self.users["lin"].id,
                    "vip_owner_store_id": self.other_store.id,
                    "vip_store_id": self.store.id,
                }
            ],
        )
        self.assertEqual(len(self._history(self.wang)), 1)
        self.assertEqual(self._take_over().store_id, self.other_store)

    def test_five_thousand_members_cost_no_time_each(self):
        self.env.cr.execute(
            """
            INSERT INTO res_partner
                   (name, active, is_vip_member, vip_store_id, vip_company_id,
                    vip_owner_id, vip_owner_since, autopost_bills, type)
            SELECT 'Bulk ' || n, TRUE, TRUE, %s, %s, %s, '2026-01-01', 'ask', 'contact'
              FROM generate_series(1, 5000) n RETURNING id
            """,
            [self.store.id, self.company.id, self.lin.id],
        )
        ids = [partner_id for [partner_id] in self.env.cr.fetchall()]
        started, before = time.process_time(), self.env.cr.sql_log_count
        transfer = self._give_up(
            self.env["res.partner"].browse(ids), successor=self.mei
        )
        self._act(transfer, "approve", "head")
        self.env.flush_all()
        # Processor time and statements: the wall clock of a busy machine says little.
        self.assertLess(time.process_time() - started, 5)
        self.assertLess(self.env.cr.sql_log_count - before, 250)
        self.assertEqual(transfer.moved_count, 5000)


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
            env["mail.activity"].search(
                [("res_model", "=", "vip.transfer")]
            ).unlink()
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
