import logging

import psycopg2

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, mute_logger
from odoo.tools.sql import column_exists, constraint_definition

_logger = logging.getLogger(__name__)

COLUMN = "vip_owner_in_service"
CONSTRAINT = "res_partner_vip_owner_in_service_fkey"


class ResPartner(models.Model):
    """An owner is somebody in service: the database refuses anything else.

    A foreign key on (TRUE, owner) to the employee's (active, id) holds whatever code
    or statement archives an employee, and a member given to her at the same moment by
    another transaction: whichever comes second fails and is tried again.
    """

    _inherit = "res.partner"

    def init(self):
        result = super().init()
        self.pool.post_init(self._vip_init_owner_guard)
        return result

    def _vip_init_owner_guard(self):
        """Add the column and its foreign key; no field of the ORM can express them."""
        cr = self.env.cr
        if not column_exists(cr, "res_partner", COLUMN):
            cr.execute(self._query_owner_column())
        if constraint_definition(cr, "res_partner", CONSTRAINT):
            return
        cr.execute(self._query_owner_key())
        try:
            with mute_logger("odoo.sql_db"), cr.savepoint():
                cr.execute(
                    SQL(
                        "ALTER TABLE res_partner VALIDATE CONSTRAINT %s",
                        SQL.identifier(CONSTRAINT),
                    )
                )
        except psycopg2.errors.ForeignKeyViolation:
            # Databases from before: new owners are held, old ones need a handover.
            _logger.warning("Some members belong to archived employees.")

    @api.model
    def _query_owner_column(self):
        return SQL(
            """
            ALTER TABLE res_partner ADD COLUMN %s boolean
                GENERATED ALWAYS AS (
                    CASE WHEN vip_owner_id IS NOT NULL THEN TRUE END) STORED
            """,
            SQL.identifier(COLUMN),
        )

    @api.model
    def _query_owner_key(self):
        return SQL(
            """
            ALTER TABLE res_partner ADD CONSTRAINT %s
                FOREIGN KEY (%s, vip_owner_id) REFERENCES hr_employee (active, id)
                NOT VALID
            """,
            SQL.identifier(CONSTRAINT),
            SQL.identifier(COLUMN),
        )

    @api.model_create_multi
    def create(self, vals_list):
        self._vip_check_in_service({vals.get("vip_owner_id") for vals in vals_list})
        return super().create(vals_list)

    def write(self, vals):
        if vals.get("vip_owner_id"):
            self._vip_check_in_service({vals["vip_owner_id"]})
        return super().write(vals)

    def _vip_check_in_service(self, owner_ids):
        """Say it before the database refuses: an owner is somebody who works here."""
        owners = self.env["hr.employee"].browse(owner_ids - {False, None})
        for owner in owners.sudo():  # employees are HR's, their state is not
            if not owner.active:
                raise ValidationError(
                    self.env._(
                        "%(employee)s does not work here any more. Choose an owner"
                        " who does.",
                        employee=owner.name,
                    )
                )
