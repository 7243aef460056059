from odoo import fields, models
from odoo.exceptions import LockError, UserError


class VipFeedback(models.Model):
    """The steps of what a member said: each by who may write her, each stamped."""

    _inherit = "vip.feedback"

    def action_hear(self):
        """She was listened to, in full."""
        self._take_step("complaint", "open")._enter("heard", "heard_at")

    def action_apologise(self):
        self._take_step("complaint", "heard")._enter("apologised", "apologised_at")

    def action_resolve(self):
        feedback = self._take_step("complaint", "apologised")
        feedback._check_resolution()
        feedback._enter("resolved", "resolved_at")

    def action_close(self):
        """She was asked afterwards: her score, or why there is none."""
        feedback = self._take_step("complaint", "resolved")
        for complaint in feedback:
            if not complaint.score and not (complaint.follow_up or "").strip():
                raise UserError(
                    self.env._(
                        "Ask her how content she is now and note her score, 1 to 5. If"
                        " she cannot be reached, write so."
                    )
                )
        feedback._enter("closed", "closed_at")

    def action_answer(self):
        """An inquiry or a suggestion was answered, which ends it."""
        feedback = self._take_step(("inquiry", "suggestion"), "open")
        feedback._check_resolution()
        feedback._enter("closed", "resolved_at", "closed_at")

    def _take_step(self, kinds, state):
        """Lock these and return them in sudo, if the user may take a step from `state`.

        Of two who take it at once the second finds it taken and is refused.
        """
        self.check_access("write")
        self.partner_id.check_access("write")
        try:
            self.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._("Somebody is changing this now. Reload the page.")
            ) from error
        self.invalidate_recordset()
        for feedback in self:
            if feedback.kind not in kinds or feedback.state != state:
                raise UserError(
                    self.env._("This step is not the next one. Reload the page.")
                )
        return self.sudo()  # the step writes what nobody writes by hand

    def _check_resolution(self):
        for feedback in self:
            if not (feedback.resolution or "").strip():
                raise UserError(self.env._("Write down what was done first."))

    def _enter(self, state, *stamps):
        self.write({"state": state} | dict.fromkeys(stamps, fields.Datetime.now()))
