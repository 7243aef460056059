from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ..tools.points_reason import CONTEXT_KEY, PointsReason

MEMBERSHIP_FIELDS = (
    "vip_card_number",
    "vip_store_id",
    "vip_owner_id",
    "vip_enrolment_source",
    "vip_enrolment_store_id",
    "vip_enrolled_by_id",
)


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merging contacts keeps one member, the sums and every row of ours.

    Odoo moves all rows that point to the merged contacts; what is left for us are
    the values that only one record may hold, and a new review of the sums.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Whoever merges contacts may change each of them."""
        self.env["res.partner"].browse(partner_ids).exists().check_access("write")
        return super()._merge(partner_ids, dst_partner, extra_checks)

    def _update_foreign_keys(self, src_partners, dst_partner):
        if not (src_partners | dst_partner).filtered("is_vip_member"):
            return super()._update_foreign_keys(src_partners, dst_partner)
        vals = self._vip_merged_membership(src_partners, dst_partner)
        vals["vip_phone_changed_at"] = self._vip_merged_change(
            src_partners, dst_partner
        )
        refusals = (src_partners | dst_partner)._vip_refusals()
        old_tier = dst_partner.vip_tier_id
        # What was asked for a contact that is gone has to be asked anew.
        self.env["vip.transfer"].sudo()._skip_open_lines(src_partners.ids, "merged")
        self._vip_release(src_partners)
        self.env["vip.access.view"].sudo()._move(src_partners.ids, dst_partner.id)
        everybody = (src_partners | dst_partner).ids
        self.env["vip.dormancy.line"].sudo()._merge_members(everybody)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        dst_partner.sudo()._vip_decided("merge").write(vals)
        if dst_partner.vip_tier_id != old_tier:
            dst_partner._vip_log_tier(old_tier, "merge")
        dst_partner._vip_keep_refusals(refusals)
        self.env["vip.standing.due"].sudo()._add(dst_partner.ids)
        return result

    def _merge_loyalty_cards(self, src_partners, dst_partner):
        merging = self.with_context(**{CONTEXT_KEY: PointsReason("merge")})
        return super(BasePartnerMergeAutomaticWizard, merging)._merge_loyalty_cards(
            src_partners, dst_partner
        )

    def _update_values(self, src_partners, dst_partner):
        if dst_partner.is_vip_member:
            # Odoo copies every field, standing too, which no user may write.
            dst_partner = dst_partner.sudo()
        result = super()._update_values(src_partners, dst_partner)
        if dst_partner.is_vip_member:
            if dst_partner.vip_referrer_id in (src_partners | dst_partner):
                dst_partner.vip_referrer_id = False
            dst_partner._compute_vip_profile_score()
        return result

    def _vip_merged_membership(self, src_partners, dst_partner):
        """Return the membership of the one who stays.

        Her own where she has it, else that of the member enrolled first; of the tiers
        the highest, and the earliest day of enrolment.
        """
        members = (src_partners | dst_partner).filtered("is_vip_member")
        ordered = members.sorted(
            lambda p: (p != dst_partner, str(p.vip_enrolled_on or "9999"), p.id)
        )
        vals = {"is_vip_member": True}
        for name in MEMBERSHIP_FIELDS:
            value = ordered.filtered(name)[:1][name]
            vals[name] = value.id if isinstance(value, models.BaseModel) else value
        days = [day for day in members.mapped("vip_enrolled_on") if day]
        vals["vip_enrolled_on"] = min(days, default=False)
        best = max(
            ordered, key=lambda p: (p.vip_tier_id.sequence, p.vip_tier_id.id or 0)
        )
        for name in ("vip_tier_valid_until", "vip_tier_is_manual"):
            vals[name] = best[name]
        vals["vip_tier_id"] = best.vip_tier_id.id
        return vals

    def _vip_merged_change(self, src_partners, dst_partner):
        """Return since when she has the number that stays, as far as consents go.

        The latest change of any; what was agreed to with one of the other numbers was
        agreed to before.
        """
        partners = src_partners | dst_partner
        stays = dst_partner.vip_phone_key
        stays = stays or src_partners.filtered("phone")[-1:].vip_phone_key
        others = partners.filtered(lambda p: p.vip_phone_key not in (False, stays))
        moments = [
            moment for moment in partners.mapped("vip_phone_changed_at") if moment
        ]
        agreed = others.sudo().vip_consent_ids.filtered("given")  # hers, whoever merges
        moments += [moment + timedelta(seconds=1) for moment in agreed.mapped("date")]
        return max(moments, default=False)

    def _vip_release(self, partners):
        """Take off what only one member may hold, before Odoo moves the rest."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner
                   SET is_vip_member = FALSE, vip_card_number = NULL, barcode = NULL
                 WHERE id = ANY(%s)
                """,
                partners.ids,
            )
        )
        self.env.cr.execute(
            SQL("DELETE FROM vip_standing_due WHERE partner_id = ANY(%s)", partners.ids)
        )
        partners.invalidate_recordset()
