from markupsafe import Markup

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..tools.message_guard import check
from ..tools.text_words import text_digest
from .vip_care_words import TEXT_KINDS, TRIGGERS
from .vip_occasion import TONES

STATES = [
    ("draft", "Draft"),
    ("submitted", "To approve"),
    ("approved", "Approved"),
    ("retired", "Retired"),
]
# No rule writes to her after a complaint; who settled it takes these words.
TEXT_TRIGGERS = [*TRIGGERS, ("apology", "Complaint settled")]
KIND_OF = {
    "birthday": "birthday",
    "season": "season",
    "weather": "season",
    "enrolment": "thanks",
    "purchase": "thanks",
    "high_value": "thanks",
    "referral": "thanks",
    "referred": "thanks",
    "points_lapse": "points",
    "points_reminder": "points",
    "tier_lapse": "points",
    "card_lapse": "points",
    "activity": "invitation",
    "apology": "apology",
}


class VipCareText(models.Model):
    """Words for a message, approved before anybody sends them.

    The message guard reads each text when it is written; an approved text is never
    rewritten, because members have had it.
    """

    _name = "vip.care.text"
    _description = "Text for members"
    _order = "trigger, occasion_id, lang, id"
    _rec_name = "body"

    key = fields.Char(readonly=True, copy=False, help="Of a text of the starter bank.")
    trigger = fields.Selection(TEXT_TRIGGERS, "For", required=True)
    occasion_id = fields.Many2one(
        "vip.occasion", "Festival or day", help="Empty: for any day of this kind."
    )
    kind = fields.Selection(
        TEXT_KINDS, required=True, help="What the message guard holds a text to."
    )
    tone = fields.Selection(
        TONES[:2],
        required=True,
        default="cheerful",
        help="Quiet words also go to members in mourning and on solemn days.",
    )
    year = fields.Integer(aggregator=None, help="0: for any year.")
    lang = fields.Selection("_selection_lang", "Language", required=True)
    body = fields.Text(
        "Words",
        required=True,
        help="{name}, {honorific}, {store} and {associate} are filled in.",
    )
    digest = fields.Char(compute="_compute_digest", store=True, precompute=True)
    findings = fields.Html(compute="_compute_findings")
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self._default_company(),
        help="Empty: of all companies.",
    )
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, copy=False
    )
    approved_by_id = fields.Many2one(
        "res.users", "Approved by", readonly=True, copy=False
    )
    approved_at = fields.Datetime("Approved at", readonly=True, copy=False)
    reply = fields.Char("Sent back because", copy=False)
    # What was counted up to a task; what came since is added when it is asked for.
    counted = fields.Integer(readonly=True, copy=False, aggregator=None)
    counted_to = fields.Integer(readonly=True, copy=False, aggregator=None)
    use_count = fields.Integer("Times given", compute="_compute_use_count")

    _key_uniq = models.UniqueIndex("(key, lang) WHERE key IS NOT NULL")
    _year_check = models.Constraint(
        "CHECK (year = 0 OR year BETWEEN 2000 AND 2200)",
        "A year has four digits; 0 stands for any year.",
    )
    # The bank of a trigger, read for each batch of contacts.
    _bank_idx = models.Index("(trigger, lang) WHERE state = 'approved'")

    @api.model
    @tools.ormcache(cache="stable")
    def _all_langs(self):
        # Texts may be written before a language is installed.
        langs = (
            self.env["res.lang"]
            .with_context(active_test=False)
            .search([("code", "!=", False)])
        )
        return [(lang.code, lang.name) for lang in langs]

    @api.model
    def _selection_lang(self):
        return self._all_langs()

    @api.model
    def _default_company(self):
        """Head office writes for all companies, a store manager for hers."""
        return False if self._is_head_office() else self.env.company

    @api.depends("body")
    def _compute_digest(self):
        for text in self:
            text.digest = text_digest(text.body or "")

    @api.depends("body", "kind")
    @api.depends_context("lang")
    def _compute_findings(self):
        for text in self:
            # Until a kind is chosen, by the rules of most.
            found = check(text.body, text.kind or "greeting") if text.body else []
            text.findings = found and Markup("<ul class='mb-0'>%s</ul>") % (
                Markup().join(
                    Markup("<li>%s</li>") % self._finding_text(finding)
                    for finding in found
                )
            )

    def _compute_use_count(self):
        uses = self._uses() if self.ids else {}
        for text in self:
            text.use_count = uses.get(text._origin.id, 0)

    @api.onchange("trigger")
    def _onchange_trigger(self):
        if self.trigger:
            self.kind = KIND_OF.get(self.trigger, "greeting")

    @api.constrains("body", "kind")
    def _check_body(self):
        for text in self:
            self._check_words(text.body, text.kind)

    @api.model
    def _check_words(self, body, kind, **names):
        """Raise ValidationError if these words cannot go to a member.

        `names`: `store`, `associate` and `names` of a rendered text, together with
        `placeholders=False`; see `message_guard.check`.
        """
        if found := check(body, kind, **names):
            raise ValidationError(self._refusal(found))

    @api.model
    def _refusal(self, findings):
        """Return the findings of the message guard as sentences, one a line."""
        lines = [self.env._("These words cannot go to a member.")]
        return "\n".join(lines + [self._finding_text(finding) for finding in findings])
