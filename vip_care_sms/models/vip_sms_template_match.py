from typing import NamedTuple

from odoo import api, models, tools

from ..gateways.base import TemplateCall
from ..tools import filed_text
from ..tools.filed_text import Finding


class Filed(NamedTuple):
    """A template as the search for one needs it."""

    id: int
    code: str
    state: str
    purpose: str
    body: str
    bare: str  # without ending
    in_place_of_id: int


class VipSmsTemplate(models.Model):
    """Which approved template says these words, and with which values.

    A text fits a template when it is the template with the variables filled in; who
    reworded it otherwise has a text that nobody approved.
    """

    _inherit = "vip.sms.template"

    @api.model
    @tools.ormcache("gateway_id")
    def _filed_of(self, gateway_id):
        """Return the templates of a gateway as Filed: most fixed words first."""
        templates = self.sudo().search(  # whoever sends need not read templates
            [("gateway_id", "=", gateway_id), ("state", "!=", "draft")]
        )
        filed = [
            Filed(
                template.id,
                template.code or "",
                template.state,
                template.purpose,
                template.body,
                filed_text.bare(template.body),
                template.in_place_of_id.id,
            )
            for template in templates
        ]
        return tuple(sorted(filed, key=_specific))

    @api.model
    def _match(self, gateway, body, purpose=None):
        """Return the TemplateCall that sends `body`, None if no approved one does.

        `body` may have the signature in front and the ending behind it, or neither.
        Care and marketing do not go out by a template of service: it has no way to
        refuse. What the member reads is `_text_of` the call. A value that the provider
        would refuse for its characters or length goes by the stand-in, if there is one.
        """
        text, signature = self._bare(gateway, body)
        if not text or filed_text.signature_findings(signature):
            return None
        approved = self._approved(gateway, purpose)
        for filed in approved:
            values = filed_text.read(filed.bare, text)
            if values is not None:
                return TemplateCall(filed.code, signature, values)
        for filed in approved:
            values = filed_text.read(filed.bare, text, is_strict=False)
            if values is not None and not _leads_somewhere(values):
                call = TemplateCall(filed.code, signature, values)
                return self._fallback(gateway, call)
        return None

    @api.model
    def _approved(self, gateway, purpose=None):
        """Return the Filed that may send a text of a purpose."""
        needs_ending = purpose in ("care", "marketing")
        return [
            filed
            for filed in self._filed_of(gateway.id)
            if filed.state == "approved"
            and not (needs_ending and filed.purpose == "service")
        ]

    @api.model
    def _fallback(self, gateway, call):
        """Return the call that stands in for one whose values the provider refuses.

        A fixed text, so it cannot be refused for a value; None if there is none.
        """
        approved = self._approved(gateway)
        ids = [filed.id for filed in approved if filed.code == call.code]
        for filed in approved:
            if ids and filed.in_place_of_id == ids[0]:
                return TemplateCall(filed.code, call.signature, {})
        return None

    @api.model
    def _text_of(self, gateway, call):
        """Return the whole text a member reads: signature, words and ending."""
        for filed in self._filed_of(gateway.id):
            if filed.code == call.code:
                words = filed_text.render(filed.body, call.params)
                return f"【{call.signature}】{words}"
        return ""

    @api.model
    def _template_of(self, gateway, call):
        """Return the record of a call, for the log of what was sent."""
        ids = [f.id for f in self._filed_of(gateway.id) if f.code == call.code]
        return self.browse(ids[:1])

    @api.model
    def _why_not(self, gateway, body, purpose=None):
        """Return a sentence: why no approved template sends `body`; "" if one does."""
        if self._match(gateway, body, purpose):
            return ""
        text, signature = self._bare(gateway, body)
        if found := filed_text.signature_findings(signature):
            return self._finding_text(found[0])
        return self._why_nearest(gateway, text) or self.env._(
            "No template of the provider has these words: send a text of the bank as it"
            " is, or have head office file this one."
        )

    def _why_nearest(self, gateway, text):
        """Return why the template that has these words does not send them."""
        waiting = []
        for filed in self._filed_of(gateway.id):
            values = filed_text.read(filed.bare, text, is_strict=False)
            if values is None:
                continue
            if filed.state != "approved":
                waiting.append(filed)
                continue
            for value in values.values():
                if code := filed_text.value_finding(value):
                    return self._finding_text(Finding(code, value))
            return self.env._(
                "The template %(code)s is filed as service: care and advertising need"
                " one that tells how to refuse.",
                code=filed.code,
            )
        return self._why_waiting(waiting[0]) if waiting else ""

    def _why_waiting(self, filed):
        if filed.state == "refused":
            return self.env._("The provider has refused these words.")
        return self.env._("The provider has not approved these words yet.")

    def _bare(self, gateway, body):
        """Return (body without signature and ending, signature)."""
        signature = gateway.sudo().signature or ""  # it is in every message
        text = body if isinstance(body, str) else ""
        return filed_text.bare(text.replace("\r\n", "\n"), signature), signature


def _leads_somewhere(values):
    """Return whether a value is more than a name that the provider does not take."""
    found = {filed_text.value_finding(value) for value in values.values()}
    return "value_link" in found


def _specific(filed):
    """Order templates: the one that leaves least to its variables first."""
    fixed, names = filed_text.split(filed.bare)
    return -sum(map(len, fixed)), len(names), filed.id
