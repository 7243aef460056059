from odoo import api, fields, models


class VipAccessQuota(models.Model):
    _inherit = "vip.access.quota"

    kind = fields.Selection(
        selection_add=[("lookup", "Members looked up")], ondelete={"lookup": "cascade"}
    )

    @api.model
    def _vip_add_lookup(self):
        """Count a lookup of today, and let those of one user follow each other.

        A lock would not do: this transaction may have begun before the other till's
        ended and would not see its lookup. As both write one row, PostgreSQL refuses
        the later one, and Odoo repeats its request.
        """
        day = self.env.user._vip_today()
        self.env.execute_query(self._query_add("lookup", 1, day))
        self.invalidate_model()
