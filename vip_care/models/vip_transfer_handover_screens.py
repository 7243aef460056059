from odoo import api, fields, models

from .vip_transfer_leaving import PROPOSED


class VipTransfer(models.Model):
    """The handover's form: who gets how many, and what the user can do about it."""

    _inherit = "vip.transfer"

    is_proposed = fields.Boolean(compute="_compute_is_proposed")
    share_ids = fields.One2many(
        "vip.transfer.share",
        "transfer_id",
        "Successors",
        groups="vip_care.group_store_manager",
    )
    handover_text = fields.Char("In short", compute="_compute_handover_text")
    is_decided_by_me = fields.Boolean(compute="_compute_is_decided_by_me")

    @api.depends("kind")
    def _compute_is_proposed(self):
        for transfer in self:
            transfer.is_proposed = transfer.kind in PROPOSED

    @api.depends("kind", "state", "line_ids.new_owner_id", "from_employee_id")
    @api.depends_context("lang")
    def _compute_handover_text(self):
        for transfer in self:
            transfer.handover_text = transfer.is_proposed and (
                transfer.sudo()._handover_sentence()  # employees' names are public
            )

    def _handover_sentence(self):
        groups = self.line_ids._read_group(
            [("transfer_id", "=", self.id), ("outcome", "!=", "skipped")],
            ["new_owner_id"],
            ["__count"],
        )
        members = sum(count for _employee, count in groups)
        values = {
            "members": members,
            "colleagues": sum(1 for employee, _count in groups if employee),
            "name": self._giver_name(),
            "activities": len(self.activity_moved_ids)
            if self.state in ("applied", "undone")
            else len(self.from_employee_id._vip_member_activities()),
        }
        if self.kind == "store_move":
            return self.env._(
                "Members of %(name)s go to %(store)s; %(members)s of them get another"
                " owner.",
                store=self.to_store_id.name,
                **values,
            )
        done = self.state in ("applied", "undone")
        if done and values["activities"]:
            text = self.env._(
                "%(name)s handed over %(members)s members and %(activities)s open"
                " activities to %(colleagues)s colleagues.",
                **values,
            )
        elif done:
            text = self.env._(
                "%(name)s handed over %(members)s members to %(colleagues)s"
                " colleagues.",
                **values,
            )
        elif values["activities"]:
            text = self.env._(
                "%(name)s is leaving: %(members)s members and %(activities)s open"
                " activities go to %(colleagues)s colleagues.",
                **values,
            )
        else:
            text = self.env._(
                "%(name)s is leaving: %(members)s members go to %(colleagues)s"
                " colleagues.",
                **values,
            )
        return text

    @api.depends("state", "line_ids.new_owner_id")
    @api.depends_context("uid")
    def _compute_is_decided_by_me(self):
        """Whether the user's acceptance is the decision, nobody else's needed."""
        for transfer in self:
            user = self.env.user
            transfer.is_decided_by_me = bool(
                transfer.is_proposed
                and transfer.state == "draft"
                and transfer._may_decide("submit")
                and (
                    user in transfer._deciders("head_office")
                    or user in transfer._deciders("region")
                    and transfer._level_from("region") == "region"
                )
            )

    def action_propose(self):
        """Propose all successors anew, also where somebody chose otherwise."""
        for transfer in self._take_step("edit"):
            if transfer.is_proposed:
                transfer.line_ids.write(
                    {"new_owner_id": False, "why": False, "times_served": 0}
                )
                transfer._propose_successors()

    def action_view_lines(self):
        """Open all members of this transfer by successor."""
        self.ensure_one()
        return self._action_view_lines()

    def _action_view_lines(self, successor=None):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "vip_care.vip_transfer_line_action"
        )
        action["domain"] = [("transfer_id", "=", self.id)]
        if successor is not None:
            action["domain"].append(("new_owner_id", "in", successor.ids or [False]))
            action["context"] = {}
        action["name"] = self.name
        return action
