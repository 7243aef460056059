from odoo import api, fields, models

from .vip_care_words import TEXT_KINDS, TRIGGERS
from .vip_occasion import TONES

STATES = [
    ("draft", "Draft"),
    ("submitted", "To approve"),
    ("approved", "Approved"),
    ("retired", "Retired"),
]


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
    trigger = fields.Selection(TRIGGERS, "For", required=True)
    occasion_id = fields.Many2one(
        "vip.occasion", "Day", help="Empty: for any day of this kind."
    )
    kind = fields.Selection(TEXT_KINDS, required=True)
    tone = fields.Selection(TONES[:2], required=True, default="cheerful")
    year = fields.Integer(aggregator=None, help="0: for any year.")
    lang = fields.Selection("_selection_lang", "Language", required=True)
    body = fields.Text("Words", required=True)
    company_id = fields.Many2one("res.company", help="Empty: of all companies.")
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, copy=False
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)

    _key_uniq = models.UniqueIndex("(key, lang) WHERE key IS NOT NULL")

    @api.model
    def _selection_lang(self):
        # Texts may be written before a language is installed.
        langs = self.env["res.lang"].with_context(active_test=False).search([])
        return [(lang.code, lang.name) for lang in langs]
