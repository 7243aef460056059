from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .transfer_common import TransferCommon

STEPS = {
    "submit": (),
    "withdraw": (),
    "store_approve": (),
    "approve": (),
    "reject": ("Not now",),
    "apply": (),
    "undo": (),
    "file": (),
}
# Who may do what in which state of a take-over asked by Mei; nobody else may.
ALLOWED = {
    "draft": {"submit": {"mei"}},
    "submitted": {
        "withdraw": {"mei"},
        "store_approve": {"ann"},
        "approve": {"head"},
        "reject": {"ann", "head"},
    },
    "store_approved": {
        "withdraw": {"mei"},
        "approve": {"reg", "head"},
        "reject": {"reg", "head"},
    },
    "approved": {"apply": {"reg", "head"}},
    "applied": {"undo": {"reg", "head"}, "file": {"head"}},
    "rejected": {},
    "undone": {"file": {"head"}},
}


@tagged("post_install", "-at_install")
class TestTransferPath(TransferCommon):
    def _reach(self, state):
        """Return a take-over by Mei that has come to `state`."""
        self.company.vip_transfer_auto_apply = state != "approved"
        transfer = self._take_over()
        path = {
            "draft": [("withdraw", "mei")],
            "submitted": [],
            "store_approved": [("store_approve", "ann")],
            "approved": [("store_approve", "ann"), ("approve", "reg")],
            "applied": [("store_approve", "ann"), ("approve", "reg")],
            "rejected": [("reject", "ann", "Not now")],
            "undone": [
                ("store_approve", "ann"),
                ("approve", "reg"),
                ("undo", "reg"),
            ],
        }
        for step, user, *args in path[state]:
            self._act(transfer, step, user, *args)
        self.assertEqual(transfer.state, state)
        return transfer

    def test_each_step_by_the_right_person_only(self):
        attempts = 0
        for state, allowed in ALLOWED.items():
            savepoint = self.env.cr.savepoint()
            transfer = self._reach(state)
            for step, args in STEPS.items():
                for user in self.users:
                    attempts += 1
                    with self.subTest(state=state, step=step, user=user):
                        self._try(transfer, step, user, args, allowed)
            self.env.invalidate_all()
            savepoint.close(rollback=True)
            self.env.invalidate_all()
        self.assertEqual(attempts, len(ALLOWED) * len(STEPS) * len(self.users))

    def _try(self, transfer, step, user, args, allowed):
        before = transfer.read(["state", "filed_at"])
        owner = self.wang.vip_owner_id
        savepoint = self.env.cr.savepoint()
        try:
            self._act(transfer, step, user, *args)
            passed = True
        except (AccessError, UserError):
            passed = False
        changed = passed and (
            transfer.read(["state", "filed_at"]) != before
            or self.wang.vip_owner_id != owner
        )
        self.env.flush_all()
        self.env.invalidate_all()
        savepoint.close(rollback=True)
        self.env.invalidate_all()
        self.assertEqual(changed, user in allowed.get(step, ()))

    def test_buttons_are_those_one_may_press(self):
        names = {"store_approve": "store"}
        for state, allowed in ALLOWED.items():
            savepoint = self.env.cr.savepoint()
            transfer = self._reach(state)
            for user in ("mei", "ann", "reg", "head"):
                shown = transfer.sudo(False).with_user(self.users[user])
                for step in STEPS:
                    with self.subTest(state=state, step=step, user=user):
                        self.assertEqual(
                            shown[f"can_{names.get(step, step)}"],
                            user in allowed.get(step, ()),
                        )
            self.env.invalidate_all()
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def test_whole_path_moves_the_member_and_says_by_whom(self):
        transfer = self._take_over()
        self.assertRegex(transfer.name, r"^TR\d{5}$")
        self.assertEqual((transfer.store_id, transfer.level), (self.store, "store"))
        ann = self.users["ann"].name
        self.assertEqual(transfer.waiting_for, f"Waiting for: {ann}")
        self._act(transfer, "store_approve", "ann")
        self.assertEqual(transfer.level, "region")
        self._act(transfer, "approve", "reg")
        self.assertRecordValues(
            transfer,
            [
                {
                    "state": "applied",
                    "level": False,
                    "requested_by_id": self.users["mei"].id,
                    "store_approved_by_id": self.users["ann"].id,
                    "approved_by_id": self.users["reg"].id,
                }
            ],
        )
        self.assertRecordValues(
            self.wang,
            [
                {
                    "vip_owner_id": self.mei.id,
                    "vip_owner_user_id": self.users["mei"].id,
                    "vip_owner_store_id": self.store.id,
                }
            ],
        )
        self.assertEqual(
            self._history(self.wang)[1:],
            [("Lin", "Mei", "request", self.users["reg"])],
        )
        self.assertEqual(self.wang.vip_ownership_change_ids[0].transfer_id, transfer)

    def test_nobody_decides_on_her_own_request(self):
        transfer = self._take_over(user="ann")
        self.assertEqual(transfer.level, "region", "the store manager asks herself")
        with self.assertRaises(AccessError):
            self._act(transfer, "store_approve", "ann")
        with self.assertRaises(AccessError):
            self._act(transfer, "approve", "ann")
        self._act(transfer, "approve", "reg")
        self.assertEqual(self.wang.vip_owner_id, self.ann)

    def test_head_office_does_not_decide_on_its_own_request(self):
        self._create_employee("Head", user_id=self.users["head"].id)
        transfer = self._take_over(user="head")
        with self.assertRaises(AccessError):
            self._act(transfer, "approve", "head")
        self._act(transfer, "store_approve", "ann")

    def test_a_manager_who_gives_or_gains_is_passed_over(self):
        member = self._create_member(vip_owner_id=self.ann.id)
        self.assertEqual(self._take_over(member).level, "region", "she gives")
        reg = self._create_employee("Reg", user_id=self.users["reg"].id)
        gained = self._give_up(successor=reg)
        self._act(gained, "store_approve", "ann")
        self.assertEqual(gained.level, "head_office", "she gains")
        with self.assertRaises(AccessError):
            self._act(gained, "approve", "reg")
        self._act(gained, "approve", "head")
        self.assertEqual(self.wang.vip_owner_id, reg)

    def test_choosing_oneself_as_successor_takes_the_decision_away(self):
        transfer = self._give_up()
        line = transfer.line_ids.sudo(False).with_user(self.users["ann"])
        line.new_owner_id = self.ann
        with self.assertRaises(AccessError):
            self._act(transfer, "store_approve", "ann")

    def test_whoever_reviewed_does_not_decide_too(self):
        self.users["ann"].group_ids = [
            (4, self.env.ref("vip_care.group_region_manager").id)
        ]
        self.region.manager_ids = self.users["ann"]
        transfer = self._take_over()
        self._act(transfer, "store_approve", "ann")
        self.assertEqual(transfer.level, "head_office")

    def test_levels_nobody_holds_are_left_out(self):
        self.store.manager_ids = False
        transfer = self._take_over()
        self.assertEqual(transfer.level, "region")
        self._act(transfer, "withdraw", "mei")
        self.users["reg"].active = False
        self._act(transfer, "submit", "mei")
        self.assertEqual(transfer.level, "head_office")
        self._act(transfer, "approve", "head")
        self.assertEqual(self.wang.vip_owner_id, self.mei)

    def test_rejecting_needs_a_reason_and_frees_the_member(self):
        transfer = self._take_over()
        with self.assertRaisesRegex(UserError, "Say why"):
            self._act(transfer, "reject", "ann", "  ")
        self._act(transfer, "reject", "ann", "Lin knows her for years")
        self.assertEqual(transfer.reject_reason, "Lin knows her for years")
        self.assertEqual(self.wang.vip_owner_id, self.lin)
        self.assertEqual(self._take_over().state, "submitted", "she may ask again")

    def test_giving_up_needs_a_successor_before_the_decision(self):
        transfer = self._give_up()
        self._act(transfer, "store_approve", "ann")
        with self.assertRaisesRegex(UserError, "no new owner yet"):
            self._act(transfer, "approve", "reg")
        line = transfer.line_ids.sudo(False).with_user(self.users["reg"])
        line.new_owner_id = self.mei
        self._act(transfer, "approve", "reg")
        self.assertEqual(self.wang.vip_owner_id, self.mei)

    def test_customer_service_files_each_once(self):
        transfer = self._applied()
        self._act(transfer, "file", "head")
        self.assertEqual(transfer.filed_by_id, self.users["head"])
        with self.assertRaises(AccessError):
            self._act(transfer, "file", "head")

    def test_rebalancing_is_decided_a_level_above(self):
        far_member = self._create_member(vip_store_id=self.other_store.id)
        transfers = self.env["vip.transfer"].with_user(self.users["ann"])
        for members, successor, sentence in [
            (far_member, self.mei, "Not of your stores"),
            (self.wang, self._create_employee("Far", self.other_store), "your stores"),
        ]:
            with self.assertRaisesRegex(AccessError, sentence):
                transfers.request_rebalance(members.ids, successor.id, "Even out")
        transfer = transfers.request_rebalance(
            self.wang.ids, self.mei.id, "Even out"
        ).sudo()
        self.assertEqual((transfer.kind, transfer.level), ("rebalance", "region"))
        self._act(transfer, "approve", "reg")
        self.assertEqual(self._history(self.wang)[-1][2], "rebalance")
        again = transfers.with_user(self.users["reg"]).request_rebalance(
            self.wang.ids, self.lin.id, "Back"
        )
        self.assertEqual(again.sudo().level, "head_office")
        with self.assertRaises(AccessError):
            transfers.with_user(self.users["lin"]).request_rebalance(
                self.wang.ids, self.mei.id, "Mine"
            )

    def test_the_requester_hears_what_was_decided(self):
        partner = self.users["mei"].partner_id
        self._act(self._take_over(), "reject", "ann", "Lin knows her")
        [message] = self.env["mail.message"].search(
            [("notified_partner_ids", "in", partner.ids)], order="id desc", limit=1
        )
        self.assertIn("Lin knows her", message.body)
        self.assertNotIn("王芳", message.subject)

    def test_who_decides_has_it_on_her_list(self):
        transfer = self._take_over()
        self.assertEqual(transfer.activity_ids.user_id, self.users["ann"])
        self.assertNotIn("neighbour", transfer.activity_ids.summary)
        self._act(transfer, "store_approve", "ann")
        self.assertEqual(transfer.activity_ids.user_id, self.users["reg"])
        self._act(transfer, "approve", "reg")
        self.assertFalse(transfer.activity_ids)
        for user, count in [("ann", 1), ("reg", 0), ("far", 0), ("mei", 0)]:
            self._create_one_to_review(user == "ann")
            found = self.env["vip.transfer"].with_user(self.users[user])
            self.assertEqual(
                found.search_count([("is_mine_to_decide", "=", True)]), count, user
            )

    def _create_one_to_review(self, create):
        if create:
            self._take_over(self._create_member(vip_owner_id=self.lin.id))
