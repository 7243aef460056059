import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError

RULE_FIELDS = (
    "vip_class_a_share",
    "vip_class_b_share",
    "vip_active_months",
    "vip_edge_months",
    "vip_dormant_months",
    "vip_loyal_orders",
    "vip_drop_months",
    "vip_drop_percent",
    "vip_drop_min_orders",
    "vip_ltv_margin_source",
    "vip_ltv_margin_percent",
    "vip_ltv_years",
)
TIER_FIELDS = (
    "id",
    "sequence",
    "amount_threshold",
    "order_threshold",
    "window_months",
    "validity_months",
    "grace_months",
)


class ResCompany(models.Model):
    _inherit = "res.company"

    vip_class_a_share = fields.Float("Class A: top share (%)", default=20.0)
    vip_class_b_share = fields.Float("Class B: next share (%)", default=30.0)
    vip_active_months = fields.Integer("Active up to (months)", default=3)
    vip_edge_months = fields.Integer("Edge up to (months)", default=6)
    vip_dormant_months = fields.Integer("Dormant up to (months)", default=12)
    vip_loyal_orders = fields.Integer(
        "Loyal from tickets in 12 months",
        default=3,
        help="An active member with so many tickets and no drop is loyal.",
    )
    vip_drop_months = fields.Integer(
        "Compare the last months",
        default=6,
        help="A drop compares these months with the same months a year before, so"
        " that seasons do not look like changes of heart.",
    )
    vip_drop_percent = fields.Integer("Drop from (%)", default=50)
    vip_drop_min_orders = fields.Integer(
        "with at least tickets the year before", default=2
    )
    vip_ltv_margin_source = fields.Selection(
        [
            ("ticket", "Margin of the tickets, the rate where it is unknown"),
            ("rate", "Always the rate"),
        ],
        string="Margin for lifetime value",
        default="ticket",
        required=True,
    )
    vip_ltv_margin_percent = fields.Float("Margin rate (%)", default=50.0)
    vip_ltv_years = fields.Float("Expected years", default=3.0)
    vip_lookup_limit = fields.Integer(
        "Lookups at the till per hour",
        default=30,
        help="So many members a login may look up at the till within an hour. Members"
        " who then bought do not count.",
    )
    vip_transfer_days = fields.Integer(
        "Days to decide",
        default=3,
        help="A request nobody decides in so many days goes to the level above.",
    )
    vip_undo_days = fields.Integer("Days to undo a transfer", default=14)
    vip_transfer_auto_apply = fields.Boolean("Apply when approved", default=True)
    vip_rules_key = fields.Char(
        readonly=True,
        help="The rules by which all members were last reviewed.",
    )
    vip_reviewed_on = fields.Date(
        readonly=True, help="Day to which members without a store were reviewed."
    )
    vip_ranked_on = fields.Date(
        readonly=True, help="Day on which the value classes were last ranked."
    )

    @api.constrains(*RULE_FIELDS, "vip_transfer_days", "vip_undo_days")
    def _check_vip_rules(self):
        for company in self:
            if not (
                0 <= company.vip_class_a_share
                and 0 <= company.vip_class_b_share
                and company.vip_class_a_share + company.vip_class_b_share <= 100
            ):
                raise ValidationError(
                    self.env._(
                        "The shares of class A and class B are percentages and leave"
                        " room for class C: together at most 100."
                    )
                )
            if not (
                0
                < company.vip_active_months
                < company.vip_edge_months
                < company.vip_dormant_months
            ):
                raise ValidationError(
                    self.env._(
                        "The months of the life cycle must grow: active, then edge,"
                        " then dormant."
                    )
                )
            if company.vip_drop_months < 1 or company.vip_drop_months > 12:
                raise ValidationError(
                    self.env._("A drop compares between 1 and 12 months.")
                )
            if company.vip_transfer_days < 1 or company.vip_undo_days < 0:
                raise ValidationError(
                    self.env._(
                        "Who decides on requests needs at least one day; the days to"
                        " undo cannot be negative."
                    )
                )
            if company.vip_ltv_years < 0 or not (
                0 <= company.vip_ltv_margin_percent <= 100
            ):
                raise ValidationError(
                    self.env._(
                        "Expected years cannot be negative and the margin rate is a"
                        " percentage."
                    )
                )

    @api.constrains("vip_lookup_limit")
    def _check_vip_lookup_limit(self):
        if any(company.vip_lookup_limit < 1 for company in self):
            raise ValidationError(
                self.env._("At least one member an hour is looked up at the till.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._vip_create_tiers()
        return companies

    def _vip_create_tiers(self):
        """Give each company without tiers the usual three, named in every language."""
        tiers = self.env["vip.tier"].sudo().with_context(active_test=False)
        have = tiers.search([("company_id", "in", self.ids)]).company_id
        usual = [(0, 0, 0), (10_000, 0, 12), (30_000, 0, 12)]
        names = self.with_context(lang="en_US")._vip_usual_tier_names()
        created = tiers.with_context(lang="en_US").create(
            [
                {
                    "name": name,
                    "sequence": 10 * place,
                    "company_id": company.id,
                    "amount_threshold": amount,
                    "order_threshold": orders,
                    "validity_months": validity,
                }
                for company in self - have
                for place, (name, (amount, orders, validity)) in enumerate(
                    zip(names, usual, strict=True), 1
                )
            ]
        )
        for code, _label in self.env["res.lang"].get_installed():
            translated = self.with_context(lang=code)._vip_usual_tier_names()
            for place, tier in enumerate(created):
                tier.with_context(lang=code).name = translated[place % len(translated)]

    def _vip_usual_tier_names(self):
        return [self.env._("Silver"), self.env._("Gold"), self.env._("Diamond")]

    def _vip_tiers(self):
        """Return the company's tiers, lowest first."""
        self.ensure_one()
        return self.env["vip.tier"].sudo().search([("company_id", "=", self.id)])

    def _vip_is_review_pending(self):
        """Whether the rules changed since all members were reviewed by them."""
        self.ensure_one()
        key = self.sudo().vip_rules_key
        return bool(key) and key != self.sudo()._vip_current_rules_key()

    def _vip_current_rules_key(self):
        """Return a digest of every rule the review depends on."""
        self.ensure_one()
        rules = [self[name] for name in RULE_FIELDS]
        tiers = self._vip_tiers().read(TIER_FIELDS, load=None)
        text = json.dumps([rules, tiers, self.currency_id.id], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]
