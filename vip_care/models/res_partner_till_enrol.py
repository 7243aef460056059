from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError

from .fence import fenced

TEXTS = (
    "name",
    "phone",
    "referrer_phone",
    "consent_text",
    "marketing_text",
    "order_uuid",
    "taken_at",
)
TEXT_LENGTH = 5_000
TILL_VALUES = {*TEXTS, "employee_id", "consent", "consent_marketing"}
# So long a till may keep an enrolment; a clock that says otherwise is wrong, and older
# tickets stay as booked.
KEPT_AT_MOST = timedelta(days=30)


class ResPartner(models.Model):
    """Enrolling at the till: by everybody who sells, for the adviser who serves.

    All refusals are UserError or ValidationError and say what to type, so that the till
    can show them and have what it kept mended.
    """

    _inherit = "res.partner"

    @api.model
    def vip_till_enrol(self, values, config_id):
        """Make a member at the register, or find who has this number.

        `values`: name, phone, employee_id (her adviser, who becomes the owner), consent
        and consent_marketing with consent_text and marketing_text as shown,
        referrer_phone, order_uuid (a ticket made meanwhile), taken_at (UTC).
        Returns id, known (was a member before), message, pos (the register's masked
        record) and ticket: "given", "taken", "missing", "failed" or False.
        The same once more changes nothing. Nothing of a known member is changed.
        """
        config = self._vip_till_config(config_id)
        asked = self._vip_clean_till_values(values)
        said = self._vip_till_said(values, asked)
        adviser = config._vip_adviser(values.get("employee_id"))
        moment = self._vip_taken_at(asked["taken_at"])
        member, is_new, message = self._vip_till_found(asked, adviser, config, moment)
        member._vip_till_consents(said, config.sudo().vip_store_id, moment)
        ticket = member._vip_till_ticket(asked["order_uuid"], config)
        return {
            "id": member.id,
            "known": not is_new,
            "message": message + self._vip_say_ticket(ticket),
            "pos": member._vip_till_rows(config)[0],
            "ticket": ticket,
        }

    @api.model
    def _vip_till_found(self, asked, adviser, config, moment):
        """Return the member, in sudo, whether she is new, and what to say of her."""
        # sudo: sellers write no contacts, and the number may be a colleague's member
        members = self.sudo().with_company(config.company_id)
        store = config.sudo().vip_store_id
        key = members._vip_read_phone(asked["phone"], store)
        found = members._vip_find_by_key(key, store.id)
        message = ""
        if found.is_vip_member:
            self._vip_count_person(asked["phone"], found, config)
            message = found._vip_say_member()
            if found.active:
                return found, False, message
        vals = self._vip_prepare_till_enrolment(asked, adviser, config, moment)
        # What she bought since then counts for her owner; a history goes forward only.
        had_owner = found.vip_ownership_change_ids
        member = members._vip_enrol_once(found, vals, None if had_owner else moment)
        text = self.env._("%(name)s is a member now.", name=member.name)
        return member, True, message or text

    @api.model
    def _vip_clean_till_values(self, values):
        """Return the till's texts, each a clean string; raise on what is none."""
        unknown = set(values) - TILL_VALUES if isinstance(values, dict) else {"?"}
        texts = {} if unknown else {name: values.get(name) or "" for name in TEXTS}
        if unknown or not all(isinstance(text, str) for text in texts.values()):
            raise UserError(
                self.env._(
                    "The till sent an enrolment that cannot be read. Reload the till"
                    " and type it again."
                )
            )
        if any(len(text) > TEXT_LENGTH for text in texts.values()):
            raise UserError(
                self.env._("That is too long: type her name and her number only.")
            )
        return {name: text.replace("\0", "").strip() for name, text in texts.items()}

    @api.model
    def _vip_taken_at(self, text):
        """Return when it was taken; now, if the till's clock cannot be right."""
        now = fields.Datetime.now()
        try:
            moment = fields.Datetime.to_datetime(text) or now
        except ValueError:
            return now
        return moment if now - KEPT_AT_MOST <= moment <= now else now

    @api.model
    def _vip_prepare_till_enrolment(self, asked, adviser, config, moment):
        """Return clean values for a new member of the register's store."""
        if not asked["name"]:
            raise UserError(self.env._("Type her name."))
        store = config.sudo().vip_store_id
        referrer_phone = asked["referrer_phone"]
        if referrer_phone:
            key = self._vip_read_phone(referrer_phone, store)
            referrer = self.sudo()._vip_find_by_key(key, store.id)  # anybody's member
            self._vip_count_person(
                referrer_phone, referrer.filtered("is_vip_member"), config
            )
        vals = self.sudo()._vip_prepare_enrolment(  # the adviser was checked
            {
                "name": asked["name"],
                "phone": asked["phone"],
                "lang": self.env.user.lang,  # they have just talked in it
                "referrer_phone": referrer_phone,
                "vip_store_id": store.id,
                "vip_owner_id": adviser.id,
            }
        )
        zone = pytz.timezone(store.tz or store._default_tz())
        return vals | {
            "vip_enrolled_by_id": adviser.id,
            "vip_enrolled_on": pytz.utc.localize(moment).astimezone(zone).date(),
            "vip_enrolment_store_id": store.id,
        }

    @api.model
    def _vip_count_person(self, phone, member, config):
        """Count that the user is told whose number this is, as a lookup.

        Not for whom she may read, has just looked up or has enrolled herself.
        """
        if member and not member._vip_hidden():
            return
        if not member._vip_enrolled_by_user():
            self._vip_count_number(phone, config, member, count=len(member))

    def _vip_enrolled_by_user(self):
        """Tell whether this login enrolled her lately: a till sends what it kept twice
        when the answer was lost."""
        if not self:
            return False
        changes = self.env["vip.ownership.change"].sudo()  # of a colleague's member
        return bool(
            changes.search_count(
                [
                    ("partner_id", "=", self.id),
                    ("reason", "=", "enrol"),
                    ("user_id", "=", self.env.uid),
                    ("date", ">=", fields.Datetime.now() - KEPT_AT_MOST),
                ],
                limit=1,
            )
        )

    def _vip_till_ticket(self, uuid, config):
        """Give her the ticket; the enrolment stays, whatever happens to the ticket."""
        if not uuid:
            return False
        with fenced(self.env, "Ticket %s could not be given to %s", uuid, self.id):
            return self.env["pos.order"]._vip_give_ticket(uuid, self, config)
        return "failed"

    @api.model
    def _vip_say_ticket(self, ticket):
        """Return what the seller has to know of the ticket, or nothing."""
        if ticket != "failed":
            return ""
        return " " + self.env._(
            "The ticket could not be given to her: ask your manager to enter her as its"
            " customer."
        )
