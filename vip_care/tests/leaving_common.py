from odoo.tests import new_test_user, tagged

from .common import VipCareCommon


@tagged("post_install", "-at_install")
class LeavingCommon(VipCareCommon):
    """A store of three associates under a manager, a regional manager above."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager_user = cls._create_user("manager", "store_manager")
        cls.region_user = cls._create_user("regional", "region_manager")
        cls.head_user = cls._create_user("head", "head_office")
        cls.officer = new_test_user(
            cls.env, "officer_leaving", "base.group_user,hr.group_hr_manager"
        )
        cls.store.manager_ids = cls.manager_user
        cls.region.manager_ids = cls.region_user
        cls.lin, cls.mei, cls.yan = (
            cls._create_associate(name) for name in ("Lin", "Mei", "Yan")
        )
        cls.manager = cls._create_employee("Manager", user_id=cls.manager_user.id)

    @classmethod
    def _create_user(cls, name, group):
        return new_test_user(
            cls.env, f"{name}_leaving", f"base.group_user,vip_care.group_{group}"
        )

    @classmethod
    def _create_associate(cls, name, store=None, **vals):
        user = cls._create_user(f"{name}_associate", "associate")
        return cls._create_employee(name, store, user_id=user.id, **vals)

    @classmethod
    def _create_members(cls, owner, count, **vals):
        members = cls.env["res.partner"]
        for _number in range(count):
            members += cls._create_member(vip_owner_id=owner.id, **vals)
        return members

    def _prepare(self, employee=None, user=None):
        employee = (employee or self.lin).with_user(user or self.manager_user)
        employee.action_vip_hand_over()
        return self.env["vip.transfer"].search(
            [("from_employee_id", "=", employee.id), ("kind", "=", "leaving")], limit=1
        )

    def _hand_over(self, employee=None):
        """Prepare, accept and decide, each by the right person."""
        transfer = self._prepare(employee)
        transfer.with_user(self.manager_user).action_submit()
        transfer.with_user(self.region_user).action_approve()
        self.env.invalidate_all()
        self.assertEqual(transfer.state, "applied")
        return transfer

    def _shares(self, transfer):
        """Return {name of the successor: number of members}."""
        groups = self.env["vip.transfer.line"]._read_group(
            [("transfer_id", "=", transfer.id)], ["new_owner_id"], ["__count"]
        )
        return {employee.name: count for employee, count in groups}

    def _check_chain(self, members):
        """Every member has one owner in service and a history without gaps."""
        self.env.flush_all()
        self.env.invalidate_all()
        for member in members.exists():
            changes = member.vip_ownership_change_ids.sorted("id")
            owner = self.env["hr.employee"]
            for change in changes:
                self.assertEqual(change.old_owner_id, owner, "a gap in the history")
                owner = change.new_owner_id
            self.assertEqual(member.vip_owner_id, owner)
            self.assertTrue(owner.active, "an owner who is not in service")
            self.assertEqual(member.vip_owner_user_id, owner.user_id)
            self.assertEqual(member.vip_owner_store_id, owner.vip_store_id)
