from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

EDITABLE = {"name", "due_date"}


class VipDormancyStep(models.Model):
    """One step of the plan to win a member back."""

    _name = "vip.dormancy.step"
    _description = "Step of a recovery plan"
    _order = "due_date, id"

    line_id = fields.Many2one(
        "vip.dormancy.line", required=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one(related="line_id.partner_id", store=True, index=True)
    name = fields.Char("What is done", required=True)
    due_date = fields.Date("Due", required=True, default=fields.Date.context_today)
    done_on = fields.Date("Done", readonly=True)
    done_by_id = fields.Many2one("res.users", "Done by", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [
                vals | {"done_on": False, "done_by_id": False} for vals in vals_list
            ]
        steps = super().create(vals_list)
        if not self.env.su:
            steps._check_may_plan()
        return steps

    def write(self, vals):
        if not self.env.su:
            self.check_access("write")  # before anything is said about them
            if set(vals) - EDITABLE:
                raise AccessError(self.env._("Mark a step as done with its button."))
            self._check_may_plan()
            self._check_not_done()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if not self.env.su:
            self._check_may_plan()
            self._check_not_done()

    def _check_may_plan(self):
        """Raise unless the user fills in these lines, and they are still open."""
        self.line_id.check_access("write")
        self.line_id._check_open()

    def _check_not_done(self):
        if any(step.done_on for step in self):
            raise UserError(self.env._("What is done stays as it is."))

    def action_done(self):
        """Note that the step was taken today; a second time changes nothing."""
        self.check_access("write")
        self._check_may_plan()
        for step in self.filtered(lambda step: not step.done_on):
            # sudo: nobody writes it by hand
            step.sudo().write(
                {
                    "done_on": step.line_id.sudo().store_id._vip_today(),
                    "done_by_id": self.env.uid,
                }
            )
