from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

PURPOSES = [
    ("service", "Service"),
    ("care", "Care"),
    ("marketing", "Marketing"),
    ("profiling", "Profiling"),
    ("sensitive", "Sensitive data"),
]
CHANNELS = [
    ("any", "Any"),
    ("phone", "Phone"),
    ("sms", "Text message"),
    ("email", "Email"),
    ("wechat", "WeChat"),
    ("post", "Post"),
]
METHODS = [
    ("paper", "On paper"),
    ("till", "At the till"),
    ("online", "Online"),
    ("verbal", "Verbally"),
    ("import", "Import"),
    ("merge", "Contacts merged"),
    ("reply", "Reply to a text message"),
]
# What happened elsewhere is not recorded by hand.
NOT_BY_HAND = ("import", "merge", "reply")


class VipConsent(models.Model):
    """What a member agreed to or refused: one row each time, never rewritten.

    What counts is the last row for a purpose and a channel, by the date she said it. A
    row for any channel speaks for all of them until a later row names one.
    """

    _name = "vip.consent"
    _description = "Consent"
    _inherit = ["vip.append.only"]
    _order = "date desc, id desc"
    _rec_name = "purpose"
    _log_access = False
    _append_only_movable = ("partner_id",)

    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, readonly=True, ondelete="restrict"
    )
    partner_ref = fields.Integer(
        "Member's id", readonly=True, aggregator=None, help="As it was then."
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    purpose = fields.Selection(PURPOSES, required=True, readonly=True)
    channel = fields.Selection(CHANNELS, required=True, readonly=True, default="any")
    given = fields.Boolean("Agreed", readonly=True, help="Else refused or withdrawn.")
    text = fields.Text("What was said", required=True, readonly=True)
    version = fields.Char("Version of the text", readonly=True)
    method = fields.Selection(METHODS, required=True, readonly=True)
    evidence = fields.Binary(readonly=True, attachment=True)
    evidence_name = fields.Char("File name", readonly=True)
    store_id = fields.Many2one("vip.store", readonly=True, ondelete="restrict")
    user_id = fields.Many2one(
        "res.users", "Recorded by", required=True, readonly=True, ondelete="restrict"
    )
    date = fields.Datetime(
        required=True,
        readonly=True,
        default=lambda self: fields.Datetime.now(),
        help="When she said it.",
    )
    recorded_on = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )

    is_for_old_number = fields.Boolean(
        "For an earlier number",
        compute="_compute_is_for_old_number",
        help="She agreed to messages before her number changed: ask her again.",
    )

    # The last word of a member, of many members at once.
    _state_idx = models.Index("(partner_id, purpose, date, id)")

    @api.depends("partner_id.vip_phone_changed_at", "date", "given", "channel")
    def _compute_is_for_old_number(self):
        for consent in self:
            changed_at = consent.partner_id.vip_phone_changed_at
            consent.is_for_old_number = (
                consent.given
                and consent.channel in ("any", "sms")
                and bool(changed_at and consent.date < changed_at)
            )

    @api.constrains("date")
    def _check_date(self):
        now = fields.Datetime.now()
        if any(consent.date > now for consent in self):
            raise ValidationError(
                self.env._("A consent is recorded after it was given, not before.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        now = fields.Datetime.now()
        members = self.env["res.partner"].sudo()  # for the company they belong to
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            member = members.browse(vals.get("partner_id"))
            vals.setdefault("user_id", self.env.uid)
            vals.setdefault(
                "company_id", (member.vip_company_id or self.env.company).id
            )
            vals |= {"partner_ref": member.id, "recorded_on": now}
        consents = super().create(vals_list)
        self.env["res.partner"].invalidate_model(
            ["vip_consent_ids", "vip_current_consent_ids"]
        )
        return consents

    @api.model
    def _last_words(self, partner_ids, outdated=None):
        """Return {partner id: {(purpose, channel): consent}}: her last words.

        A channel without a row of its own, or with one older than the last row for any
        channel, has that one. `outdated`: of those that allowed messages to an earlier
        number of hers, False for none (what counts today), True for only those.
        """
        self.flush_model()
        self.env["res.partner"].flush_model(["vip_phone_changed_at"])
        found = {}
        rows = self.env.execute_query(self._query_last_words(partner_ids))
        together = [row[3] for row in rows]  # what is read of one is read of all
        for partner_id, purpose, channel, consent_id, is_old in rows:
            if outdated not in (None, is_old):
                continue
            words = found.setdefault(partner_id, {})
            words[purpose, channel] = self.browse(consent_id).with_prefetch(together)
        return found

    def _query_last_words(self, partner_ids):
        """Return SQL for the last row per member, purpose, channel; and if it is old.

        SQL: one query for any number of members, and the rule is written down once.
        """
        channels = [key for key, _label in CHANNELS]
        return SQL(
            """
            SELECT DISTINCT ON (c.partner_id, c.purpose, way.channel)
                   c.partner_id, c.purpose, way.channel, c.id,
                   way.channel = 'sms' AND c.given
                   AND COALESCE(c.date < m.vip_phone_changed_at, FALSE)
              FROM vip_consent c
              JOIN res_partner m ON m.id = c.partner_id
              JOIN unnest(%s) AS way(channel) ON c.channel IN (way.channel, 'any')
             WHERE c.partner_id = ANY(%s)
             ORDER BY c.partner_id, c.purpose, way.channel, c.date DESC, c.id DESC
            """,
            channels,
            list(partner_ids),
        )
