import re

from odoo import api, models

E164 = re.compile(r"\+\d{6,15}")
# Written to a person by hand or in bulk, for whatever reason; on any other record (a
# delivery, a receipt, an appointment) it is the service she asked for.
PERSONAL = (False, "res.partner")


class SmsSms(models.Model):
    """Odoo's own text messages: none to whom refuses them, by whatever way they come.

    Odoo asks its list of refused numbers in mass mode only, and knows nothing of
    consents. A number that refused gets nothing. A member gets what is no service only
    if she agreed to care or marketing by text message, and no service she refused;
    other contacts get what Odoo sends them.
    """

    _inherit = "sms.sms"

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        messages.filtered(lambda sms: sms.state == "outgoing")._vip_stop()
        return messages

    def _send(self, *args, **kwargs):
        """Ask once more: what was queued may have been refused since."""
        allowed = self - self._vip_stop()
        if not allowed:
            return None
        return super(SmsSms, allowed)._send(*args, **kwargs)

    def _vip_stop(self):
        """Cancel those that must not be sent; return them."""
        stopped = self._vip_refused()
        if stopped:
            stopped._update_sms_state_and_trackers("canceled", "sms_blacklist")
        return stopped

    def _vip_refused(self):
        """Return those of these messages that whom they go to does not want."""
        keys = {sms: self._vip_keys(sms.number) for sms in self}
        every = set().union(*keys.values()) if keys else set()
        # sudo: a refusal counts, whoever sends
        refused = (
            self.env["phone.blacklist"].sudo().search([("number", "in", [*every])])
        )
        numbers = set(refused.mapped("number"))
        members = {sms: self._vip_members(sms, keys[sms]) for sms in self}
        everybody = self.env["res.partner"].sudo().union(*members.values())
        texted = everybody._vip_texted()
        served = everybody._vip_served()
        return self.filtered(
            lambda sms: (
                keys[sms] & numbers
                or members[sms] - (texted if sms._vip_is_personal() else served)
            )
        )

    def _vip_is_personal(self):
        return self.sudo().mail_message_id.model in PERSONAL

    @api.model
    def _vip_keys(self, number):
        """Return the numbers in E.164 form that `number` may stand for."""
        if not number or E164.fullmatch(number):
            return {number} - {False, None, ""}
        return set(self.env["res.partner"]._vip_possible_keys(number))

    @api.model
    def _vip_members(self, sms, keys):
        """Return the members it goes to: hers by name, and whose the number is."""
        members = self.env["res.partner"].sudo()  # of any company: it is her number
        if keys:
            members = members.search(
                [("is_vip_member", "=", True), ("vip_phone_key", "in", [*keys])]
            )
        return members | sms.sudo().partner_id.filtered("is_vip_member")
