from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

VALUE_CLASSES = [("A", "A"), ("B", "B"), ("C", "C")]
LIFECYCLES = [
    ("prospect", "Prospect"),
    ("active", "Active"),
    ("edge", "Edge"),
    ("dormant", "Dormant"),
    ("lost", "Lost"),
]
LAYERS = [("loyal", "Loyal"), ("drifting", "Drifting"), ("potential", "Potential")]
# What the review writes for each member, in the order of its statement.
METRICS = (
    "vip_first_purchase_date",
    "vip_last_purchase_date",
    "vip_order_count",
    "vip_order_count_12m",
    "vip_amount_total",
    "vip_amount_12m",
    "vip_average_ticket",
    "vip_units_per_ticket",
    "vip_purchase_cycle_days",
    "vip_in_season_share",
    "vip_lifetime_value",
    "vip_order_drop",
    "vip_amount_drop",
    "vip_is_dropping",
    "vip_lifecycle",
    "vip_layer",
    "vip_tier_id",
    "vip_tier_valid_until",
    "vip_tier_is_manual",
)
STANDING_FIELDS = {*METRICS, "vip_value_class"}
STANDING = {"readonly": True, "copy": False, "prefetch": "vip_standing"}


class ResPartner(models.Model):
    """Standing: what the review (`vip.standing.review`) found, and nothing else."""

    _inherit = "res.partner"

    vip_first_purchase_date = fields.Date("First purchase", **STANDING)
    vip_last_purchase_date = fields.Date("Last purchase", **STANDING)
    vip_order_count = fields.Integer(
        "Tickets", help="Tickets on which she bought; refunds do not count.", **STANDING
    )
    vip_order_count_12m = fields.Integer("Tickets in 12 months", **STANDING)
    vip_amount_total = fields.Monetary(
        "Net amount", currency_field="vip_currency_id", **STANDING
    )
    vip_amount_12m = fields.Monetary(
        "Net amount in 12 months", currency_field="vip_currency_id", **STANDING
    )
    vip_average_ticket = fields.Monetary(
        "Average ticket",
        currency_field="vip_currency_id",
        aggregator="avg",
        **STANDING,
    )
    vip_units_per_ticket = fields.Float(
        "Pieces per ticket", digits=(12, 2), aggregator="avg", **STANDING
    )
    vip_purchase_cycle_days = fields.Integer(
        "Purchase cycle (days)",
        aggregator="avg",
        help="Mean number of days from one day of purchase to the next.",
        **STANDING,
    )
    vip_in_season_share = fields.Float(
        "Bought in season (%)",
        digits=(12, 1),
        aggregator="avg",
        help="Share of the pieces she bought while their season was on.",
        **STANDING,
    )
    vip_lifetime_value = fields.Monetary(
        "Lifetime value",
        currency_field="vip_currency_id",
        help="Margin of the last 12 months times the years a member is expected to"
        " stay.",
        groups="vip_care.group_store_manager",
        **STANDING,
    )
    vip_order_drop = fields.Integer(
        "Fewer tickets (%)",
        aggregator="avg",
        help="Drop of tickets against the same months a year before.",
        **STANDING,
    )
    vip_amount_drop = fields.Integer(
        "Lower amount (%)",
        aggregator="avg",
        help="Drop of the amount against the same months a year before.",
        **STANDING,
    )
    vip_is_dropping = fields.Boolean("Buys less than before", **STANDING)
    vip_tier_id = fields.Many2one("vip.tier", "Tier", ondelete="restrict", **STANDING)
    vip_tier_valid_until = fields.Date("Tier valid until", **STANDING)
    vip_tier_is_manual = fields.Boolean("Tier granted by hand", **STANDING)
    vip_value_class = fields.Selection(VALUE_CLASSES, "Value class", **STANDING)
    vip_lifecycle = fields.Selection(LIFECYCLES, "Life cycle", **STANDING)
    vip_layer = fields.Selection(LAYERS, "Layer", **STANDING)
    vip_currency_id = fields.Many2one(
        related="vip_company_id.currency_id", string="Programme currency"
    )
    vip_standing_change_ids = fields.One2many(
        "vip.standing.change",
        "partner_id",
        string="History of standing",
        readonly=True,
        groups="vip_care.group_associate",
    )
    vip_purchase_ids = fields.One2many(
        "vip.purchase",
        "partner_id",
        string="Purchases",
        readonly=True,
        groups="vip_care.group_associate",
    )

    # Ranking value classes reads nothing but this index.
    _vip_rank_idx = models.Index(
        """(vip_company_id, vip_amount_12m, vip_order_count_12m, id)
        WHERE is_vip_member AND active AND vip_order_count_12m > 0"""
    )
    # The nightly review asks whose tier ends.
    _vip_tier_end_idx = models.Index(
        "(vip_tier_valid_until) WHERE vip_tier_valid_until IS NOT NULL"
    )
    _vip_tier_idx = models.Index("(vip_tier_id) WHERE is_vip_member")

    def _vip_log_tier(self, old_tier, reason, note=None):
        """Keep a change of tier that was not the review's."""
        self.ensure_one()
        self.env["vip.standing.change"].sudo().create(
            {
                "partner_id": self.id,
                "kind": "tier",
                "old_tier_id": old_tier.id,
                "new_tier_id": self.vip_tier_id.id,
                "valid_until": self.vip_tier_valid_until,
                "reason": reason,
                "note": note,
                "user_id": self.env.uid,
            }
        )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._vip_check_standing(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._vip_check_standing(vals)
        return super().write(vals)

    @api.model
    def _vip_check_standing(self, vals):
        """Nobody writes standing by hand: that is the review's, and the grant's."""
        written = STANDING_FIELDS.intersection(vals)
        if written and not self.env.su:
            raise AccessError(
                self.env._(
                    "Standing is computed from purchases and cannot be written: "
                    "%(fields)s. A manager may grant a tier.",
                    fields=", ".join(sorted(written)),
                )
            )

    @api.model
    def _vip_update_usual_sizes(self, partner_ids):
        """Learn usual sizes of members: most pieces bought net, then the latest.

        Reads the tickets' lines of products in categories marked as worn, by the
        attributes marked as sizes; imported history has no lines and teaches nothing.
        """
        if not partner_ids:
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH sizes AS (%s), usual AS (
                    SELECT partner_id,
                           max(size) FILTER (WHERE kind = 'top') AS top,
                           max(size) FILTER (WHERE kind = 'bottom') AS bottom,
                           max(size) FILTER (WHERE kind = 'shoe') AS shoe
                      FROM sizes WHERE place = 1 GROUP BY partner_id
                )
                UPDATE res_partner m
                   SET vip_usual_size_top = usual.top,
                       vip_usual_size_bottom = usual.bottom,
                       vip_usual_size_shoe = usual.shoe
                  FROM usual
                 WHERE m.id = usual.partner_id AND m.is_vip_member
                   AND (m.vip_usual_size_top, m.vip_usual_size_bottom,
                        m.vip_usual_size_shoe)
                       IS DISTINCT FROM (usual.top, usual.bottom, usual.shoe)
                """,
                self._query_sizes(list(partner_ids)),
            )
        )
        self.invalidate_model(
            ["vip_usual_size_top", "vip_usual_size_bottom", "vip_usual_size_shoe"]
        )

    def _query_sizes(self, partner_ids):
        """Sizes each member bought, by kind, `place` 1 being the usual one."""
        return SQL(
            """
            SELECT o.partner_id, kind.kind, value.name->>'en_US' AS size,
                   row_number() OVER (
                       PARTITION BY o.partner_id, kind.kind
                       ORDER BY sum(l.qty) DESC, max(o.date_order) DESC,
                                value.name->>'en_US') AS place
              FROM pos_order o
              JOIN pos_order_line l ON l.order_id = o.id
              JOIN product_product product ON product.id = l.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN product_category category ON category.id = template.categ_id
             CROSS JOIN LATERAL (
                   SELECT parent.vip_size_kind AS kind FROM product_category parent
                    WHERE category.parent_path LIKE parent.parent_path || '%%'
                      AND parent.vip_size_kind IS NOT NULL
                    ORDER BY length(parent.parent_path) DESC LIMIT 1) kind
              JOIN product_variant_combination chosen
                ON chosen.product_product_id = product.id
              JOIN product_template_attribute_value ptav
                ON ptav.id = chosen.product_template_attribute_value_id
              JOIN product_attribute_value value
                ON value.id = ptav.product_attribute_value_id
              JOIN product_attribute attribute
                ON attribute.id = value.attribute_id AND attribute.vip_is_size
             WHERE o.partner_id = ANY(%s) AND o.state IN ('paid', 'done')
             GROUP BY o.partner_id, kind.kind, value.name->>'en_US'
            HAVING sum(l.qty) > 0
            """,
            partner_ids,
        )
