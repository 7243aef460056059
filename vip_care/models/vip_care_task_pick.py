from odoo import models
from odoo.tools import SQL, format_list, formatLang


class VipCareTask(models.Model):
    """The pick list of new arrivals: what to show her, and why each piece."""

    _inherit = "vip.care.task"

    def _pick_list(self, limit=20):
        """Return the arrivals of the task's event that fit the member, best first.

        Each is product_tmpl_id, name, size (hers, or False), price, image and why, a
        list of sentences. First what meets her taste, then what is nearest to her
        price level. Empty for other tasks.
        """
        self.ensure_one()
        if self.event_id.kind != "arrivals":
            return []
        # sudo: products on sale are no secret, whatever else the reader may see
        task_sudo = self.sudo()
        level, taste = task_sudo._price_level(), task_sudo._taste()
        picks = [
            task_sudo._pick(product, size, level, taste)
            for product, size in task_sudo._fitting_products()
        ]
        picks.sort(key=lambda pick: (not pick["taste"], pick["distance"]))
        hidden = ("taste", "distance")
        return [
            {key: value for key, value in pick.items() if key not in hidden}
            for pick in picks[:limit]
        ]

    def _fitting_products(self):
        self.env.flush_all()
        fits = self.event_id._query_fits(SQL("m.id = %s", self.partner_id.id))
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT template_id, size FROM (%s) fit ORDER BY 1", fits)
        )
        products = self.env["product.template"].browse(row[0] for row in rows)
        return [(product, row[1]) for product, row in zip(products, rows, strict=True)]

    def _price_level(self):
        """Return the average price of a piece she bought, 0 if unknown."""
        partner = self.partner_id
        if partner.vip_average_ticket <= 0 or partner.vip_units_per_ticket <= 0:
            return 0
        return partner.vip_average_ticket / partner.vip_units_per_ticket

    def _taste(self):
        """Return the names of her taste in small letters, in two languages."""
        tags = self.partner_id.vip_tag_ids.filtered(lambda tag: tag.category == "taste")
        return {
            name.strip().lower()
            for one in (tags, tags.with_context(lang="en_US"))
            for name in one.mapped("name")
        }

    def _pick(self, product, size, level, taste):
        price = product.list_price
        tags = product.product_tag_ids
        met = [
            tag.name
            for tag in tags
            if {tag.name.lower(), tag.with_context(lang="en_US").name.lower()} & taste
        ]
        return {
            "product_tmpl_id": product.id,
            "name": product.name,
            "size": size or False,
            "price": formatLang(self.env, price, currency_obj=product.currency_id),
            "image": f"/web/image/product.template/{product.id}/image_256",
            "why": self._why_it_fits(size, level, met),
            "taste": bool(met),
            "distance": abs(price - level) / level if level else 0,
        }

    def _why_it_fits(self, size, level, met):
        why = []
        if met:
            why.append(
                self.env._("Her taste: %(tags)s.", tags=format_list(self.env, met))
            )
        if size:
            why.append(self.env._("There is her size, %(size)s.", size=size))
        if level:
            average = formatLang(
                self.env, round(level), currency_obj=self.company_id.currency_id
            )
            why.append(
                self.env._(
                    "At her price level: on average she pays %(price)s for a piece.",
                    price=average,
                )
            )
        return why or [self.env._("Nothing is known yet that speaks against it.")]
