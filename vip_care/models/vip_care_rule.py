from odoo import fields, models

from .vip_care_words import CHANNELS, PURPOSES, TEXT_KINDS, TRIGGERS


class VipCareRule(models.Model):
    """Who deserves which care, when and how: each rule produces care tasks.

    What is due comes from `_query_<trigger>` (files `vip_care_rule_*.py`), who of them
    is contacted from the planner (`vip_care_rule_plan*.py`) and the guards
    (`vip.care.guard`).
    """

    _name = "vip.care.rule"
    _description = "Care rule"
    _order = "priority desc, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(readonly=True, copy=False, help="Of a ready-made rule.")
    description = fields.Text("Explanation", translate=True)
    active = fields.Boolean("On", default=True)
    company_id = fields.Many2one("res.company", help="Empty: of all companies.")
    trigger = fields.Selection(TRIGGERS, "Occasion for it", required=True)
    occasion_ids = fields.Many2many(
        "vip.occasion", string="Only these days", help="Empty: all of them."
    )
    channel = fields.Selection(CHANNELS, required=True, default="call")
    text_kind = fields.Selection(
        TEXT_KINDS, "Kind of words", help="What the message guard holds a text to."
    )
    purpose = fields.Selection(
        PURPOSES,
        required=True,
        default="care",
        help="What the member must have agreed to.",
    )
    guide = fields.Text(
        "What to say and do", translate=True, help="Shown with the task."
    )
    offset_days = fields.Integer(
        "Days after the occasion", aggregator=None, help="Before it: negative."
    )
    window_days = fields.Integer(
        "Days to do it", default=1, aggregator=None, help="1: on that day only."
    )
    priority = fields.Integer(
        default=50,
        aggregator=None,
        help="Of several occasions the one with the highest number wins; a member gets"
        " one contact.",
    )
    cap_days = fields.Integer(
        "Days between contacts",
        default=7,
        aggregator=None,
        help="No other contact with the member less than so many days away, whoever"
        " makes it and by whichever channel.",
    )
    daily_limit = fields.Integer(
        "At most per associate and day",
        aggregator=None,
        help="0: no limit of its own. What is too much for today waits for tomorrow;"
        " on its last day it is due all the same.",
    )
    holdout_percent = fields.Integer(
        "Held out (%)",
        aggregator=None,
        help="This random share is not contacted, to measure what the care brings.",
    )
    threshold = fields.Integer(
        aggregator=None, help="What counts depends on the occasion: points, rank, days."
    )
    tier_ids = fields.Many2many("vip.tier", string="Tiers")
    store_ids = fields.Many2many("vip.store", string="Stores")
    tag_ids = fields.Many2many("vip.profile.tag", string="Profile tags")
    for_a = fields.Boolean("Class A")
    for_b = fields.Boolean("Class B")
    for_c = fields.Boolean("Class C")
    for_prospect = fields.Boolean("Prospects")
    for_active = fields.Boolean("Active members")
    for_edge = fields.Boolean("Edge")
    for_dormant = fields.Boolean("Dormant")
    for_lost = fields.Boolean("Lost")
    domain = fields.Char("Further conditions", default="[]")

    _code_uniq = models.UniqueIndex("(code) WHERE code IS NOT NULL")
    _share_check = models.Constraint(
        "CHECK (holdout_percent BETWEEN 0 AND 50)",
        "At most half of the members can be held out.",
    )
    _days_check = models.Constraint(
        "CHECK (window_days BETWEEN 1 AND 60 AND cap_days BETWEEN 0 AND 60"
        " AND offset_days BETWEEN -60 AND 400 AND daily_limit >= 0)",
        "Days to do it are 1 to 60, days between contacts 0 to 60, days after the"
        " occasion -60 to 400, and a limit is not negative.",
    )

    def _query_candidates(self, scope):
        """Return SQL for what is due by this rule in a `CareScope`, or None.

        Columns: partner_id, occasion_key, event_date, due_date, until, occasion_id,
        event_id, facts. Members of the scope with `due_date <= scope.ahead` and
        `until >= scope.day`, whoever they are: audience and guards are the planner's.
        """
        self.ensure_one()
        return getattr(self, f"_query_{self.trigger}")(scope)
