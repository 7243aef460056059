from odoo import api, fields, models

from ..tools.masking import mask_name


class ResPartner(models.Model):
    """Whose eyes a member is for.

    The record rules on contacts ask `res.users` for their domain; here are the columns
    they read and the mask of a name that shines through other records.
    """

    _inherit = "res.partner"

    # Read with the contact itself, as are the owner's user and store: each name shown
    # asks for them, and a query of its own would cost more than three narrow columns.
    vip_is_guarded = fields.Boolean(
        "Seen by her own people only",
        compute="_compute_vip_is_guarded",
        store=True,
        copy=False,
        help="A member, or a contact under one, who is no internal user.",
    )

    # The arms of the record rule: every list of contacts or members passes here.
    _vip_open_idx = models.Index("(id) WHERE vip_is_guarded IS NOT TRUE")
    _vip_open_member_idx = models.Index(
        "(id) WHERE is_vip_member IS TRUE AND vip_is_guarded IS NOT TRUE"
    )

    @api.depends("is_vip_member", "parent_id.is_vip_member", "partner_share")
    def _compute_vip_is_guarded(self):
        for partner in self:
            member = partner.is_vip_member or partner.parent_id.is_vip_member
            partner.vip_is_guarded = member and partner.partner_share

    # Other records show their customer by a name read as superuser.
    @api.depends("vip_is_guarded", "vip_owner_user_id")
    @api.depends_context("uid")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for partner in self._vip_hidden():
            partner.display_name = mask_name(partner.name)
        return result

    def _vip_hidden(self):
        """Return the members among these whom the user, even by sudo, may not see."""
        if not self.env.uid or not self.env.user._vip_is_limited():
            return self.browse()
        partners = self.filtered("id").sudo()  # the question is asked for the user
        guarded = partners.filtered("vip_is_guarded")
        granted = self.env["ir.rule"]._vip_granted()
        hidden = guarded - guarded.filtered_domain(self.env.user._vip_member_domain())
        return hidden.filtered(lambda p: p.id not in granted).sudo(self.env.su)
