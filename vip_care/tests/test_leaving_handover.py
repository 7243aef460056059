from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .leaving_common import LeavingCommon


class TestLeavingHandover(LeavingCommon):
    """From the resignation to the archived employee, and back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.members = cls._create_members(cls.lin, 6)

    def setUp(self):
        super().setUp()
        messages = self.env["mail.message"]  # real transactions of others left some
        self.last_message = messages.search([], order="id desc", limit=1).id

    def _notices(self, transfer):
        """Return {name of the notified: body} of the messages to successors."""
        messages = self.env["mail.message"].search(
            [("subject", "=", "New members for you"), ("id", ">", self.last_message)]
        )
        return {m.notified_partner_ids.name: m.body for m in messages}

    def test_a_resignation_from_start_to_end(self):
        with self.assertRaises(RedirectWarning):
            self.lin.with_user(self.officer).action_archive()
        transfer = self._prepare(user=self.officer)
        self.assertEqual(transfer.state, "draft")
        self.assertEqual(transfer.store_id, self.store)
        self.assertEqual(transfer.activity_user_id, self.manager_user)
        transfer.with_user(self.manager_user).action_submit()
        self.assertEqual(transfer.state, "store_approved")
        self.assertEqual(transfer.store_approved_by_id, self.manager_user)
        self.assertEqual(transfer.activity_user_id, self.region_user)
        self.assertEqual(self.members.vip_owner_id, self.lin)
        transfer.with_user(self.region_user).action_approve()
        self.assertEqual(transfer.state, "applied")
        self.assertEqual(self.members.vip_owner_id, self.mei + self.yan)
        self._check_chain(self.members)
        self.lin.with_user(self.officer).action_archive()
        self.assertFalse(self.lin.active)
        self.user = self.lin.user_id
        self.user.action_archive()
        self.assertFalse(self.user.active)

    def test_a_handover_prepared_by_hr_is_not_readable_by_her(self):
        action = self.lin.with_user(self.officer).action_vip_hand_over()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn(self.manager_user.name, action["params"]["message"])
        transfer = self._prepare()
        with self.assertRaises(AccessError):
            transfer.with_user(self.officer).read(["name"])

    def test_who_may_prepare_and_accept(self):
        other = self._create_user("elsewhere", "store_manager")
        self.other_store.manager_ids = other
        for user in (self.lin.user_id, self.mei.user_id, other):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.lin.with_user(user).action_vip_hand_over()
        transfer = self._prepare()
        for user in (self.lin.user_id, self.mei.user_id, other, self.officer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                transfer.with_user(user).action_submit()
        transfer.with_user(self.manager_user).action_submit()
        for user in (self.manager_user, self.mei.user_id, self.officer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                transfer.with_user(user).action_approve()
        self.assertEqual(transfer.state, "store_approved")

    def test_a_regional_manager_or_head_office_decides_at_once(self):
        for user in (self.region_user, self.head_user):
            transfer = self._prepare(user=user)
            transfer.with_user(user).action_submit()
            self.assertEqual(transfer.state, "applied")
            transfer.with_user(user).action_undo()
            self.assertEqual(self.members.vip_owner_id, self.lin)

    def test_nobody_decides_her_own_leaving(self):
        self._create_members(self.manager, 1)
        with self.assertRaises(AccessError):
            self.manager.with_user(self.manager_user).action_vip_hand_over()
        head = self._create_employee("Head", user_id=self.head_user.id)
        self._create_members(head, 2)
        transfer = self._prepare(head, self.officer)
        with self.assertRaises(AccessError):
            transfer.with_user(self.head_user).action_submit()
        transfer.with_user(self.manager_user).action_submit()
        with self.assertRaises(AccessError):
            transfer.with_user(self.head_user).action_approve()
        transfer.with_user(self.region_user).action_approve()
        self.assertEqual(transfer.state, "applied")

    def test_a_manager_who_gains_leaves_the_decision_to_others(self):
        transfer = self._prepare(user=self.region_user)
        regional = self._create_employee("Regional", user_id=self.region_user.id)
        transfer.line_ids[0].with_user(self.region_user).new_owner_id = regional
        transfer.with_user(self.region_user).action_submit()
        self.assertEqual(transfer.level, "head_office")
        transfer.with_user(self.head_user).action_approve()
        self.assertEqual(transfer.state, "applied")

    def test_without_a_regional_manager_head_office_decides(self):
        self.region.manager_ids = False
        transfer = self._prepare()
        transfer.with_user(self.manager_user).action_submit()
        self.assertEqual(transfer.level, "head_office")

    def test_the_manager_chooses_otherwise(self):
        transfer = self._prepare()
        line = transfer.line_ids[0].with_user(self.manager_user)
        line.new_owner_id = self.manager
        self.assertEqual(line.why, f"Chosen by {self.manager_user.name}")
        with self.assertRaisesRegex(ValidationError, "Lin is leaving herself"):
            line.new_owner_id = self.lin
        self.mei.sudo().departure_date = fields.Date.today()
        with self.assertRaisesRegex(ValidationError, "Mei is leaving herself"):
            line.new_owner_id = self.mei
        self.mei.sudo().departure_date = False
        self._prepare()
        self.assertEqual(line.new_owner_id, self.manager, "her choice stays")
        transfer.with_user(self.manager_user).action_submit()
        with self.assertRaises(AccessError):
            line.new_owner_id = self.mei
        line.with_user(self.region_user).new_owner_id = self.yan
        transfer.with_user(self.region_user).action_approve()
        self.assertEqual(line.partner_id.vip_owner_id, self.yan)

    def test_what_changed_since_the_proposal_is_taken_in(self):
        transfer = self._prepare()
        transfer.with_user(self.manager_user).action_submit()
        late = self._create_members(self.lin, 1)
        self.members[0].unlink()
        for line in transfer.line_ids:
            line.new_owner_id = self.yan
        self.yan.sudo().departure_date = fields.Date.today()
        transfer.with_user(self.region_user).action_approve()
        self.assertEqual((late + self.members.exists()).vip_owner_id, self.mei)
        self.lin.action_archive()
        self.assertFalse(self.lin.active)

    def test_applying_twice_moves_nothing_twice(self):
        transfer = self._hand_over()
        changes = self.env["vip.ownership.change"].search_count([])
        transfer.with_user(self.region_user).action_apply()
        with self.assertRaises(AccessError):
            transfer.with_user(self.region_user).action_approve()
        self.assertEqual(self.env["vip.ownership.change"].search_count([]), changes)
        self.assertEqual(len(self._notices(transfer)), 2)

    def test_each_successor_gets_one_message(self):
        member = self.members[0]
        member.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.lin.user_id.id
        )
        transfer = self._hand_over()
        notices = self._notices(transfer)
        self.assertEqual(
            set(notices),
            {self.mei.user_id.partner_id.name, self.yan.user_id.partner_id.name},
        )
        body = notices[member.vip_owner_user_id.partner_id.name]
        self.assertIn("3 members of Lin are yours", body)
        self.assertIn("Open activities with them: 1.", body)
        self.assertIn(f"/odoo/{transfer.id}/vip-new-members", body)
        self.assertIn("王芳", body)

    def test_a_long_message_names_twenty(self):
        self.yan.active = False
        self._create_members(self.lin, 19)
        transfer = self._hand_over()
        [body] = self._notices(transfer).values()
        self.assertIn("and 5 more", body)
        self.assertEqual(body.count("王芳"), 20)

    def test_the_link_shows_exactly_her_new_members(self):
        self._create_members(self.mei, 2)
        transfer = self._hand_over()
        action = self.env.ref("vip_care.res_partner_action_new_members")
        self.assertEqual(action.path, "vip-new-members")
        for employee in self.mei + self.yan:
            words = {"active_id": transfer.id, "uid": employee.user_id.id}
            domain = safe_eval(action.domain, words)
            found = self.env["res.partner"].with_user(employee.user_id).search(domain)
            moved = transfer.line_ids.filtered(
                lambda line, e=employee: line.new_owner_id == e
            )
            self.assertEqual(found.ids, moved.partner_id.sorted().ids)

    def test_activities_go_along_and_authors_stay(self):
        member = self.members[0]
        lin = self.lin.user_id
        note = member.with_user(lin).sudo().message_post(body="Likes silk")
        activity = member.activity_schedule(
            "mail.mail_activity_data_todo", user_id=lin.id, summary="Call her"
        )
        others = self._create_members(self.mei, 1)
        foreign = others.activity_schedule(
            "mail.mail_activity_data_todo", user_id=lin.id, summary="Repair"
        )
        self.assertIn(lin.partner_id, member.message_partner_ids)
        transfer = self._hand_over()
        self.assertEqual(activity.user_id, member.vip_owner_user_id)
        self.assertEqual(foreign.user_id, self.mei.user_id)
        self.assertEqual(note.author_id, lin.partner_id)
        self.assertNotIn(lin.partner_id, member.message_partner_ids)
        lin.action_archive()
        self.assertTrue(activity.exists())
        lin.active = True
        transfer.with_user(self.region_user).action_undo()
        self.assertEqual((activity + foreign).user_id, lin)

    def test_work_without_members_is_handed_over_too(self):
        free = self._create_associate("Free")
        member = self.members[0]
        activity = member.activity_schedule(
            "mail.mail_activity_data_todo", user_id=free.user_id.id
        )
        self._hand_over(free)
        self.assertEqual(activity.user_id, self.lin.user_id)
        free.user_id.action_archive()
        self.assertTrue(activity.exists())

    def test_nothing_to_hand_over(self):
        with self.assertRaisesRegex(UserError, "she can be archived"):
            self.yan.with_user(self.manager_user).action_vip_hand_over()

    def test_one_handover_at_a_time(self):
        self.assertEqual(self._prepare(), self._prepare(user=self.officer))
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception) as refused:
            self._prepare().copy()
            self.env.flush_all()
        self.assertIn("leaving_uniq", str(refused.exception))

    def test_undo_gives_back_who_is_still_there(self):
        transfer = self._hand_over()
        moved_on = self.members[0]
        moved_on._vip_decided("import").vip_owner_id = self.manager
        transfer.with_user(self.region_user).action_undo()
        self.assertEqual(transfer.state, "undone")
        self.assertEqual(moved_on.vip_owner_id, self.manager)
        self.assertEqual((self.members - moved_on).vip_owner_id, self.lin)
        self._check_chain(self.members)
        with self.assertRaises(AccessError):
            transfer.with_user(self.region_user).action_undo()

    def test_undo_needs_the_leaver_back_and_ends_some_day(self):
        transfer = self._hand_over()
        self.lin.action_archive()
        with self.assertRaisesRegex(UserError, "Bring her back first"):
            transfer.with_user(self.region_user).action_undo()
        self.lin.action_unarchive()
        transfer.sudo().undo_until = fields.Datetime.now() - timedelta(minutes=1)
        with self.assertRaises(AccessError):
            transfer.with_user(self.region_user).action_undo()
        self.assertNotIn(self.lin, self.members.vip_owner_id)

    def test_former_and_archived_members_hold_nobody_for_ever(self):
        archived, former = self.members[:2]
        archived.active = False
        former.sudo().is_vip_member = False
        self._hand_over()
        self.assertIn(archived.vip_owner_id, self.mei + self.yan)
        self.assertFalse(former.vip_owner_id)
        self.assertEqual(former.vip_ownership_change_ids[0].old_owner_id, self.lin)
        self.lin.action_archive()
        self.assertFalse(self.lin.active)

    def test_a_rejected_handover_can_be_prepared_anew(self):
        transfer = self._prepare()
        transfer.with_user(self.manager_user).action_submit()
        transfer.with_user(self.region_user).action_reject("She stays.")
        self.assertEqual(self.members.vip_owner_id, self.lin)
        self.assertNotEqual(self._prepare(), transfer)

    def test_the_handover_takes_as_many_queries_for_many(self):
        counts = []
        for number in (24, 160):
            self._create_members(self.lin, number)
            transfer = self._prepare(user=self.region_user)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            transfer.with_user(self.region_user).action_submit()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(transfer.moved_count, transfer.line_count)
            transfer.with_user(self.region_user).action_undo()
        self.assertLessEqual(counts[1], counts[0] + 2, "one more batch at most")
