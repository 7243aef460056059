from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .vip_consent import CHANNELS, METHODS, PURPOSES

# What somebody who signs up agrees to; marketing is asked for by itself.
ENROLMENT_PURPOSES = ("service", "care")
CONSENT_KEYS = ("consent_text", "consent_method", "consent_purposes")


class ResPartner(models.Model):
    """What a member agreed to."""

    _inherit = "res.partner"

    vip_consent_ids = fields.One2many(
        "vip.consent",
        "partner_id",
        "History of consents",
        readonly=True,
        groups="vip_care.group_associate,vip_care.group_auditor",
    )
    vip_current_consent_ids = fields.Many2many(
        "vip.consent",
        string="Consents",
        compute="_compute_vip_current_consent_ids",
        groups="vip_care.group_associate,vip_care.group_auditor",
        help="What counts today: a channel not listed has no word of its own.",
    )

    @api.depends("vip_consent_ids")
    def _compute_vip_current_consent_ids(self):
        words = self.env["vip.consent"]._last_words(self._origin.ids)
        for partner in self:
            last = words.get(partner._origin.id, {})
            own = {key: word for key, word in last.items() if word.channel == key[1]}
            partner.vip_current_consent_ids = self.env["vip.consent"].union(
                *(own[key] for key in sorted(own))
            )

    def _vip_has_consent(self, purpose, channel=None):
        """Return those of these members who agreed to `purpose` by `channel`.

        Without a channel: who agreed in general, which a later word on one channel
        does not change. No record is no consent; for text messages neither is one
        given while she had another number.
        """
        key = (purpose, channel or "any")
        # Read in sudo: whether somebody may be written to is asked by jobs too.
        words = self.env["vip.consent"].sudo()._last_words(self.ids, outdated=False)
        return self.filtered(
            lambda p: key in (last := words.get(p.id, {})) and last[key].given
        )

    def _vip_record_consents(self, purposes, given, **values):
        """Write what these members said about each of `purposes`.

        `values` are fields of vip.consent. The caller must be allowed to write the
        member; a withdrawal counts from this very transaction on.
        """
        self.check_access("write")
        store = self.env.user.sudo().employee_ids.vip_store_id[:1]
        consents = self.env["vip.consent"].sudo()  # nobody writes them herself
        return consents.create(
            [
                {
                    "partner_id": partner.id,
                    "purpose": purpose,
                    "given": given,
                    "store_id": (store or partner.sudo().vip_store_id).id,
                }
                | values
                for partner in self
                for purpose in purposes
            ]
        )

    @api.model
    def vip_enrol(self, values):
        """Enrol, and keep what she agreed to while doing so.

        `consent_text` is what she was told, `consent_method` how she agreed (at the
        till, unless said), `consent_purposes` to what (service and care, unless said).
        """
        consent = self._vip_prepare_enrolment_consent(values)
        rest = {key: value for key, value in values.items() if key not in CONSENT_KEYS}
        partner = super().vip_enrol(rest)
        if consent:
            # She stands here, even if a colleague looks after her.
            partner.sudo()._vip_record_consents(given=True, **consent)
        return partner

    @api.model
    def _vip_prepare_enrolment_consent(self, values):
        """Return values for the consents of an enrolment, or None without any."""
        given = {key: values[key] for key in CONSENT_KEYS if values.get(key)}
        if not given:
            return None
        text = str(given.get("consent_text") or "").strip()
        method = given.get("consent_method", "till")
        purposes = given.get("consent_purposes", ENROLMENT_PURPOSES)
        if isinstance(purposes, str):
            purposes = [purposes]
        known = {key for key, _label in PURPOSES}
        methods = {key for key, _label in METHODS} - {"merge", "reply"}
        if not text or method not in methods or not known.issuperset(purposes):
            raise UserError(
                self.env._(
                    "A consent needs the text she agreed to, how she agreed"
                    " (%(methods)s) and to what (%(purposes)s).",
                    methods=", ".join(sorted(methods)),
                    purposes=", ".join(key for key, _label in PURPOSES),
                )
            )
        return {"purposes": list(purposes), "text": text, "method": method}

    def _vip_refusals(self):
        """Return {(purpose, channel)} that any of these contacts refuses."""
        words = self.env["vip.consent"].sudo()._last_words(self.ids)
        return {
            key
            for last in words.values()
            for key, word in last.items()
            if not word.given
        }

    def _vip_keep_refusals(self, refusals):
        """Record those of `refusals` again that this merged contact would not have."""
        self.ensure_one()
        channels = [key for key, _label in CHANNELS]  # "any" first: it speaks for all
        for purpose, channel in sorted(
            refusals, key=lambda key: (key[0], channels.index(key[1]))
        ):
            if self._vip_has_consent(purpose, channel):
                self.sudo()._vip_record_consents(
                    [purpose],
                    given=False,
                    channel=channel,
                    method="merge",
                    text=self.env._("One of the merged contacts had refused."),
                )

    def action_vip_record_consent(self):
        """Open the form on which a member's word is recorded."""
        self.ensure_one()
        if not self.is_vip_member:
            raise UserError(self.env._("Only members are asked for their consent."))
        if not self.has_access("write"):
            raise AccessError(
                self.env._("Who looks after this member records what she agrees to.")
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "vip_care.vip_consent_record_action"
        )
        action["context"] = {"default_partner_id": self.id}
        return action
