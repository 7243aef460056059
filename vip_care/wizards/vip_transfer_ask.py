from odoo import api, fields, models
from odoo.exceptions import UserError


class VipTransferAsk(models.TransientModel):
    """Asking for a transfer: why, to whom and whether the member wished it.

    The members are kept as ids: whoever asks to take over may not read them.
    """

    _name = "vip.transfer.ask"
    _description = "Ask for a transfer"
    _rec_name = "way"

    way = fields.Selection(
        [
            ("take_over", "Take over"),
            ("give_up", "Give up"),
            ("rebalance", "Move to another associate"),
        ],
        required=True,
        default="take_over",
        readonly=True,
    )
    partner_keys = fields.Char(
        required=True, default=lambda self: self._default_partner_keys()
    )
    names_text = fields.Char("Members", compute="_compute_names_text")
    reason = fields.Text(required=True)
    successor_id = fields.Many2one("hr.employee", "New owner")
    successor_store_ids = fields.Many2many(
        "vip.store", compute="_compute_successor_store_ids"
    )
    member_wish = fields.Boolean(
        "The member asked for it",
        help="Her own wish needs the store manager's review only.",
    )
    wish_note = fields.Char("Who heard it, and when")

    @api.model
    def _default_partner_keys(self):
        if self.env.context.get("active_model", "res.partner") != "res.partner":
            return False
        ids = self.env.context.get("active_ids") or []
        return ",".join(str(some) for some in ids if isinstance(some, int))

    @api.depends("partner_keys")
    def _compute_names_text(self):
        for wizard in self:
            # sudo: names of colleagues' members are masked by themselves
            partners = self.env["res.partner"].sudo().browse(wizard._partner_ids())
            members = partners.exists().filtered("is_vip_member")
            names = members[:10].mapped("display_name")
            if len(members) > 10:
                names.append(self.env._("and %(count)s more", count=len(members) - 10))
            wizard.names_text = ", ".join(names)

    @api.depends("way")
    @api.depends_context("uid")
    def _compute_successor_store_ids(self):
        """Offer people of the manager's own stores; to give up, of any store."""
        stores = self.env["vip.store"].search(
            [("company_id", "in", self.env.companies.ids)]
        )
        user = self.env.user
        own = stores
        if user._vip_role() != "head_office":
            own = stores.browse(user._vip_store_ids())
        for wizard in self:
            wizard.successor_store_ids = own if wizard.way == "rebalance" else stores

    def _partner_ids(self):
        keys = (self.partner_keys or "").split(",")
        if not all(key.strip().isdecimal() for key in keys):
            raise UserError(self.env._("Choose members first."))
        return [int(key) for key in keys]

    def action_ask(self):
        """Submit the request and show it."""
        self.ensure_one()
        transfers = self._ask()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "vip_care.vip_transfer_action_mine"
        )
        if len(transfers) > 1:
            return action | {"domain": [("id", "in", transfers.ids)]}
        return action | {"res_id": transfers.id, "views": [(False, "form")]}

    def _ask(self):
        transfers = self.env["vip.transfer"]
        ids = self._partner_ids()
        if self.way == "rebalance":
            return transfers.request_rebalance(ids, self.successor_id.id, self.reason)
        note = self.wish_note if self.member_wish else None
        if self.member_wish and not (note or "").strip():
            raise UserError(self.env._("Say who heard the member's wish, and when."))
        if self.way == "give_up":
            return transfers.request_give_up(
                ids, self.reason, self.successor_id.id, note
            )
        return transfers.request_take_over(ids, self.reason, note)
