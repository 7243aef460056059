from odoo import api, fields, models
from odoo.tools import SQL


class VipStandingDue(models.Model):
    """The review queue: members whose standing may have changed.

    A narrow table, so that queueing a member never touches (or locks) her own row.
    """

    _name = "vip.standing.due"
    _description = "Member waiting for review"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", required=True, readonly=True, ondelete="cascade"
    )

    _partner_uniq = models.UniqueIndex("(partner_id)")

    @api.model
    def _add(self, partner_ids):
        """Queue the members among `partner_ids`; those waiting already stay once."""
        if not partner_ids:
            return
        self._add_query(
            SQL(
                "SELECT id FROM res_partner WHERE is_vip_member AND id = ANY(%s)",
                list(partner_ids),
            )
        )

    @api.model
    def _add_query(self, query):
        """Queue the partners a query returns; return how many were not queued yet."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO vip_standing_due (partner_id) %s
                    ON CONFLICT DO NOTHING
                """,
                query,
            )
        )
        return self.env.cr.rowcount
