import psycopg2

from odoo import api, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tools import mute_logger

from .res_partner_profile import PROFILE_FIELDS

# What an enrolment may bring besides the profile.
ENROLMENT_FIELDS = {
    "name",
    "phone",
    "email",
    "lang",
    "vip_card_number",
    "vip_enrolment_source",
    "vip_store_id",
    "vip_owner_id",
    "vip_referrer_id",
    "vip_tag_ids",
    "referrer_phone",
    "partner_id",
}


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def vip_enrol(self, values):
        """Return the member with this mobile number, made one if need be.

        `values` holds `phone` (any spelling, read in the country of the store) and,
        for somebody new, `name`; further `vip_store_id`, `vip_owner_id`,
        `vip_enrolment_source`, `vip_card_number`, `vip_referrer_id` or
        `referrer_phone`, and any field of the profile. Store and owner default to the
        caller's own. `partner_id` says which contact becomes the member, if nobody with
        this number is one.

        Somebody known keeps everything she has: only empty profile fields are filled,
        and those only by somebody who looks after her.
        Enrolling the same number twice, even at the same moment, gives one member.
        Raises UserError or ValidationError with what to type instead.
        """
        if not (self.env.su or self.env.user.has_group("vip_care.group_associate")):
            raise AccessError(self.env._("Only associates enrol members."))
        vals = self._vip_prepare_enrolment(values)
        partners = self.sudo()  # the number may belong to a colleague's member
        found = partners._vip_find_by_key(vals["vip_phone_key"], vals["vip_store_id"])
        contact = self.browse(vals.pop("partner_id", None))
        if contact and not found.is_vip_member:
            contact._vip_check_may_join()
            found = contact.sudo()  # as above
            if found.vip_phone_key != vals["vip_phone_key"]:
                found.phone = vals["phone"]
        return partners._vip_enrol_once(found, vals).sudo(self.env.su)

    def _vip_enrol_once(self, found, vals, moment=None):
        """Enrol `found`, or somebody new, from clean values; return the member.

        `moment` is when she got her owner, if it was not now.
        Raises ConcurrencyError, which Odoo answers with another try, when another till
        enrolled this number at the same moment.
        """
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return self._vip_enrol_found(found, vals, moment)
        except psycopg2.errors.UniqueViolation as error:
            if "vip_phone_key" not in (error.diag.constraint_name or ""):
                raise
            # Another till enrolled this number a moment ago: with the next
            # transaction we shall find her.
            raise ConcurrencyError(str(error)) from error

    def _vip_check_may_join(self):
        """Raise unless the caller may make a member of this contact.

        Whoever sees a customer without a number may enrol her; a number that Odoo
        knows already is changed by those who may change the contact.
        """
        self.check_access("read")
        if self.vip_phone_key or not self.partner_share:
            self.check_access("write")

    def _vip_enrol_found(self, found, vals, moment=None):
        key = vals.pop("vip_phone_key")
        if found.is_vip_member and found.active:
            if not found._vip_hidden():
                found._vip_fill_profile(vals)
            return found
        if not found and not vals.get("name"):
            raise UserError(self.env._("Type her name."))
        quiet = {"tracking_disable": True}
        if found:
            missing = {
                name: value
                for name, value in vals.items()
                if name not in found._fields or not found[name]
            }
            found._vip_decided("enrol", date=moment).with_context(**quiet).write(
                missing | {"is_vip_member": True, "active": True}
            )
        else:
            created = (
                self._vip_decided("enrol", date=moment)
                .with_context(**quiet)
                .create(
                    vals | {"is_vip_member": True, "phone": vals.get("phone") or key}
                )
            )
            found = self.browse(created.id)  # the decision ends here
        found.flush_recordset()
        return found

    def _vip_fill_profile(self, vals):
        """Write what the profile does not know yet."""
        news = {
            name: value
            for name, value in vals.items()
            if name in PROFILE_FIELDS and value and not self[name]
        }
        if news:
            self.write(news)

    @api.model
    def _vip_prepare_enrolment(self, values):
        """Return clean values for an enrolment, with `vip_phone_key`."""
        unknown = set(values) - ENROLMENT_FIELDS - set(PROFILE_FIELDS)
        if unknown:
            raise UserError(
                self.env._(
                    "An enrolment cannot set: %(fields)s.",
                    fields=", ".join(sorted(unknown)),
                )
            )
        vals = {name: value for name, value in values.items() if value}
        employee = self.env.user.sudo().employee_id
        store = self.env["vip.store"].browse(vals.get("vip_store_id")).exists()
        store = store or employee.vip_store_id
        vals["vip_store_id"] = store.id
        vals["name"] = (vals.get("name") or "").strip()
        vals["vip_phone_key"] = self._vip_read_phone(vals.get("phone"), store)
        vals["vip_owner_id"] = self._vip_enrolling_owner(vals, employee)
        referrer_phone = vals.pop("referrer_phone", None)
        if referrer_phone:
            vals["vip_referrer_id"] = self._vip_find_referrer(
                referrer_phone, store, vals["vip_phone_key"]
            ).id
            vals.setdefault("vip_enrolment_source", "referral")
        return vals

    def _vip_enrolling_owner(self, vals, employee):
        """Return the owner's id: an associate enrols for herself."""
        owner_id = vals.get("vip_owner_id", employee.id)
        if (
            owner_id != employee.id
            and not self.env.su
            and not self.env.user.has_group("vip_care.group_store_manager")
        ):
            raise UserError(
                self.env._("Only a manager enrols members for another owner.")
            )
        return owner_id

    def _vip_find_referrer(self, phone, store, key):
        referrer_key = self._vip_read_phone(phone, store)
        if referrer_key == key:
            raise UserError(self.env._("A member cannot refer herself."))
        referrer = self.sudo()._vip_find_by_key(referrer_key, store.id)
        if not referrer.is_vip_member:
            raise UserError(
                self.env._(
                    "No member has the number %(phone)s. Leave the referrer empty or"
                    " type her own number.",
                    phone=phone,
                )
            )
        return referrer

    @api.model
    def _vip_find_by_key(self, key, store_id=False):
        """Return the person with this key: a member first, then the oldest contact."""
        company = self.env["vip.store"].browse(store_id).company_id or self.env.company
        found = self.with_context(active_test=False).search(
            [("vip_phone_key", "=", key), ("company_id", "in", [False, company.id])]
        )
        return found.sorted(
            lambda p: (not p.is_vip_member, not p.active, bool(p.user_ids), p.id)
        )[:1]

    def _vip_say_member(self):
        """Say that she is a member already; a colleague's member goes by her mask."""
        if not self.active:
            return self.env._(
                "%(name)s was a member before and gets everything back.",
                name=self.display_name,
            )
        if not self.vip_owner_id:
            return self.env._("%(name)s is already a member.", name=self.display_name)
        return self.env._(
            "%(name)s is already a member, looked after by %(owner)s.",
            name=self.display_name,
            owner=self.vip_owner_id.name,
        )
