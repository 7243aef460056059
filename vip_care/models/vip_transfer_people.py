from odoo import fields, models
from odoo.exceptions import AccessError

# The group that holds an office, besides standing in the store's or region's list.
OFFICES = {
    "store": "vip_care.group_store_manager",
    "region": "vip_care.group_region_manager",
    "head_office": "vip_care.group_head_office",
}


class VipTransfer(models.Model):
    """Who may take which step. Nobody decides what concerns herself."""

    _inherit = "vip.transfer"

    def _deciders(self, level):
        """Return who may decide at `level`: in office, active and not concerned."""
        self.ensure_one()
        transfer = self.sudo()  # who is in office is no secret of the store
        if level == "store":
            users = transfer.store_id.manager_ids
        elif level == "region":
            users = transfer.store_id.region_id.manager_ids
        else:
            users = self.env.ref(OFFICES[level]).sudo().all_user_ids
        concerned = transfer._concerned_users()
        return users.filtered(
            lambda user: (
                user.active
                and not user.share
                and user not in concerned
                and transfer.company_id in user.company_ids
                and user.has_group(OFFICES[level])
            )
        )

    def _concerned_users(self):
        """Return who asked, gives or gains, and who reviewed: they do not decide."""
        transfer = self.sudo()  # lines may name employees of other stores
        employees = transfer.from_employee_id
        for name in ("old_owner_id", "new_owner_id"):
            groups = transfer.line_ids._read_group(
                [("transfer_id", "=", transfer.id)], [name]
            )
            employees |= employees.union(*(employee for [employee] in groups))
        return (
            transfer.requested_by_id | transfer.store_approved_by_id | employees.user_id
        )

    def _may_decide(self, step):
        """Whether the user may take `step` now.

        Steps: "edit" and "submit" of a draft, "withdraw", "store", "approve",
        "reject", "successor" (choose who gains), "apply", "undo", "file".
        """
        self.ensure_one()
        return getattr(self.sudo(), f"_may_{step}")(self.env.user)

    def _check_may(self, step):
        for transfer in self:
            if not transfer._may_decide(step):
                raise AccessError(
                    self.env._(
                        "%(transfer)s is not yours to decide now. %(waiting)s",
                        transfer=transfer.name,
                        waiting=transfer.waiting_for or "",
                    )
                )

    def _may_edit(self, user):
        """A draft is changed by whoever drew it up."""
        return self.state == "draft" and user == self.requested_by_id

    def _may_submit(self, user):
        return self._may_edit(user)

    def _may_withdraw(self, user):
        return (
            self.state in ("submitted", "store_approved")
            and user == self.requested_by_id
        )

    def _may_store(self, user):
        return (
            self.state == "submitted"
            and self.level == "store"
            and user in self._deciders("store")
        )

    def _may_approve(self, user):
        """The level it waits at decides; head office may always."""
        if self.state not in ("submitted", "store_approved"):
            return False
        if self.level == "region" and user in self._deciders("region"):
            return True
        return user in self._deciders("head_office")

    def _may_reject(self, user):
        return self._may_store(user) or self._may_approve(user)

    def _may_successor(self, user):
        return self._may_reject(user)

    def _may_apply(self, user):
        return self.state == "approved" and self._may_rule(user)

    def _may_undo(self, user):
        return (
            self.state == "applied"
            and self.undo_until
            and self.undo_until >= fields.Datetime.now()
            and self._may_rule(user)
        )

    def _may_rule(self, user):
        """The regional manager and head office, unless it concerns them."""
        return user in self._deciders("region") | self._deciders("head_office")

    def _may_file(self, user):
        return (
            self.state in ("applied", "undone")
            and not self.filed_at
            and user.has_group(OFFICES["head_office"])
        )

    def _first_level(self):
        """Return where a submitted transfer goes first, if somebody is there."""
        self.ensure_one()
        if self.kind == "rebalance":
            # Who moves her own people's members has it decided a level above.
            role = self.requested_by_id._vip_role()
            return "region" if role == "store" else "head_office"
        return "store"

    def _level_from(self, level):
        """Return `level`, or the next above it where somebody may decide."""
        self.ensure_one()
        if level == "store" and self._deciders("store"):
            return "store"
        if (
            level != "head_office"
            and self._deciders("region")
            and not self._capped_members()
        ):
            return "region"
        return "head_office"
