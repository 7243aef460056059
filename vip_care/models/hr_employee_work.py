from odoo import models
from odoo.exceptions import UserError


class HrEmployee(models.Model):
    """What depends on an employee besides her members, and how it is handed over."""

    _inherit = "hr.employee"

    def _vip_open_work(self):
        work = super()._vip_open_work()
        lines, waiting = (
            len(self._vip_lines_to_her()),
            len(self._vip_transfers_waiting()),
        )
        if lines:
            work.append(
                (self.env._("members about to become hers"), lines, "vip.transfer.line")
            )
        if waiting:
            work.append((self.env._("transfers to decide"), waiting, "vip.transfer"))
        return work

    def _vip_hand_over_work(self, successors):
        """Pass on her open work; `successors` is {member's id: new owner's id}.

        Called in the transaction of the handover, after the members have moved.
        Override together with `_vip_open_work` and `_vip_take_back_work`.
        """

    def _vip_take_back_work(self, partner_ids):
        """Give her back the work on these members: her handover was undone."""

    def _vip_lines_to_her(self):
        """Return the lines of submitted transfers that would give her members."""
        # sudo: transfers of other stores count too
        lines = self.env["vip.transfer.line"].sudo()
        return lines.search([("new_owner_id", "in", self.ids), ("is_open", "=", True)])

    def _vip_transfers_waiting(self):
        """Return the transfers that only she can decide at the level they wait at."""
        users = self.sudo().user_id
        transfers = self.env["vip.transfer"].sudo()  # as above
        if not users:
            return transfers
        waiting = transfers.search(
            [
                ("state", "in", ("submitted", "store_approved")),
                ("level", "in", ("store", "region")),
                "|",
                ("store_id.manager_ids", "in", users.ids),
                ("store_id.region_id.manager_ids", "in", users.ids),
            ]
        )
        return waiting.filtered(lambda t: t._deciders(t.level) <= users)

    def action_vip_hand_over(self):
        """Open the handover of her members, proposed now if there is none yet.

        Who may not see members has it prepared and learns who goes on from there.
        """
        self.ensure_one()
        if not self.sudo()._vip_open_work():  # how much is no secret of who archives
            raise UserError(
                self.env._(
                    "%(employee)s has no members and nothing open: she can be"
                    " archived.",
                    employee=self.sudo().name,
                )
            )
        transfer = self.env["vip.transfer"]._prepare_leaving(self)
        if transfer.has_access("read"):
            return transfer._action_open()
        return transfer._action_tell_prepared()
