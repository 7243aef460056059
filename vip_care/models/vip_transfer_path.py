from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import SQL


class VipTransfer(models.Model):
    """The steps from a draft to the decision. Each checks its right person."""

    _inherit = "vip.transfer"

    def action_submit(self):
        """Hand in a draft to whoever reviews it."""
        for transfer in self._take_step("submit"):
            transfer._submit()

    def action_store_approve(self):
        """Review as the store's manager; a member's own wish is decided by that."""
        for transfer in self._take_step("store"):
            transfer._store_approve()

    def action_approve(self):
        """Decide as regional manager or head office, and apply."""
        for transfer in self._take_step("approve"):
            transfer._approve()

    def action_reject(self, reason=None):
        """Reject with a reason; a button without one asks for it."""
        if not (reason or "").strip():
            raise UserError(self.env._("Say why it is rejected."))
        for transfer in self._take_step("reject"):
            transfer._reject(reason.strip())
        return True

    def action_withdraw(self):
        """Take one's own request back into a draft."""
        for transfer in self._take_step("withdraw"):
            transfer._open_lines(False)
            transfer._enter("draft")

    def action_apply(self):
        """Move the members of an approved transfer; a second time moves nothing."""
        todo = self.filtered(lambda transfer: transfer.state != "applied")
        for transfer in todo._take_step("apply"):
            transfer._apply()

    def action_undo(self):
        """Give back the members whom nobody moved on since."""
        for transfer in self._take_step("undo"):
            transfer._undo()

    def action_file(self):
        """Mark as filed by customer service."""
        self._take_step("file").write(
            {"filed_by_id": self.env.uid, "filed_at": fields.Datetime.now()}
        )

    def _take_step(self, step):
        """Lock the transfers and return them in sudo, if the user may take `step`.

        Two who decide at once come one after the other: the second finds the step
        taken and is refused.
        """
        self.check_access("read")
        try:
            self.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody is deciding this transfer at this moment. Reload the"
                    " page to see what was decided."
                )
            ) from error
        self.invalidate_recordset()
        self._check_may(step)
        return self.sudo()  # from here on the step writes what nobody writes by hand

    def _submit(self):
        self._check_lines()
        self._open_lines(True)
        self._wait_at(
            "submitted",
            self._level_from(self._first_level()),
            submitted_at=fields.Datetime.now(),
        )

    def _store_approve(self):
        vals = {
            "store_approved_by_id": self.env.uid,
            "store_approved_at": fields.Datetime.now(),
        }
        if self.member_wish:
            self.write(vals)
            self._decide()
            return
        # The reviewer is concerned from now on, so she comes first.
        self.write(vals)
        self._wait_at("store_approved", self._level_from("region"))

    def _approve(self):
        if self.env.user not in self._deciders("head_office"):
            self._check_cap()
        self._decide()

    def _decide(self):
        """Note the decision; apply it at once unless the company wants a pause."""
        self._check_lines()
        self._check_successors()
        self._enter(
            "approved", approved_by_id=self.env.uid, approved_at=fields.Datetime.now()
        )
        if self.company_id.vip_transfer_auto_apply:
            self._apply()

    def _reject(self, reason):
        self._open_lines(False)
        self._enter("rejected", rejected_by_id=self.env.uid, reject_reason=reason)
        self._tell_requester(self.env._("Your request was rejected."), reason)

    def _open_lines(self, is_open):
        """Mark the pending lines as open or not: one statement for thousands.

        The unique index refuses a member who was asked for a moment ago elsewhere.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE vip_transfer_line SET is_open = %s, is_wish = %s
                 WHERE transfer_id = %s AND outcome = 'pending'
                """,
                is_open,
                bool(self.member_wish),
                self.id,
            )
        )
        self.line_ids.invalidate_recordset(["is_open", "is_wish"])

    def _wait_at(self, state, level, **vals):
        """Enter `state`, waiting at `level`, and tell those who decide there."""
        self._enter(state, level=level, waiting_since=fields.Datetime.now(), **vals)
        self._tell_deciders()

    def _enter(self, state, **vals):
        """Enter `state`: what was to be done in the state before is done."""
        self._end_activities()
        self.write({"level": False, "waiting_since": False, "state": state} | vals)

    def _undo_deadline(self):
        return fields.Datetime.now() + timedelta(days=self.company_id.vip_undo_days)
