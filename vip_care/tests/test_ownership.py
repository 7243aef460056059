import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .transfer_common import TransferCommon

FORGED = {"vip_owner_decision": "merge", "vip_owner_reason": "merge"}


@tagged("post_install", "-at_install")
class TestOwnership(TransferCommon):
    def test_nobody_writes_the_owner_of_an_owned_member(self):
        for user in ("lin", "mei", "ann", "reg", "head"):
            member = self.wang.with_user(self.users[user])
            told = "top-secret" if user == "mei" else "under Transfers"
            for owner in (self.mei, self.ann):
                with self.subTest(user=user, owner=owner.name):
                    with self.assertRaisesRegex(AccessError, told):
                        member.vip_owner_id = owner
                    with self.assertRaisesRegex(AccessError, told):
                        member.with_context(**FORGED).vip_owner_id = owner
        self.assertEqual(self.wang.vip_owner_id, self.lin)

    def test_server_code_needs_a_decision_not_a_context(self):
        with self.assertRaises(AccessError):
            self.wang.vip_owner_id = self.mei
        with self.assertRaises(AccessError):
            self.wang.with_context(**FORGED).vip_owner_id = self.mei
        with self.assertRaises(AccessError):
            decided = self.wang._vip_decided("merge")
            decided.with_user(self.users["head"]).vip_owner_id = self.mei
        self.wang._vip_decided("rebalance").vip_owner_id = self.mei
        self.assertEqual(self._history(self.wang)[-1][:3], ("Lin", "Mei", "rebalance"))

    def test_nobody_takes_an_owner_away(self):
        for member in (
            self.wang,
            self.wang._vip_decided("merge"),
            self.wang.with_user(self.users["head"]),
        ):
            with self.assertRaisesRegex(UserError, "without an owner"):
                member.vip_owner_id = False
        self.assertEqual(self.wang.vip_owner_id, self.lin)

    def test_the_database_refuses_an_orphan(self):
        self.env.flush_all()
        for statement in (
            "UPDATE res_partner SET vip_owner_id = NULL WHERE id = %s",
            "UPDATE res_partner SET vip_owner_id = NULL, active = FALSE WHERE id = %s",
        ):
            with (
                self.subTest(statement=statement),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.CheckViolation),
                self.env.cr.savepoint(flush=False),
            ):
                self.env.cr.execute(statement, [self.wang.id])
        self.env.cr.execute(
            """
            UPDATE res_partner SET vip_owner_id = NULL, is_vip_member = FALSE
             WHERE id = %s
            """,
            [self.wang.id],
        )
        self.assertEqual(self.env.cr.rowcount, 1, "who is no member needs no owner")

    def test_the_day_is_kept_with_the_owner(self):
        self.assertEqual(self.wang.vip_owner_since, self.store._vip_today())
        self.env.cr.execute(
            "UPDATE res_partner SET vip_owner_since = '2025-05-05' WHERE id = %s",
            [self.wang.id],
        )
        self.wang.invalidate_recordset()
        self.wang.write({"vip_owner_id": self.lin.id, "name": "Wang"})
        self.assertEqual(str(self.wang.vip_owner_since), "2025-05-05")
        self._applied()
        self.assertEqual(self.wang.vip_owner_since, self.store._vip_today())

    def test_members_from_before_get_their_day(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE vip_ownership_change SET date = '2025-04-04' WHERE partner_id = %s",
            [self.wang.id],
        )
        self.env.cr.execute(
            "UPDATE res_partner SET vip_owner_since = NULL WHERE id = %s",
            [self.wang.id],
        )
        self.env["res.partner"]._vip_fill_owner_since()
        self.wang.invalidate_recordset()
        self.assertEqual(str(self.wang.vip_owner_since), "2025-04-04")

    def test_what_follows_the_owner_is_nobodys_to_write(self):
        for user in self.users:
            member = self.wang.with_user(self.users[user])
            for vals in (
                {"vip_owner_user_id": self.users[user].id},
                {"vip_owner_store_id": self.other_store.id},
                {"vip_owner_since": "2020-01-01"},
            ):
                with self.subTest(user=user, vals=vals):
                    with self.assertRaisesRegex(AccessError, "follow the owner"):
                        member.write(vals)
                    with self.assertRaisesRegex(AccessError, "follow the owner"):
                        member.create({"name": "X", **vals})

    def test_first_owner_is_named_by_managers_within_their_stores(self):
        empty = self._create_store("Empty", "T3")
        far = self._create_employee("Far", empty)
        home = self._create_store("Home", "T4")
        home.manager_ids = self.users["ann"] | self.users["far"]
        for user, owner, allowed in [
            ("mei", self.mei, False),
            ("ann", self.mei, True),
            ("ann", far, False),
            ("far", self.mei, False),
            ("reg", far, True),
            ("head", far, True),
        ]:
            member = self._create_member(vip_store_id=empty.id)
            member.vip_store_id = home
            mine = member.with_user(self.users[user])
            with self.subTest(user=user, owner=owner.name):
                if allowed:
                    mine.vip_owner_id = owner
                    self.assertEqual(member.vip_owner_id, owner)
                    continue
                told = "top-secret" if user == "mei" else "Only a manager"
                with self.assertRaisesRegex(AccessError, told):
                    mine.vip_owner_id = owner
                with self.assertRaisesRegex(AccessError, "Only a manager"):
                    mine.create(
                        {"name": "X", "is_vip_member": True, "vip_owner_id": far.id}
                    )

    def test_ending_archiving_and_moving_by_role(self):
        cases = [
            ({"is_vip_member": False}, {"head"}),
            ({"active": False}, {"ann", "reg", "head"}),
            ({"vip_store_id": self.other_store.id}, {"ann", "reg", "head"}),
        ]
        for vals, allowed in cases:
            for user in ("lin", "ann", "reg", "head"):
                member = self._create_member(vip_owner_id=self.lin.id)
                mine = member.with_user(self.users[user])
                with self.subTest(vals=vals, user=user):
                    if user in allowed:
                        mine.write(vals)
                        continue
                    with self.assertRaises(AccessError):
                        mine.write(vals)

    def test_a_new_member_has_an_owner_whenever_there_is_somebody(self):
        specialist = self._create_employee("Specialist", self.other_store)
        keeper = self._create_employee(
            "Keeper", self.other_store, user_id=self.users["far"].id
        )
        self.assertEqual(self._far_member().vip_owner_id, keeper, "a manager")
        self.other_store.specialist_id = specialist
        self.assertEqual(self._far_member().vip_owner_id, specialist)
        enrolled = (
            self.env["res.partner"]
            .with_user(self.users["mei"])
            .vip_enrol(
                {
                    "name": "New",
                    "phone": "13800138222",
                    "vip_store_id": self.other_store.id,
                }
            )
        )
        self.assertEqual(enrolled.sudo().vip_owner_id, self.mei, "who enrols her")
        contact = self.env["res.partner"].create(
            {"name": "C", "vip_store_id": self.other_store.id}
        )
        contact.is_vip_member = True
        self.assertEqual(contact.vip_owner_id, specialist)
        self.assertEqual(self._history(contact)[0][:3], (False, "Specialist", "enrol"))

    def _far_member(self):
        return self._create_member(vip_store_id=self.other_store.id)

    def test_who_comes_back_after_her_owner_left_gets_another(self):
        self.wang.is_vip_member = False
        self.env.flush_all()
        # What a handover does to former members of who leaves.
        self.env.cr.execute(
            """
            UPDATE res_partner SET vip_owner_id = NULL, vip_owner_since = NULL
             WHERE id = %s
            """,
            [self.wang.id],
        )
        self.env.invalidate_all()
        self.wang.is_vip_member = True
        self.assertEqual(self.wang.vip_owner_id, self.ann)
        self.assertEqual(self._history(self.wang)[-1][:3], (False, "Ann", "enrol"))
