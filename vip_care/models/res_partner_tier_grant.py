from odoo import models
from odoo.exceptions import AccessError, UserError


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _vip_grant_tier(self, tier, valid_until, note):
        """Give members a tier by hand until a date; the reason is kept.

        For store managers. The review keeps such a tier until its last day, unless a
        member earns a higher one.
        """
        if not (self.env.su or self.env.user.has_group("vip_care.group_store_manager")):
            raise AccessError(self.env._("Only managers grant a tier by hand."))
        self.check_access("write")
        self._vip_check_grant(tier, valid_until, note)
        before = {member: member.vip_tier_id for member in self}
        # sudo: standing is nobody's to write but the review's and, here, a manager's
        self.sudo().write(
            {
                "vip_tier_id": tier.id,
                "vip_tier_valid_until": valid_until,
                "vip_tier_is_manual": True,
            }
        )
        for member, old_tier in before.items():
            member._vip_log_tier(old_tier, "manual", note)

    def _vip_check_grant(self, tier, valid_until, note):
        if not (note or "").strip():
            raise UserError(self.env._("Say why the tier is granted."))
        if not tier.active:
            raise UserError(
                self.env._("The tier %(tier)s is archived.", tier=tier.name)
            )
        for member in self:
            if not member.is_vip_member:
                raise UserError(
                    self.env._("%(name)s is not a member.", name=member.name)
                )
            if tier.company_id != member.vip_company_id:
                raise UserError(
                    self.env._(
                        "%(tier)s is a tier of %(company)s, where %(member)s is not a"
                        " member.",
                        tier=tier.name,
                        company=tier.company_id.name,
                        member=member.name,
                    )
                )
            if not valid_until or valid_until <= member.vip_store_id._vip_today():
                raise UserError(self.env._("The end date must lie in the future."))
            member._vip_check_grant_is_not_lower(tier)

    def _vip_check_grant_is_not_lower(self, tier):
        """Refuse to take away by hand what was earned; correcting a grant is fine."""
        ranks = tier.company_id._vip_tiers().ids
        held = self.vip_tier_id
        if self.vip_tier_is_manual or held.id not in ranks:
            return
        if ranks.index(tier.id) < ranks.index(held.id):
            raise UserError(
                self.env._(
                    "%(member)s earned %(held)s by her purchases; %(tier)s is lower.",
                    member=self.name,
                    held=held.name,
                    tier=tier.name,
                )
            )
