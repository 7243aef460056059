from odoo import fields
from odoo.tests import new_test_user

from .common import VipCareCommon


class TransferCommon(VipCareCommon):
    """Two associates, their managers and head office, and a member of Lin's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            name: cls._create_user(name, group)
            for name, group in [
                ("lin", "associate"),
                ("mei", "associate"),
                ("ann", "store_manager"),
                ("far", "store_manager"),
                ("reg", "region_manager"),
                ("head", "head_office"),
            ]
        }
        cls.lin, cls.mei, cls.ann = (
            cls._create_employee(name.title(), user_id=cls.users[name].id)
            for name in ("lin", "mei", "ann")
        )
        cls.store.manager_ids = cls.users["ann"]
        cls.other_store.manager_ids = cls.users["far"]
        cls.region.manager_ids = cls.users["reg"]
        cls.wang = cls._create_member(vip_owner_id=cls.lin.id)

    @classmethod
    def _create_user(cls, name, group):
        return new_test_user(
            cls.env, f"{name}_transfer", groups=f"vip_care.group_{group}"
        )

    def _take_over(self, members=None, user="mei", reason="She is my neighbour", **kw):
        transfers = self.env["vip.transfer"].with_user(self.users[user])
        members = self.wang if members is None else members
        return transfers.request_take_over(members.ids, reason, **kw).sudo()

    def _give_up(self, members=None, user="lin", successor=None):
        transfers = self.env["vip.transfer"].with_user(self.users[user])
        members = members or self.wang
        return transfers.request_give_up(
            members.ids, "Too many", successor.id if successor else None
        ).sudo()

    def _act(self, transfer, step, user, *args):
        """Call a button as `user`, as over RPC: with nothing of ours in the cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        as_user = transfer.sudo(False).with_user(self.users[user])
        return getattr(as_user, f"action_{step}")(*args)

    def _applied(self, members=None, **kw):
        transfer = self._take_over(members, **kw)
        self._act(transfer, "store_approve", "ann")
        self._act(transfer, "approve", "reg")
        self.assertEqual(transfer.state, "applied")
        return transfer

    def _history(self, member):
        """Return (from, to, reason, decided by) of each change, oldest first."""
        changes = self.env["vip.ownership.change"].search(
            [("partner_id", "=", member.id)], order="id"
        )
        return [
            (c.old_owner_id.name, c.new_owner_id.name, c.reason, c.user_id)
            for c in changes
        ]

    def _age(self, transfer, days):
        """Let a transfer have waited for `days`."""
        transfer.waiting_since = fields.Datetime.subtract(
            transfer.waiting_since, days=days
        )
        self.env.flush_all()
