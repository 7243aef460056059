from odoo.exceptions import RedirectWarning

from .voice_common import VoiceCommon


class TestCareHandover(VoiceCommon):
    """Planned contacts and open voices go with the members, and come back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.members = cls._create_members(cls.lin, 4)

    def setUp(self):
        super().setUp()
        self.tasks = self.env["vip.care.task"].union(
            *(self._plan(member) for member in self.members)
        )
        self.done = self._plan(self.members[0], "monthly_call:2026-02", state="done")
        self.voices = self.env["vip.feedback"].union(
            *(self._tell("inquiry", member=member).sudo() for member in self.members)
        )
        self.closed = self._tell("satisfaction", member=self.members[0], score=4).sudo()
        self.env.flush_all()

    def _check_together(self):
        self.env.flush_all()
        self.env.invalidate_all()
        for work in [*self.tasks, *self.voices]:
            member = work.partner_id
            self.assertEqual(work.owner_id, member.vip_owner_id)
            self.assertEqual(work.store_id, member.vip_store_id)
        self.assertEqual(self.done.owner_id, self.lin)
        self.assertEqual(self.closed.owner_id, self.lin)

    def test_she_does_not_leave_before_it_is_handed_over(self):
        work = {model: count for _label, count, model in self.lin._vip_open_work()}
        self.assertEqual((work["vip.care.task"], work["vip.feedback"]), (4, 4))
        with self.assertRaisesRegex(RedirectWarning, "4 planned contacts"):
            self.lin.action_archive()

    def test_a_handover_takes_it_along_and_undo_brings_it_back(self):
        transfer = self._hand_over()
        self._check_together()
        self.assertNotIn(self.lin, self.tasks.owner_id + self.voices.owner_id)
        self.assertFalse(self.lin._vip_open_work())
        transfer.with_user(self.region_user).action_undo()
        self._check_together()
        self.assertEqual(self.tasks.owner_id + self.voices.owner_id, self.lin)

    def test_work_without_members_is_handed_over_too(self):
        """Work on somebody who is no member any more goes to nobody."""
        former = self._create_members(self.yan, 1)
        voice = self._tell(member=former, user=self.yan.user_id).sudo()
        task = self._plan(former)
        former.with_user(self.head_user).is_vip_member = False
        self._hand_over(self.yan)
        self.assertFalse(voice.owner_id)
        self.assertEqual((task.state, task.guard), ("cancelled", "left"))
        self.yan.action_archive()
        self.assertFalse(self.yan.active)

    def test_words_are_signed_by_the_new_owner(self):
        """What was reworded, too: those words were of the owner before."""
        member = self.members[0]
        task = self._plan(
            member,
            "birthday:2026",
            trigger="birthday",
            channel="message",
            text_kind="birthday",
        )
        self.env["vip.care.text"]._give(task)
        self.assertIn(self.lin.name, task.body)
        task.body = "All the best. " + task.body
        self._hand_over()
        self.env.invalidate_all()
        self.assertEqual(task.owner_id, member.vip_owner_id)
        self.assertNotIn(self.lin.name, task.body)
        self.assertIn(task.owner_id.name, task.body)
        self.assertTrue(task.text_id)
        member.vip_store_id = self.other_store
        self.env.invalidate_all()
        self.assertIn(self.other_store.name, task.body)

    def test_any_transfer_takes_it_along(self):
        transfers = self.env["vip.transfer"].with_user(self.mei.user_id)
        member = self.members[0]
        transfer = transfers.request_take_over(member.ids, "My neighbour").sudo()
        transfer.sudo(False).with_user(self.manager_user).action_store_approve()
        self.env.invalidate_all()
        transfer.sudo(False).with_user(self.region_user).action_approve()
        self._check_together()
        self.assertEqual(
            (self.tasks[0].owner_id, self.tasks[1].owner_id), (self.mei, self.lin)
        )
        transfer.sudo(False).with_user(self.region_user).action_undo()
        self._check_together()
        self.assertEqual(self.voices[0].owner_id, self.lin)

    def test_a_closing_store_keeps_none(self):
        nan = self._create_associate("Nan", self.other_store)
        wizard = (
            self.env["vip.store.close"]
            .with_user(self.region_user)
            .create(
                {
                    "store_id": self.store.id,
                    "to_store_id": self.other_store.id,
                    "moving_staff_ids": [(6, 0, self.mei.ids)],
                    "reason": "The lease ends.",
                }
            )
        )
        transfer = self.env["vip.transfer"].browse(wizard.action_propose()["res_id"])
        transfer.with_user(self.region_user).action_submit()
        self._check_together()
        self.assertEqual(self.tasks.store_id + self.voices.store_id, self.other_store)
        self.assertLessEqual(self.tasks.owner_id, nan + self.mei)
        transfer.with_user(self.region_user).action_undo()
        self._check_together()
        self.assertEqual(self.tasks.store_id, self.store)
        self.assertEqual(self.tasks.owner_id, self.lin)

    def test_a_new_home_store_and_a_first_owner_too(self):
        self.members[1].with_user(self.head_user).vip_store_id = self.other_store
        nobodys = self._create_nobodys()
        self.tasks += self._plan(nobodys)
        nobodys.with_user(self.manager_user).vip_owner_id = self.yan
        self._check_together()
        self.assertEqual(self.tasks[-1].owner_id, self.yan)

    def test_what_was_planned_meanwhile_is_found(self):
        """A job that planned while a member moved cannot have seen her new owner."""
        self.tasks.owner_id = self.mei
        self.voices[0].store_id = self.other_store
        self.env["vip.feedback"]._cron_escalate()
        self._check_together()

    def test_merged_members_keep_what_they_said(self):
        kept, gone = self.members[:2]
        self.tasks.unlink()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        said = self.voices.filtered(lambda v: v.partner_id in kept + gone) + self.closed
        wizard._merge((kept + gone).ids, kept)
        self.env.invalidate_all()
        self.assertFalse(gone.exists())
        self.assertEqual(said.exists(), said)
        self.assertEqual(said.partner_id, kept)
