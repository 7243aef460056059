from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.vip_care.models.vip_care_words import PURPOSES

from ..gateways import kinds
from ..tools import filed_text

STATES = [
    ("draft", "Draft"),
    ("filed", "Filed"),
    ("approved", "Approved"),
    ("refused", "Refused"),
]
# The provider has read these words: they stay as they are.
READ_THERE = ("filed", "approved")
WORDS = {"gateway_id", "body", "purpose"}


class VipSmsTemplate(models.Model):
    """A text as a provider has approved it: only such texts may leave there.

    What the provider would refuse is told while it is a draft, and keeps it from being
    filed. Once filed it stays as it is: providers change no approved text.
    """

    _name = "vip.sms.template"
    _description = "Filed SMS template"
    _order = "gateway_id, code, id"
    _rec_name = "code"

    gateway_id = fields.Many2one(
        "vip.sms.gateway",
        required=True,
        ondelete="cascade",
        domain=lambda self: [("kind", "in", self._template_kinds())],
    )
    company_id = fields.Many2one(related="gateway_id.company_id", store=True)
    active = fields.Boolean(default=True)
    code = fields.Char("Provider's code", copy=False, help="As SMS_123456789.")
    signature = fields.Char(related="gateway_id.signature")
    purpose = fields.Selection(
        PURPOSES,
        required=True,
        default="care",
        help="File care and advertising as marketing (推广短信), service as a notice.",
    )
    body = fields.Text(
        "Filed text",
        required=True,
        help="With ${variables}, without the signature: the provider puts it in front.",
    )
    body_to_file = fields.Text(related="body", string="Copy the text")
    text_id = fields.Many2one(
        "vip.care.text", "Text of the bank", readonly=True, ondelete="set null"
    )
    in_place_of_id = fields.Many2one(
        "vip.sms.template",
        "In place of",
        ondelete="set null",
        help="Sent when the provider would refuse what stands for a variable of that"
        " one.",
    )
    findings = fields.Html(compute="_compute_findings")
    state = fields.Selection(
        STATES, "Provider's answer", required=True, default="draft", copy=False
    )
    refusal = fields.Char("Refused because", copy=False)

    _code_uniq = models.UniqueIndex(
        "(gateway_id, code) WHERE code IS NOT NULL",
        "Another template of this gateway has this code.",
    )

    @api.model
    def _template_kinds(self):
        """Return the kinds of gateways that send approved templates only."""
        return [key for key, kind in kinds().items() if kind.has_templates]

    @api.depends("code", "body")
    def _compute_display_name(self):
        for template in self:
            words = filed_text.bare(template.body or "")[:20]
            template.display_name = " ".join(filter(None, (template.code, words)))

    @api.depends("body", "purpose", "signature")
    @api.depends_context("lang")
    def _compute_findings(self):
        for template in self:
            found = template._findings() if template.body else []
            template.findings = found and Markup("<ul class='mb-0'>%s</ul>") % (
                Markup().join(Markup("<li>%s</li>") % sentence for sentence in found)
            )

    def _findings(self):
        """Return a sentence for everything the provider would refuse."""
        self.ensure_one()
        has_ending = self.purpose != "service"
        signature = self.signature or ""
        found = filed_text.findings(self.body or "", has_ending, signature)
        found += filed_text.signature_findings(signature)
        return [self._finding_text(finding) for finding in found]

    @api.constrains("body", "purpose", "state", "code", "gateway_id")
    def _check_filed(self):
        for template in self.filtered(lambda t: t.state in READ_THERE):
            if found := template._findings():
                told = self.env._("The provider would refuse this text.")
                raise ValidationError("\n".join([told, *found]))
            if template.state == "approved" and not (template.code or "").strip():
                raise ValidationError(
                    self.env._("Write the code the provider gave the template.")
                )

    @api.constrains("in_place_of_id", "body", "gateway_id")
    def _check_in_place_of(self):
        for template in self.filtered("in_place_of_id"):
            other = template.in_place_of_id
            if template.gateway_id != other.gateway_id or template == other:
                raise ValidationError(
                    self.env._("A stand-in is another template of the same gateway.")
                )
            if filed_text.split(template.body)[1]:
                raise ValidationError(
                    self.env._(
                        "A stand-in has no variables: it goes out when the value of"
                        " one is refused."
                    )
                )

    @api.constrains("gateway_id")
    def _check_gateway(self):
        known = self._template_kinds()
        if any(template.gateway_id.kind not in known for template in self):
            raise ValidationError(
                self.env._("This gateway sends any text: it needs no templates.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        templates = super().create(vals_list)
        self.env.registry.clear_cache()
        return templates

    def write(self, vals):
        if not WORDS.isdisjoint(vals) and any(t.state in READ_THERE for t in self):
            raise UserError(
                self.env._(
                    "The provider has these words: they stay as they are. Copy the"
                    " template, change the copy and file it."
                )
            )
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
