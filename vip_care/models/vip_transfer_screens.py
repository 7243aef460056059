from odoo import api, fields, models

from .vip_transfer_people import OFFICES


class VipTransfer(models.Model):
    """What the screens show: whose turn it is and which buttons are the user's."""

    _inherit = "vip.transfer"

    waiting_for = fields.Char(compute="_compute_waiting_for")
    can_edit = fields.Boolean(compute="_compute_can")
    can_submit = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")
    can_store = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")
    can_reject = fields.Boolean(compute="_compute_can")
    can_successor = fields.Boolean(compute="_compute_can")
    can_apply = fields.Boolean(compute="_compute_can")
    can_undo = fields.Boolean(compute="_compute_can")
    can_file = fields.Boolean(compute="_compute_can")
    is_mine_to_decide = fields.Boolean(
        "For me to decide",
        compute="_compute_is_mine_to_decide",
        search="_search_is_mine_to_decide",
    )

    @api.depends("state", "level")
    @api.depends_context("uid")
    def _compute_can(self):
        for transfer in self:
            for name in self._fields:
                if name.startswith("can_"):
                    transfer[name] = transfer._may_decide(name.removeprefix("can_"))

    @api.depends("state", "level", "store_id")
    @api.depends_context("lang")
    def _compute_waiting_for(self):
        for transfer in self:
            if transfer.state == "approved":
                transfer.waiting_for = self.env._("Approved: waiting to be applied.")
            elif transfer.state in ("submitted", "store_approved"):
                names = transfer._deciders(transfer.level).sudo().mapped("name")
                transfer.waiting_for = (
                    names
                    and self.env._(
                        "Waiting for: %(names)s", names=", ".join(sorted(names)[:3])
                    )
                    or self.env._("Waiting for head office.")
                )
            else:
                transfer.waiting_for = False

    @api.depends("state", "level")
    @api.depends_context("uid")
    def _compute_is_mine_to_decide(self):
        for transfer in self:
            transfer.is_mine_to_decide = transfer._may_decide("reject")

    def _search_is_mine_to_decide(self, operator, value):
        """Find what waits at a level the user holds; her own requests left out."""
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        uid = self.env.uid
        waiting = fields.Domain("state", "in", ("submitted", "store_approved"))
        levels = [
            fields.Domain("level", "=", "store")
            & fields.Domain("store_id.manager_ids", "in", [uid]),
            fields.Domain("level", "=", "region")
            & fields.Domain("store_id.region_id.manager_ids", "in", [uid]),
        ]
        if self.env.user.has_group(OFFICES["head_office"]):
            levels.append(fields.Domain("level", "=", "head_office"))
        own = fields.Domain("requested_by_id", "!=", uid)
        return waiting & fields.Domain.OR(levels) & own
