from odoo import api, fields, models
from odoo.exceptions import AccessError


class ResPartner(models.Model):
    _inherit = "res.partner"

    vip_owner_id = fields.Many2one(
        "hr.employee",
        string="Owner",
        copy=False,
        prefetch="vip_membership",
        ondelete="restrict",
        help="The one associate who maintains this member.",
    )
    vip_owner_user_id = fields.Many2one(
        "res.users",
        string="Owner's login",
        related="vip_owner_id.user_id",
        store=True,
        prefetch="vip_membership",
    )
    vip_owner_store_id = fields.Many2one(
        "vip.store",
        string="Owner's store",
        related="vip_owner_id.vip_store_id",
        store=True,
        prefetch="vip_membership",
    )
    vip_owner_since = fields.Date(
        "Looked after since", readonly=True, copy=False, prefetch="vip_membership"
    )
    vip_ownership_change_ids = fields.One2many(
        "vip.ownership.change",
        "partner_id",
        string="History of owners",
        readonly=True,
        groups="vip_care.group_associate",
    )

    # Today's list, record rules and the handover ask for one owner's members.
    _vip_owner_idx = models.Index("(vip_owner_id) WHERE is_vip_member")
    _vip_owner_user_idx = models.Index("(vip_owner_user_id) WHERE is_vip_member")

    _vip_owner_store_idx = models.Index("(vip_owner_store_id) WHERE is_vip_member")

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        owned = partners.filtered("vip_owner_id")
        owned._vip_log_owner(dict.fromkeys(owned, self.env["hr.employee"]))
        return partners

    def write(self, vals):
        if "vip_owner_id" not in vals:
            return super().write(vals)
        self._vip_check_may_set_owner(vals["vip_owner_id"])
        before = {partner: partner.vip_owner_id for partner in self}
        result = super().write(vals)
        self._vip_log_owner(before)
        return result

    def _vip_check_may_set_owner(self, owner_id):
        """An associate may take a member nobody owns; the rest is for managers."""
        if self.env.su or self.env.user.has_group("vip_care.group_store_manager"):
            return
        own = self.env.user.sudo().employee_ids.ids
        for partner in self:
            unchanged = partner.vip_owner_id.id == owner_id
            if not unchanged and (partner.vip_owner_id or owner_id not in own):
                raise AccessError(
                    self.env._(
                        "Only a manager gives %(member)s to another owner.",
                        member=partner.name,
                    )
                )

    def _vip_log_owner(self, before):
        """Keep who owned each member until now; `before` maps partner to employee."""
        reason = self.env.context.get("vip_owner_reason", "manual")
        self.env["vip.ownership.change"].sudo().create(
            [
                {
                    "partner_id": partner.id,
                    "old_owner_id": before[partner].id,
                    "new_owner_id": partner.vip_owner_id.id,
                    "reason": reason,
                    "user_id": self.env.uid,
                }
                for partner in self
                if partner.vip_owner_id != before[partner]
            ]
        )
