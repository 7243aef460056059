from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .transfer_common import TransferCommon


@tagged("post_install", "-at_install")
class TestTransferRules(TransferCommon):
    def _back_and_forth(self, times):
        """Move Wang between Lin and Mei, by regional manager's decision."""
        for number in range(times):
            self._applied(user=("mei", "lin")[number % 2])

    def test_third_move_in_ninety_days_is_head_offices(self):
        self._back_and_forth(2)
        transfer = self._take_over()
        self._act(transfer, "store_approve", "ann")
        self.assertEqual(transfer.level, "head_office")
        with self.assertRaises(AccessError):
            self._act(transfer, "approve", "reg")
        self._act(transfer, "approve", "head")
        self.assertEqual(self.wang.vip_owner_id, self.mei)

    def test_a_cap_reached_while_waiting_holds_the_regional_manager(self):
        transfer = self._take_over()
        self._act(transfer, "store_approve", "ann")
        for owner in (self.mei, self.lin):
            self.wang._vip_decided("rebalance").vip_owner_id = owner
        with self.assertRaisesRegex(UserError, "Only head office"):
            self._act(transfer, "approve", "reg")
        self._act(transfer, "approve", "head")

    def test_what_does_not_count_as_a_move(self):
        self._back_and_forth(1)
        undone = self._take_over(user="lin")
        self._act(undone, "store_approve", "ann")
        self._act(undone, "approve", "reg")
        self._act(undone, "undo", "reg")
        wish = self._take_over(user="lin", wish_note="She told Ann")
        self._act(wish, "store_approve", "ann")
        leaving = self.wang._vip_decided("leaving")
        leaving.vip_owner_id = self.mei
        transfer = self._take_over(user="lin")
        self._act(transfer, "store_approve", "ann")
        self.assertEqual(transfer.level, "region", "one move only")
        self._act(transfer, "approve", "reg")
        self.assertEqual(self._take_over()._capped_members(), self.wang)

    def test_moves_long_ago_do_not_count(self):
        self._back_and_forth(2)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE vip_ownership_change SET date = date - interval '91 days'"
        )
        transfer = self._take_over()
        self._act(transfer, "store_approve", "ann")
        self.assertEqual(transfer.level, "region")

    def test_silence_goes_up_level_by_level(self):
        self.company.vip_transfer_days = 3
        transfer = self._take_over()
        self._age(transfer, 2)
        self.env["vip.transfer"]._cron_escalate()
        self.assertEqual(transfer.level, "store")
        for level, loser, decider in [
            ("region", "ann", "reg"),
            ("head_office", "reg", "head"),
        ]:
            self._age(transfer, 3)
            self.env["vip.transfer"]._cron_escalate()
            self.assertEqual((transfer.level, transfer.escalated_to), (level, level))
            self.assertIn(self.users[decider], transfer.activity_ids.user_id)
            self.assertNotIn(self.users[loser], transfer.activity_ids.user_id)
            self.assertFalse(
                transfer.with_user(self.users[loser])._may_decide("reject")
            )
        self._age(transfer, 30)
        self.env["vip.transfer"]._cron_escalate()
        self._act(transfer, "approve", "head")
        self.assertEqual(self.wang.vip_owner_id, self.mei)

    def test_the_regional_manager_decides_what_the_store_kept_silent_about(self):
        transfer = self._take_over()
        self._age(transfer, 3)
        self.env["vip.transfer"]._cron_escalate()
        with self.assertRaises(AccessError):
            self._act(transfer, "store_approve", "ann")
        self._act(transfer, "approve", "reg")
        self.assertEqual(self.wang.vip_owner_id, self.mei)

    def test_one_that_cannot_be_passed_on_harms_only_itself(self):
        bad = self._take_over()
        good = self._take_over(self._create_member(vip_owner_id=self.lin.id))
        for transfer in (bad, good):
            self._age(transfer, 3)
        original = self.registry["vip.transfer"]._escalate

        def escalate(transfer):
            if transfer == bad:
                raise ValueError("broken")
            original(transfer)

        self.patch(self.registry["vip.transfer"], "_escalate", escalate)
        with mute_logger("odoo.addons.vip_care.models.vip_transfer_escalation"):
            self.env["vip.transfer"]._cron_escalate()
        self.assertEqual((bad.level, good.level), ("store", "region"))

    def test_the_hourly_job_runs(self):
        transfer = self._take_over()
        self._age(transfer, 3)
        cron = self.env.ref("vip_care.ir_cron_escalate_transfers")
        self.assertEqual((cron.interval_number, cron.interval_type), (1, "hours"))
        cron.ir_actions_server_id.with_user(cron.user_id).run()
        self.assertEqual(transfer.level, "region")

    def test_a_member_is_in_one_open_transfer(self):
        first = self._take_over()
        with self.assertRaisesRegex(UserError, "already in another open transfer"):
            self._give_up()
        self._act(first, "withdraw", "mei")
        self.assertEqual(self._give_up().state, "submitted")
        with self.assertRaisesRegex(UserError, "already in another open transfer"):
            self._act(first, "submit", "mei")

    def test_the_members_own_wish_comes_first(self):
        other = self._create_member(vip_owner_id=self.lin.id)
        alone, both = self._take_over(), None
        self._act(alone, "withdraw", "mei")
        both = self._take_over(self.wang | other)
        wish = self._take_over(user="ann", wish_note="She told me on Monday")
        self.assertEqual(both.line_ids.mapped("is_open"), [True, True])
        self.assertEqual(wish.level, "region", "the manager asks herself")
        self._act(wish, "approve", "reg")
        self.assertEqual(self.wang.vip_owner_id, self.ann)
        self.assertEqual(both.line_ids[0].skip_reason, "wish")
        self.assertEqual(both.state, "submitted", "the other member still waits")
        with self.assertRaisesRegex(UserError, "heard the member"):
            self._take_over(
                self._create_member(vip_owner_id=self.lin.id), wish_note=" "
            )

    def test_a_wish_needs_the_stores_review_only_and_no_cap(self):
        self._back_and_forth(2)
        beaten = self._give_up()
        wish = self._take_over(wish_note="She told Ann at the till")
        self._act(wish, "store_approve", "ann")
        self.assertEqual(wish.state, "applied")
        self.assertEqual(wish.approved_by_id, self.users["ann"])
        self.assertEqual(beaten.state, "rejected", "nobody is left in it")
        self.assertEqual(self._history(self.wang)[-1][3], self.users["ann"])

    def test_what_may_be_asked_for(self):
        transfers = self.env["vip.transfer"].with_user(self.users["mei"])
        contact = self.env["res.partner"].create({"name": "Contact"})
        mine = self._create_member(vip_owner_id=self.mei.id)
        for ids, sentence in [
            (contact.ids, "no members any more"),
            ([0x7FFFFFF0], "no members any more"),
            ([], "which members"),
            (["1"], "which members"),
            (mine.ids, "already"),
        ]:
            with self.subTest(ids=ids), self.assertRaisesRegex(UserError, sentence):
                transfers.request_take_over(ids, "Please")
        with self.assertRaisesRegex(UserError, "Say why"):
            transfers.request_take_over(self.wang.ids, " ")
        with self.assertRaises(AccessError):
            transfers.request_give_up(self.wang.ids, "Not mine")
        clerk = self._create_user("clerk", "auditor")
        clerk.group_ids = [(4, self.env.ref("base.group_user").id)]
        with self.assertRaises(AccessError):
            transfers.with_user(clerk).request_take_over(self.wang.ids, "Please")

    def test_asking_is_no_way_to_read_a_list(self):
        members = self.env["res.partner"].union(
            *(self._create_member(vip_owner_id=self.lin.id) for _n in range(21))
        )
        with self.assertRaisesRegex(UserError, "At most 20"):
            self._take_over(members)
        self._take_over(members[:20])
        with self.assertRaisesRegex(UserError, "At most 20"):
            self._take_over(members[20])

    def test_asking_for_a_member_one_cannot_read(self):
        self.env["ir.rule"].create(
            {
                "name": "Only her own",
                "model_id": self.env.ref("base.model_res_partner").id,
                "groups": [(4, self.env.ref("vip_care.group_associate").id)],
                "domain_force": "['|', ('is_vip_member', '=', False),"
                " ('vip_owner_user_id', '=', user.id)]",
            }
        )
        hidden = self.wang.with_user(self.users["mei"])
        with self.assertRaises(AccessError):
            hidden.read(["name"])
        action = hidden.action_vip_take_over()
        form = Form(
            self.env["vip.transfer.ask"]
            .with_user(self.users["mei"])
            .with_context(**action["context"])
        )
        form.reason = "She is my neighbour"
        form.save().action_ask()
        line = self.env["vip.transfer.line"].search([("partner_id", "=", self.wang.id)])
        self.assertEqual(line.transfer_id.requested_by_id, self.users["mei"])
        self.assertEqual(line.with_user(self.users["mei"]).outcome, "pending")

    def test_several_stores_make_several_requests(self):
        far = self._create_employee("Far", self.other_store)
        other = self._create_member(
            vip_owner_id=far.id, vip_store_id=self.other_store.id
        )
        transfers = self._take_over(self.wang | other)
        self.assertEqual(transfers.store_id, self.store | self.other_store)
        self.assertEqual(len(transfers), 2)

    def test_who_sees_which_transfer(self):
        transfer = self._take_over()
        for user in self.users:
            found = self.env["vip.transfer"].with_user(self.users[user])
            lines = self.env["vip.transfer.line"].with_user(self.users[user])
            seen = user in ("mei", "ann", "reg", "head")
            with self.subTest(user=user):
                self.assertEqual(transfer.id in found.search([]).ids, seen)
                self.assertEqual(transfer.line_ids.id in lines.search([]).ids, seen)

    def test_nobody_writes_a_transfer_by_hand(self):
        transfer = self._take_over()
        now = fields.Datetime.now()
        for user in ("mei", "ann", "reg", "head"):
            mine = transfer.sudo(False).with_user(self.users[user])
            line = mine.line_ids
            for record, vals in [
                (mine, {"state": "approved"}),
                (mine, {"level": "region"}),
                (mine, {"store_id": self.other_store.id}),
                (mine, {"requested_by_id": self.users["lin"].id}),
                (mine, {"undo_until": now + timedelta(days=900)}),
                (mine, {"reason": "Another reason"}),
                (mine, {"member_wish": True}),
                (line, {"partner_id": self.users["lin"].partner_id.id}),
                (line, {"old_owner_id": self.mei.id}),
                (line, {"outcome": "moved"}),
                (line, {"is_open": False}),
            ]:
                with (
                    self.subTest(user=user, vals=vals),
                    self.assertRaises(AccessError),
                ):
                    record.write(vals)
            with self.assertRaises(AccessError):
                mine.create({"reason": "Mine"})
            with self.assertRaises(AccessError):
                line.create({"transfer_id": mine.id, "partner_id": self.wang.id})
            with self.assertRaises(UserError):
                line.unlink()
            with self.assertRaises(UserError):
                mine.unlink()
        with self.assertRaises(AccessError):
            transfer.line_ids.sudo(False).with_user(
                self.users["mei"]
            ).new_owner_id = self.lin

    def test_every_field_of_a_transfer_is_guarded(self):
        """A field added later is not open to RPC unless it is listed as editable."""
        transfer = self._take_over().sudo(False).with_user(self.users["mei"])
        for name, field in transfer._fields.items():
            if field.store and name.startswith(("message_", "activity_", "website_")):
                continue
            if field.store and field.column_type and name != "id":
                with self.subTest(field=name), self.assertRaises(AccessError):
                    transfer.write({name: False})

    def test_a_draft_is_its_authors(self):
        transfer = self._take_over()
        self._act(transfer, "withdraw", "mei")
        mine = transfer.sudo(False).with_user(self.users["mei"])
        mine.reason = "A better reason"
        with self.assertRaises(AccessError):
            mine.with_user(self.users["ann"]).reason = "Hers"
        with self.assertRaises(UserError):
            mine.unlink()

    def test_merging_takes_the_gone_contact_out(self):
        gone = self._create_member(vip_owner_id=self.lin.id)
        transfer = self._take_over(gone)
        kept = self._take_over(self.wang, user="ann")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.wang | gone).ids, self.wang)
        self.env.invalidate_all()
        self.assertEqual(transfer.state, "rejected")
        self.assertEqual(transfer.line_ids.skip_reason, "merged")
        self.assertEqual(kept.line_ids.partner_id, self.wang)
        self.assertTrue(kept.line_ids.is_open)
