from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL


class VipTransfer(models.Model):
    """A store's members move to another store, with owners who move along or new ones.

    `store_id` is the store they leave: its managers prepare, the region decides.
    """

    _inherit = "vip.transfer"

    to_store_id = fields.Many2one(
        "vip.store", "To store", readonly=True, ondelete="restrict"
    )
    moving_employee_ids = fields.Many2many(
        "hr.employee",
        "vip_transfer_moving_employee_rel",
        "transfer_id",
        "employee_id",
        string="Employees who move along",
        readonly=True,
        copy=False,
    )
    close_store = fields.Boolean("Close the store", readonly=True)

    # One move of a store's members is under way at a time.
    _store_move_uniq = models.UniqueIndex(
        """(store_id) WHERE kind = 'store_move'
        AND state IN ('draft', 'submitted', 'store_approved', 'approved')""",
        "A move of this store's members is already under way.",
    )

    @api.model
    def _prepare_store_move(self, values):
        """Return the draft of a move; `values` has the fields of `vip.store.close`."""
        store, target = values.store_id, values.to_store_id
        self._check_may_move_store(store)
        if (
            target == store
            or not target.active
            or target.company_id != store.company_id
            or target.country_id != store.country_id
        ):
            raise UserError(
                self.env._("Choose another open store of the same company and country.")
            )
        # sudo: transfers are made by the methods that know who may
        transfer = self.sudo().create(
            {
                "kind": "store_move",
                "store_id": store.id,
                "to_store_id": target.id,
                "company_id": store.company_id.id,
                "moving_employee_ids": [(6, 0, values.moving_staff_ids.ids)],
                "close_store": values.close_store,
                "reason": values.reason,
            }
        )
        transfer._propose_successors()
        return transfer.sudo(self.env.su)

    def _check_may_move_store(self, store):
        user = self.env.user
        if not (
            self.env.su
            or user._vip_role() == "head_office"
            or user._vip_role() == "region"
            and store.id in user._vip_store_ids()
        ):
            raise AccessError(
                self.env._("Only the region's manager or head office moves a store.")
            )

    def _successor_store(self):
        if self.kind == "store_move":
            return self.to_store_id
        return super()._successor_store()

    def _successor_people(self):
        people = super()._successor_people()
        return people | self.moving_employee_ids.sudo() if self.to_store_id else people

    def _query_members(self):
        """Those of the store who have nobody or somebody who stays behind."""
        if self.kind != "store_move":
            return super()._query_members()
        return SQL(
            """
            SELECT partner.id, partner.vip_owner_id, partner.vip_store_id
              FROM res_partner partner
              LEFT JOIN hr_employee owner ON owner.id = partner.vip_owner_id
             WHERE partner.vip_store_id = %(store)s AND partner.is_vip_member
               AND (owner.id IS NULL
                    OR owner.vip_store_id = %(store)s AND owner.id <> ALL(%(moving)s))
            """,
            store=self.store_id.id,
            moving=self.moving_employee_ids.ids,
        )

    def _move_members(self):
        if self.kind != "store_move":
            return super()._move_members()
        moving = self.moving_employee_ids.sudo()
        moving = moving.filtered(lambda e: e.active and e.vip_store_id == self.store_id)
        self.moving_employee_ids = moving
        moving.vip_store_id = self.to_store_id
        super()._move_members()
        self.env.cr.execute(self._query_move_home())
        self._forget_homes()
        self._follow_owners()
        if self.close_store and not self.store_id._vip_open_work():
            self.store_id.active = False
        return None

    def _forget_homes(self):
        self.env["res.partner"].invalidate_model(["vip_store_id", "vip_region_id"])
        self.line_ids.invalidate_recordset()
        self.invalidate_recordset(["line_ids"])

    def _query_move_home(self):
        """Return the statement that moves all home stores and notes who kept her owner.

        Company and country are the same, so nothing that is computed from them changes.
        """
        return SQL(
            """
            WITH moved AS (
                UPDATE res_partner SET vip_store_id = %(target)s
                 WHERE vip_store_id = %(store)s
             RETURNING id, vip_owner_id
            )
            INSERT INTO vip_transfer_line (
                   transfer_id, partner_id, old_owner_id, new_owner_id, home_store_id,
                   outcome, why, is_wish, is_open,
                   create_uid, create_date, write_uid, write_date)
            SELECT %(transfer)s, moved.id, moved.vip_owner_id, moved.vip_owner_id,
                   %(store)s, 'moved', %(why)s, FALSE, FALSE,
                   %(uid)s, %(now)s, %(uid)s, %(now)s
              FROM moved
             WHERE NOT EXISTS (
                   SELECT 1 FROM vip_transfer_line line
                    WHERE line.transfer_id = %(transfer)s
                      AND line.partner_id = moved.id)
            """,
            store=self.store_id.id,
            target=self.to_store_id.id,
            transfer=self.id,
            why=self.env._("Keeps her owner"),
            uid=self.env.uid,
            now=fields.Datetime.now(),
        )

    def _undo(self):
        if self.kind == "store_move":
            # Before the members: the store of their owners is stored with them.
            self.store_id.active = True
            moving = self.moving_employee_ids.sudo()
            moving.filtered(
                lambda e: e.vip_store_id == self.to_store_id
            ).vip_store_id = self.store_id
        result = super()._undo()
        if self.kind == "store_move":
            self.env.cr.execute(self._query_return_home())
            self._forget_homes()
            self._follow_owners()
        return result

    def _query_return_home(self):
        """Return the statement that gives back the home stores nobody changed since."""
        return SQL(
            """
            WITH returned AS (
                UPDATE res_partner partner SET vip_store_id = line.home_store_id
                  FROM vip_transfer_line line
                 WHERE line.transfer_id = %(transfer)s
                   AND line.partner_id = partner.id AND line.home_store_id = %(store)s
                   AND partner.vip_store_id = %(target)s
                   AND (line.outcome = 'returned' OR line.old_owner_id IS NULL
                        OR line.new_owner_id = line.old_owner_id)
             RETURNING line.id
            )
            UPDATE vip_transfer_line line SET outcome = 'returned', skip_reason = NULL
              FROM returned
             WHERE line.id = returned.id AND line.old_owner_id IS NOT NULL
            """,
            transfer=self.id,
            store=self.store_id.id,
            target=self.to_store_id.id,
        )
