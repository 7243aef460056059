from odoo import fields, models
from odoo.tools import SQL

# So many tickets are looked through for so many goods.
TICKETS_AT_MOST = 20
GOODS_AT_MOST = 8


class ResPartner(models.Model):
    """What a member bought, and when she came: read from her latest tickets.

    SQL, as each till waits for it: a member with thousands of tickets is read as fast
    as one with ten, by `pos_order`'s index on customer and date.
    """

    _inherit = "res.partner"

    def _vip_card_purchases(self, config, own):
        self.env.flush_all()
        rows = self.env.execute_query(self._query_latest_goods(config))
        products = self.env["product.product"].sudo()  # whatever she bought
        unnamed = products.browse([row[2] for row in rows if not row[1]])
        unnamed = unnamed.with_context(display_default_code=False)
        names = {product.id: product.display_name for product in unnamed}
        return {
            "purchases": [
                {
                    "date": fields.Date.to_string(day),
                    "name": name or names[product_id],
                    "qty": abs(float(qty)),
                    "returned": qty < 0,
                }
                for day, name, product_id, qty in rows
            ]
        }

    def _vip_card_visit(self, config, own):
        self.env.flush_all()
        rows = self.env.execute_query(self._query_last_visit(config))
        if not rows:
            return {"last_visit": False}
        [[day, store_id]] = rows
        store = self.env["vip.store"].sudo().browse(store_id)
        today = config.vip_store_id.sudo()._vip_today()
        return {
            "last_visit": {
                "date": fields.Date.to_string(day),
                "days": max(0, (today - day).days),
                "store": store.name or False,
            }
        }

    def _query_latest_tickets(self, config, limit):
        """Return her latest paid tickets with their day in the store."""
        return SQL(
            """
            SELECT o.id, o.date_order, c.vip_store_id AS store_id,
                   (o.date_order AT TIME ZONE 'UTC'
                    AT TIME ZONE COALESCE(s.tz, %(tz)s))::date AS day
              FROM pos_order o
              LEFT JOIN pos_config c ON c.id = o.config_id
              LEFT JOIN vip_store s ON s.id = c.vip_store_id
             WHERE o.partner_id = %(partner)s AND o.company_id = %(company)s
               AND o.state IN ('paid', 'done')
             ORDER BY o.date_order DESC
             LIMIT %(limit)s
            """,
            tz=config.vip_store_id.sudo().tz or "UTC",
            partner=self.id,
            company=config.company_id.id,
            limit=limit,
        )

    def _query_latest_goods(self, config):
        """Return the goods on her latest tickets: no services, discounts or tips."""
        return SQL(
            """
            SELECT t.day, NULLIF(trim(l.full_product_name), ''), l.product_id, l.qty
              FROM (%(tickets)s) t
              JOIN pos_order_line l ON l.order_id = t.id
              JOIN product_product p ON p.id = l.product_id
              JOIN product_template template ON template.id = p.product_tmpl_id
             WHERE template.type = 'consu' AND l.qty <> 0 AND l.price_unit >= 0
               AND p.id IS DISTINCT FROM %(tip)s
             ORDER BY t.date_order DESC, t.id DESC, l.id
             LIMIT %(limit)s
            """,
            tickets=self._query_latest_tickets(config, TICKETS_AT_MOST),
            tip=config.sudo().tip_product_id.id or None,
            limit=GOODS_AT_MOST,
        )

    def _query_last_visit(self, config):
        """Return day and store of her latest ticket, or of her imported history."""
        return SQL(
            """
            SELECT day, store_id FROM (
                (SELECT day, store_id FROM (%(ticket)s) t)
                UNION ALL
                (SELECT local_date, store_id FROM vip_purchase
                  WHERE partner_id = %(partner)s AND company_id = %(company)s
                  ORDER BY local_date DESC LIMIT 1)
            ) visit ORDER BY day DESC LIMIT 1
            """,
            ticket=self._query_latest_tickets(config, 1),
            partner=self.id,
            company=config.company_id.id,
        )
