from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

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
        return action | {
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
            SELECT offer.event_id, m.id AS partner_id, offer.template_id,
                   CASE WHEN offer.sizes IS NOT NULL THEN her.size END AS size
              FROM (%s) offer
              JOIN vip_care_event_vip_store_rel place
                ON place.vip_care_event_id = offer.event_id
              JOIN res_partner m ON m.vip_store_id = place.vip_store_id
             CROSS JOIN LATERAL (
                   SELECT CASE offer.kind
                          WHEN 'top' THEN COALESCE(
                               NULLIF(m.vip_size_top, ''), m.vip_usual_size_top)
                          WHEN 'bottom' THEN COALESCE(
                               NULLIF(m.vip_size_bottom, ''), m.vip_usual_size_bottom)
                          WHEN 'shoe' THEN COALESCE(
                               NULLIF(m.vip_size_shoe, ''), m.vip_usual_size_shoe)
                          END AS size,
                          NULLIF(GREATEST(m.vip_average_ticket, 0), 0)
                          / NULLIF(GREATEST(m.vip_units_per_ticket, 0), 0) AS level
                   ) her
             WHERE %s AND m.is_vip_member AND m.active
               AND (her.level IS NULL
                    OR offer.price BETWEEN her.level * %s AND her.level * %s)
               AND (offer.sizes IS NULL OR upper(btrim(her.size)) = ANY(offer.sizes)
                    OR her.size ~ '[\\s/,;()、，；（）]'
                       AND regexp_split_to_array(upper(her.size), '[\\s/,;()、，；（）]+')
                           && offer.sizes)
            """,
            self._query_offer(),
            members,
            LEVEL_FROM,
            LEVEL_TO,
        )

    def _query_offer(self):
        """The arrivals of these events: kind, price and the sizes they come in.

        `sizes` is empty (NULL) where size is no question: without variants by size, or
        in a category nobody wears.
        """
        return SQL(
            """
            SELECT new.vip_care_event_id AS event_id, template.id AS template_id,
                   template.list_price AS price, worn.kind,
                   CASE WHEN worn.kind IS NOT NULL THEN sized.sizes END AS sizes
              FROM product_template_vip_care_event_rel new
              JOIN product_template template
                ON template.id = new.product_template_id AND template.active
              LEFT JOIN product_category category ON category.id = template.categ_id
              LEFT JOIN LATERAL (
                   SELECT parent.vip_size_kind AS kind FROM product_category parent
                    WHERE category.parent_path LIKE parent.parent_path || '%%'
                      AND parent.vip_size_kind IS NOT NULL
                    ORDER BY length(parent.parent_path) DESC LIMIT 1) worn ON TRUE
             CROSS JOIN LATERAL (
                   SELECT array_agg(DISTINCT upper(btrim(label.value))) AS sizes
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
                   ) sized
             WHERE new.vip_care_event_id = ANY(%s)
            """,
            self.ids,
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    vip_fitting_event_id = fields.Many2one(
        "vip.care.event",
        "New arrivals that fit",
        compute="_compute_vip_fitting_event_id",
        search="_search_vip_fitting_event_id",
        groups="vip_care.group_associate",
        help="To search with: whom something of new arrivals fits.",
    )

    def _compute_vip_fitting_event_id(self):
        self.vip_fitting_event_id = False

    def _search_vip_fitting_event_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        ids = [id_ for id_ in value if isinstance(id_, int)]
        events = self.env["vip.care.event"].search([("id", "in", ids)])
        fits = events._query_fits(SQL("TRUE"))
        return Domain("id", "in", SQL("(SELECT partner_id FROM (%s) fits)", fits))
