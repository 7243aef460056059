from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date
from odoo.tools.sql import column_exists, create_column

from ..tools.phone import is_unverified

# What a number stands for is found from the number as typed, by no other way.
FOUND = ("vip_phone_key", "vip_phone_changed_at")
READERS = "vip_care.group_associate,vip_care.group_auditor"


class ResPartner(models.Model):
    """A member's number, new: what is known of it, and what she agreed to before.

    A consent to messages belongs to the number she had when she gave it. When it
    becomes another one, or is taken away, she has to be asked again; a refusal stays.
    What she agreed to while there was no number counts for her first one.
    """

    _inherit = "res.partner"

    vip_phone_changed_at = fields.Datetime(
        "Number changed",
        compute="_compute_vip_phone_key",
        store=True,
        precompute=True,
        copy=False,
        help="Consents to messages of before do not count any more.",
    )
    vip_phone_is_unverified = fields.Boolean(
        "New range, not verified",
        compute="_compute_vip_phone_is_unverified",
        help="No list of number ranges knows it yet. It may be right all the same.",
    )
    vip_consent_notice = fields.Char(
        "To ask again", compute="_compute_vip_consent_notice", groups=READERS
    )

    def _auto_init(self):
        # Computing it for every contact there is would take long and say nothing.
        if not column_exists(self.env.cr, "res_partner", "vip_phone_changed_at"):
            name, kind = "vip_phone_changed_at", "timestamp"
            create_column(self.env.cr, "res_partner", name, kind)
        return super()._auto_init()

    def _compute_vip_phone_key(self):
        before = [(p, p.vip_phone_key, p.vip_phone_changed_at) for p in self]
        result = super()._compute_vip_phone_key()
        now = fields.Datetime.now()
        for partner, key, moment in before:
            has_changed = key and partner.vip_phone_key != key
            partner.vip_phone_changed_at = now if has_changed else moment
        return result

    @api.depends("vip_phone_key")
    def _compute_vip_phone_is_unverified(self):
        for partner in self:
            key = partner.vip_phone_key
            partner.vip_phone_is_unverified = bool(key) and is_unverified(key)

    @api.depends("vip_phone_changed_at", "vip_consent_ids")
    def _compute_vip_consent_notice(self):
        outdated = self._origin._vip_outdated_consents().partner_id
        for partner in self:
            is_told = partner._origin in outdated
            partner.vip_consent_notice = is_told and partner._vip_say_number_changed()

    def write(self, vals):
        if not self.env.su and not vals.keys().isdisjoint(FOUND):
            raise AccessError(
                self.env._(
                    "What a number stands for cannot be written: type the number."
                )
            )
        return super().write(vals)

    def _vip_outdated_consents(self):
        """Return the words that allowed messages to these until a number changed."""
        changed = self.filtered(lambda p: p.vip_phone_changed_at and p.vip_phone_key)
        # sudo: whether she may be written to is asked by jobs too
        consents = self.env["vip.consent"].sudo()
        words = consents._last_words(changed.ids, outdated=True) if changed else {}
        return consents.union(
            *(word for last in words.values() for word in last.values())
        )

    def _vip_say_number_changed(self):
        self.ensure_one()
        return self.env._(
            "Her number changed on %(day)s: ask her again whether messages are"
            " welcome.",
            day=format_date(self.env, self._vip_phone_changed_on()),
        )

    def _vip_phone_changed_on(self):
        """Return the day of the change by her store's calendar."""
        store = self.sudo().vip_store_id  # the zone of a store is no secret
        zoned = self.with_context(tz=store.tz or self.env.user.tz)
        return fields.Datetime.context_timestamp(
            zoned, self.vip_phone_changed_at
        ).date()
