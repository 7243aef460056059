from odoo import fields, models
from odoo.tools import SQL


class VipTransferShare(models.Model):
    """How many members of a transfer each successor gets: the handover at a glance."""

    _name = "vip.transfer.share"
    _description = "Share of a successor"
    _auto = False
    _order = "transfer_id desc, member_count desc, id"
    _rec_name = "employee_id"

    transfer_id = fields.Many2one("vip.transfer", readonly=True)
    employee_id = fields.Many2one("hr.employee", "Successor", readonly=True)
    store_id = fields.Many2one("vip.store", readonly=True)
    member_count = fields.Integer("Gets", readonly=True)
    served_count = fields.Integer(
        "Knows",
        readonly=True,
        help="So many of them bought from her in the last 12 months.",
    )
    owned_count = fields.Integer(
        "Has now", readonly=True, help="Members she looks after at this moment."
    )
    after_count = fields.Integer(
        "Will have", readonly=True, help="Members she looks after once this is applied."
    )
    is_over_limit = fields.Boolean(
        readonly=True, help="More than an associate should look after."
    )

    @property
    def _table_query(self):
        # One row per transfer and successor: her first line. Reading rows by id or of
        # one transfer touches that transfer's lines only.
        return SQL(
            """
            SELECT first.id, first.transfer_id, first.new_owner_id AS employee_id,
                   employee.vip_store_id AS store_id, share.member_count,
                   share.served_count, has.owned_count,
                   has.owned_count + share.to_come AS after_count,
                   has.owned_count + share.to_come > company.vip_owner_max_members
                       AS is_over_limit
              FROM vip_transfer_line first
              LEFT JOIN hr_employee employee ON employee.id = first.new_owner_id
              LEFT JOIN res_company company ON company.id = employee.company_id
             CROSS JOIN LATERAL (
                   SELECT count(*) AS member_count,
                          count(*) FILTER (WHERE line.times_served > 0) AS served_count,
                          count(*) FILTER (WHERE line.outcome = 'pending') AS to_come
                     FROM vip_transfer_line line
                    WHERE line.transfer_id = first.transfer_id
                      AND COALESCE(line.new_owner_id, 0)
                          = COALESCE(first.new_owner_id, 0)
                      AND line.outcome <> 'skipped') share
             CROSS JOIN LATERAL (
                   SELECT count(*) AS owned_count
                     FROM res_partner partner
                    WHERE partner.vip_owner_id = first.new_owner_id) has
             WHERE first.outcome <> 'skipped' AND NOT EXISTS (
                   SELECT 1 FROM vip_transfer_line line
                    WHERE line.transfer_id = first.transfer_id
                      AND COALESCE(line.new_owner_id, 0)
                          = COALESCE(first.new_owner_id, 0)
                      AND line.outcome <> 'skipped' AND line.id < first.id)
            """
        )

    def action_view_lines(self):
        """Open this successor's members, to give some of them to somebody else."""
        self.ensure_one()
        return self.transfer_id._action_view_lines(self.employee_id)
