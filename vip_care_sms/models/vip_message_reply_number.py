from contextlib import suppress

import phonenumbers

from odoo import api, models

from odoo.addons.vip_care.tools.phone import PhoneError, phone_key, plain_digits

from .vip_message import OUT


class VipMessageReply(models.Model):
    """Whose number it is that wrote back."""

    _inherit = "vip.message.reply"

    @api.model
    def _whole_number(self, gateway, raw):
        """Return the number in E.164 form; of two readings the one we know.

        What cannot be read as a number comes back as it is, without a plus.
        """
        readings = self._readings(raw, gateway.company_id.country_id.code or "CN")
        if len(readings) > 1:
            members = self.env["vip.sms.refusal"]
            for number in readings:
                if self._last_message(gateway, number) or members._members(number):
                    return number
        return readings[0]

    def _readings(self, raw, country):
        """Return what a number may mean: as dialled there, or its code without plus."""
        raw = plain_digits(raw)[:30]
        readings = []
        with suppress(PhoneError):
            readings.append(phone_key(raw, country))
        full = "+" + raw.removeprefix("+").removeprefix("00")
        with suppress(phonenumbers.NumberParseException):
            if phonenumbers.is_possible_number(phonenumbers.parse(full)):
                readings.append(full)
        return list(dict.fromkeys(readings)) or [raw.removeprefix("+")]

    def _last_message(self, gateway, number):
        """Return the last message of the company to this number."""
        return self.env["vip.message"].search(
            [
                ("number", "=", number),
                ("state", "in", OUT),
                ("kind", "=", "care"),
                ("company_id", "=", gateway.company_id.id),
            ],
            order="reserved_at desc, id desc",
            limit=1,
        )

    def _find_whose(self):
        """Note whose the number is; of several members who was written to last."""
        members = self.env["vip.sms.refusal"]._members(self.number)
        # The number works, whatever was thought of it.
        members.filtered("vip_phone_is_wrong").vip_phone_is_wrong = False
        message = self._last_message(self.gateway_id, self.number)
        members = members.filtered(
            lambda m: m.active and m.vip_company_id == self.company_id
        )
        written_to = message.partner_id.filtered("is_vip_member")
        if not members or written_to in members:
            members = written_to
        self.write({"partner_id": members[:1].id, "message_id": message.id})
