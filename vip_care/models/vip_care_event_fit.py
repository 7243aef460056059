from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .product_category import SIZE_KINDS

# A piece is at a member's price level between these times her average piece.
LEVEL_FROM, LEVEL_TO = 0.5, 2


class VipCareEvent(models.Model):
    """Which new arrivals fit whom: by size and price level.

    A piece that has sizes fits who is known to wear one of them, as she states it or
    else as she usually buys it, in the kind (top, bottom, shoe) of its category. Who
    never bought has no price level: nothing is too dear or too cheap for her.
    """

    _inherit = "vip.care.event"

    def action_who_fits(self):
        """Show the members whom something of these arrivals fits."""
        self.ensure_one()
        self.check_access("read")
        if self.kind != "arrivals":
            raise UserError(self.env._("Only new arrivals fit somebody."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "vip_care.res_partner_action_members"
        )
        # Without its path the list keeps the name given here.
        return action | {
            "path": False,
            "name": self.env._("Whom it fits: %(event)s", event=self.name),
            "domain": [
                ("is_vip_member", "=", True),
                ("vip_fitting_event_id", "=", self.id),
            ],
            "context": {},
        }

    def _query_fits(self, members):
        """Fitting (event_id, partner_id, template_id, size) for members of the stores.

        `members` is a condition on `res_partner m`; `size` is hers, None where none
        is asked.
        """
        return SQL(
            """
            WITH offer AS MATERIALIZED (%s), her AS MATERIALIZED (%s)
            SELECT offer.event_id, her.id AS partner_id, offer.template_id,
                   CASE WHEN offer.sizes IS NOT NULL THEN her.said[offer.kind] END
                   AS size
              FROM offer
              JOIN vip_care_event_vip_store_rel place
                ON place.vip_care_event_id = offer.event_id
              JOIN her ON her.vip_store_id = place.vip_store_id
             WHERE (her.level IS NULL
                    OR offer.price BETWEEN her.level * %s AND her.level * %s)
               AND (offer.sizes IS NULL
                    OR CASE offer.kind WHEN 1 THEN her.tops WHEN 2 THEN her.bottoms
                                       ELSE her.shoes END && offer.sizes)
            """,
            self._query_offer(),
            self._query_her(members),
            LEVEL_FROM,
            LEVEL_TO,
        )

    def _query_her(self, members):
        """Members' price levels and sizes, once a member: there are many offers.

        `said` are her sizes by the number of their kind.
        """
        return SQL(
            """
            SELECT m.id, m.vip_store_id, said, level, %s AS tops, %s AS bottoms,
                   %s AS shoes
              FROM res_partner m
             CROSS JOIN LATERAL (
                   SELECT ARRAY[
                       COALESCE(NULLIF(vip_size_top, ''), vip_usual_size_top),
                       COALESCE(NULLIF(vip_size_bottom, ''), vip_usual_size_bottom),
                       COALESCE(NULLIF(vip_size_shoe, ''), vip_usual_size_shoe)
                   ] AS said,
                   CASE WHEN vip_average_ticket > 0 AND vip_units_per_ticket > 0
                   THEN (vip_average_ticket / vip_units_per_ticket)::float END AS level
                   ) figures
             WHERE %s AND m.is_vip_member AND m.active
            """,
            *(self._query_size_words(kind) for kind in range(1, len(SIZE_KINDS) + 1)),
            members,
        )

    def _query_size_words(self, kind):
        """What she said of a size: "165/84 (L)" is the whole and three sizes."""
        return SQL(
            """
            ARRAY[upper(btrim(said[%(kind)s]))]
            || CASE WHEN said[%(kind)s] ~ %(gap)s
               THEN regexp_split_to_array(upper(said[%(kind)s]), %(gap)s) END
            """,
            kind=kind,
            gap=r"[\s/,;()、，；（）]+",
        )

    def _query_offer(self):
        """The arrivals of these events: number of the kind, price, sizes they come in.

        `sizes` is empty (NULL) where size is no question: without variants by size, or
        in a category nobody wears.
        """
        return SQL(
            """
            SELECT new.vip_care_event_id AS event_id, template.id AS template_id,
                   template.list_price::float AS price,
                   array_position(%s, worn.kind) AS kind,
                   CASE WHEN worn.kind IS NOT NULL THEN (%s) END AS sizes
              FROM product_template_vip_care_event_rel new
              JOIN product_template template
                ON template.id = new.product_template_id AND template.active
              LEFT JOIN product_category category ON category.id = template.categ_id
              LEFT JOIN LATERAL (
                   SELECT parent.vip_size_kind::text AS kind
                     FROM product_category parent
                    WHERE category.parent_path LIKE parent.parent_path || '%%'
                      AND parent.vip_size_kind IS NOT NULL
                    ORDER BY length(parent.parent_path) DESC LIMIT 1) worn ON TRUE
             WHERE new.vip_care_event_id = ANY(%s)
            """,
            [kind for kind, _label in SIZE_KINDS],
            self._query_sizes(),
            self.ids,
        )

    def _query_sizes(self):
        """The sizes of a `template`'s variants, in whatever language they are named."""
        return SQL(
            """
            SELECT array_agg(DISTINCT upper(btrim(label.value)))
              FROM product_product product
              JOIN product_variant_combination chosen
                ON chosen.product_product_id = product.id
              JOIN product_template_attribute_value ptav
                ON ptav.id = chosen.product_template_attribute_value_id
              JOIN product_attribute_value value
                ON value.id = ptav.product_attribute_value_id
              JOIN product_attribute attribute
                ON attribute.id = value.attribute_id AND attribute.vip_is_size
             CROSS JOIN LATERAL jsonb_each_text(value.name) label
             WHERE product.product_tmpl_id = template.id AND product.active
            """
        )
