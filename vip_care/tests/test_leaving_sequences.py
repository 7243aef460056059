import random

from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError

from .leaving_common import LeavingCommon

STEPS = 60


class TestLeavingSequences(LeavingCommon):
    """Whatever happens in whatever order, each member has one owner in service."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nan = cls._create_associate("Nan", cls.other_store)
        cls.staff = cls.lin + cls.mei + cls.yan + cls.nan
        cls.members = cls.env["res.partner"]

    def _enrol(self, chance):
        owner = chance.choice(self.staff.filtered("active"))
        self.members += self._create_member(
            vip_owner_id=owner.id, vip_store_id=owner.vip_store_id.id
        )

    def _request(self, chance):
        member = chance.choice(self.members.exists())
        successor = chance.choice(self.staff)
        transfers = self.env["vip.transfer"].sudo()
        transfer = transfers.create(
            {
                "reason": "Lives next door",
                "requested_by_id": self.env.ref("base.user_admin").id,
                "store_id": self.store.id,
                "member_wish": chance.random() < 0.3,
                "member_wish_note": "Told me",
                "line_ids": [
                    (
                        0,
                        0,
                        {
                            "partner_id": member.id,
                            "old_owner_id": member.vip_owner_id.id,
                            "new_owner_id": successor.id,
                        },
                    )
                ],
            }
        )
        transfer._submit()

    def _leave(self, chance):
        self._prepare(chance.choice(self.staff), self.head_user)

    def _open(self, chance):
        return (
            self.env["vip.transfer"]
            .search(
                [("state", "in", ("draft", "submitted", "store_approved", "approved"))]
            )
            .sorted(lambda transfer: chance.random())[:1]
        )

    def _advance(self, chance):
        transfer = self._open(chance).with_user(self.head_user)
        if transfer.state == "draft":
            transfer.action_submit()
        else:
            transfer.action_approve()

    def _reject(self, chance):
        self._open(chance).with_user(self.head_user).action_reject("No.")

    def _undo(self, chance):
        done = self.env["vip.transfer"].search([("state", "=", "applied")])
        done.sorted(lambda t: chance.random())[:1].with_user(
            self.head_user
        ).action_undo()

    def _archive(self, chance):
        chance.choice(self.staff).action_archive()

    def _come_back(self, chance):
        self.staff.filtered(lambda e: not e.active).action_unarchive()

    def _merge(self, chance):
        kept, gone = chance.sample(list(self.members.exists()), 2)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((kept + gone).ids, kept)

    def _archive_member(self, chance):
        member = chance.choice(self.members.exists())
        member.active = not member.active

    def _move_store(self, chance):
        chance.choice(self.staff).vip_store_id = chance.choice(
            self.store + self.other_store
        )

    def test_random_sequences_leave_no_orphan(self):
        ways = [
            *[self._enrol] * 2,
            self._request,
            *[self._leave] * 2,
            *[self._advance] * 4,
            self._reject,
            self._undo,
            *[self._archive] * 2,
            self._come_back,
            self._merge,
            self._archive_member,
            self._move_store,
        ]
        refusals = (AccessError, RedirectWarning, UserError, ValidationError)
        for seed in range(4):
            with self.subTest(seed=seed):
                chance = random.Random(seed)
                done = set()
                for _number in range(6):
                    self._enrol(chance)
                for _step in range(STEPS):
                    way = chance.choice(ways)
                    try:
                        with self.env.cr.savepoint():
                            way(chance)
                            done.add(way.__name__)
                    except refusals:
                        self.env.invalidate_all()
                    self._check_sequence()
                self.assertGreaterEqual(
                    done, {"_leave", "_advance", "_enrol", "_merge"}
                )

    def _check_sequence(self):
        """As `_check_chain`, for merged members too: theirs holds two histories."""
        self.env.flush_all()
        self.env.invalidate_all()
        for member in self.members.exists():
            changes = member.vip_ownership_change_ids
            self.assertTrue(member.vip_owner_id.active)
            self.assertEqual(member.vip_owner_user_id, member.vip_owner_id.user_id)
            # Each change but the first of a history takes up where another ended.
            starts = changes.filtered(lambda change: not change.old_owner_id)
            ends = sorted(changes.mapped("new_owner_id.id"))
            taken = sorted((changes - starts).mapped("old_owner_id.id"))
            self.assertTrue(starts)
            if len(starts) == 1:
                self._check_chain(member)
            self.assertLessEqual(set(taken), set(ends))
            self.assertIn(member.vip_owner_id.id, ends)
