from odoo import api, models
from odoo.exceptions import AccessError

from .res_partner_profile import PROFILE_FIELDS
from .vip_access_view import COUNTED_ROLES

# By these somebody can be reached, and a list be carried out of the door.
CONTACT_FIELDS = {
    "phone",
    "phone_sanitized",
    "vip_phone_key",
    "email",
    "email_normalized",
    "email_formatted",
    "street",
    "street2",
    "contact_address",
    "contact_address_inline",
    "contact_address_complete",
}
WATCHED_FIELDS = CONTACT_FIELDS | set(PROFILE_FIELDS) | {"comment", "vip_tag_ids"}
# A name shows these too when the request asks for it.
TELLING_CONTEXT = ("show_address", "show_email")


class ResPartner(models.Model):
    """Reading members leaves a trace: whom a user read is counted per day.

    `_read_format` is where read, search_read, web_read, web_search_read and grouped
    lists hand values to a client; the other ways out are counted one by one.
    """

    _inherit = "res.partner"

    def _vip_watch(self, names):
        """Count these partners as read if `names` of fields tell who they are."""
        tells_name = "display_name" in names and any(
            self.env.context.get(key) for key in TELLING_CONTEXT
        )
        if tells_name or not WATCHED_FIELDS.isdisjoint(names):
            self.env["vip.access.view"]._count(self)

    def _read_format(self, fnames, load="_classic_read"):
        result = super()._read_format(fnames, load)
        self._vip_watch(fnames)
        return result

    @api.model
    @api.readonly
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        result = super().name_search(name, domain, operator, limit)
        self.browse([id_ for id_, _name in result])._vip_watch(["display_name"])
        return result

    def onchange(self, values, field_names, fields_spec):
        self._vip_watch(fields_spec)
        return super().onchange(values, field_names, fields_spec)

    def copy_data(self, default=None):
        self._vip_watch(["phone"])
        return super().copy_data(default)

    def _build_vcard(self):
        if not self.env.su and self.env.user._vip_role():
            self._vip_check_vcard()
        return super()._build_vcard()

    def _vip_check_vcard(self):
        """Refuse, or log and count, a member who goes out as a visiting card.

        Outsiders keep what Odoo gives them: a card is no export to it.
        """
        for member in self.sudo().filtered("vip_is_guarded"):
            member = member.sudo(False)
            values = {"res_model": self._name, "res_fields": "vCard"}
            values["partner_id"] = member.id
            member._vip_check_may_export(**values)
            member._vip_log_export(values | {"reason": "vCard", "count": 1})
            self.env["vip.access.view"]._count(member, exported=True)

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._vip_check_grouping(groupby_spec.split(":")[0])
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        name, _colon, function = aggregate_spec.partition(":")
        if function not in ("count", "count_distinct"):
            self._vip_check_grouping(name)
        return super()._read_group_select(aggregate_spec, query)

    def _vip_check_grouping(self, name):
        """Refuse lists of numbers and addresses that come as groups, uncounted."""
        role = None if self.env.su else self.env.user._vip_role()
        if name in CONTACT_FIELDS and role in (*COUNTED_ROLES[:-1], "till"):
            raise AccessError(
                self.env._(
                    "Contacts are not grouped by %(field)s. Open the list of members"
                    " to see it.",
                    field=self._fields[name]._description_string(self.env),
                )
            )
