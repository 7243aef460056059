import phonenumbers

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..tools.reasons import clean_reason
from .vip_access_view import COUNTED_ROLES


class ResPartner(models.Model):
    """The full number of a store's member for a colleague who has a reason."""

    _inherit = "res.partner"

    @api.model
    def vip_reveal_phone(self, partner_id, reason):
        """Return a member's full number, as one dials it.

        For associates and managers, of members they may read and of members of their
        own store. Each reveal is logged with its reason. Those of members she may not
        read count towards the day's limit; near it the manager is told. Raises
        AccessError for everybody else's members, in the same words as for an id that
        does not exist.
        """
        if not self._vip_reveals():
            raise AccessError(
                self.env._("Numbers are revealed to associates, not to a till.")
            )
        reason = clean_reason(reason)
        if not reason:
            raise UserError(
                self.env._(
                    "Say in a few words why you need the number, for example:"
                    " parcel returned."
                )
            )
        member = self._vip_find_to_reveal(partner_id)
        if not member:
            self.env["vip.access.log"]._log(
                "refused", reason=reason, partner_id=self._vip_known_id(partner_id)
            )
            raise AccessError(
                self.env._("No member of your store is meant: nothing to reveal.")
            )
        number = member._vip_dialled_number()
        if not number:
            raise UserError(
                self.env._("%(member)s has left no number.", member=member.name)
            )
        vals = {"partner_id": member.id, "reason": reason}
        if not member.sudo(False).has_access("read"):
            limit = self.env.user.sudo().company_id.vip_reveal_limit
            quota = self.env["vip.access.quota"].sudo()  # counted by the server alone
            quota._take("reveal", 1, limit, **vals)
        self.env["vip.access.log"]._log("reveal", **vals)
        return number

    def _vip_reveals(self):
        """Tell whether numbers are revealed to this user at all."""
        return self.env.user._vip_role() in COUNTED_ROLES

    def _vip_known_id(self, partner_id):
        """Return the id of an existing contact, whatever the client sent, or False."""
        is_id = isinstance(partner_id, int) and not isinstance(partner_id, bool)
        fits = is_id and 0 < partner_id < 2**31
        return self.sudo().browse(partner_id if fits else []).exists().id

    def _vip_find_to_reveal(self, partner_id):
        """Return in sudo the member meant, if the user may ask for her number."""
        partner = self.sudo().browse(self._vip_known_id(partner_id) or [])
        if not partner.is_vip_member:
            return partner.browse()
        if partner.sudo(False).has_access("read"):
            return partner
        user = self.env.user.sudo()
        stores = user.employee_ids.vip_store_id.ids + user._vip_store_ids()
        mine = {partner.vip_store_id.id, partner.vip_owner_store_id.id} & set(stores)
        return partner if mine else partner.browse()

    def _vip_dialled_number(self):
        """Return the number with its country code, spaced: +86 138 0013 8000."""
        try:
            number = phonenumbers.parse(self.vip_phone_key or "", None)
        except phonenumbers.NumberParseException:
            return self.phone
        return phonenumbers.format_number(
            number, phonenumbers.PhoneNumberFormat.INTERNATIONAL
        )
