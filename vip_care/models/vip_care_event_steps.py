from odoo import api, models
from odoo.exceptions import UserError


class VipCareEvent(models.Model):
    """Giving out and closing: by those who answer for all of its stores."""

    _inherit = "vip.care.event"

    def action_give_out(self):
        """Give the drafts out: the planner makes tasks of them within the hour.

        Raises UserError where something is missing, ValidationError for words that
        may not go to a member.
        """
        self.check_access("write")
        for event in self:
            event._check_may_give_out()
        self._check_invitation()
        for event in self:
            # From today on: nobody can be told what happened yesterday.
            first = max(event.date_from, event._today())
            event.sudo().write(  # the state is no field to write by hand
                {"state": "active", "date_from": first, "user_id": self.env.uid}
            )
        self._trigger_planning()

    def _trigger_planning(self):
        planner = self.env.ref("vip_care.ir_cron_plan_care", raise_if_not_found=False)
        if planner:
            planner._trigger()

    def action_close(self):
        """End it now: what is not done yet is no longer to do."""
        self.check_access("write")
        if any(event.state != "active" for event in self):
            raise UserError(self.env._("Only what is given out can be closed."))
        event_sudo = self.sudo()  # tasks of all owners, by who gave them out
        event_sudo.state = "closed"
        event_sudo.task_ids.filtered(lambda task: task.state == "planned").write(
            {"state": "cancelled", "guard": "late"}
        )

    def action_view_tasks(self):
        """Show the contacts it has led to, those the user may see."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "vip.care.task",
            "view_mode": "list,form",
            "domain": [("event_id", "=", self.id)],
        }

    def _check_may_give_out(self):
        self.ensure_one()
        if self.state != "draft":
            raise UserError(
                self.env._("%(event)s was given out already.", event=self.name)
            )
        if self.date_to < self._today():
            raise UserError(
                self.env._("The last day of %(event)s is past.", event=self.name)
            )
        missing = {
            "weather": (self.occasion_id, self.env._("Choose the kind of weather.")),
            "activity": (
                (self.invitation or "").strip(),
                self.env._("Write the words of the invitation."),
            ),
            "arrivals": (
                self.product_tmpl_ids,
                self.env._("Choose the products that have arrived."),
            ),
        }
        there, sentence = missing[self.kind]
        if not there:
            raise UserError(sentence)

    def _today(self):
        """Return the day it is where its day begins last."""
        return min(store._vip_today() for store in self.sudo().store_ids)

    @api.constrains("invitation", "kind")
    def _check_invitation(self):
        """The guard reads an invitation whenever it is written, by whatever path."""
        for event in self:
            if event.kind == "activity" and (event.invitation or "").strip():
                self.env["vip.care.text"]._check_words(event.invitation, "invitation")
