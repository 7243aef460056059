from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

# Kinds whose successors are proposed, and which the managers above accept in one step.
PROPOSED = ("leaving", "store_move")


class VipTransfer(models.Model):
    """A leaver's members and work go to her colleagues: prepared, accepted, applied.

    Whoever may archive her prepares it, the managers above her choose and accept; a
    store manager's word needs the regional manager's or head office's.
    """

    _inherit = "vip.transfer"

    activity_moved_ids = fields.Many2many(
        "mail.activity",
        "vip_transfer_activity_rel",
        "transfer_id",
        "activity_id",
        string="Activities handed over",
        readonly=True,
        copy=False,
        groups="base.group_system",
    )

    # One handover of a leaver is under way at a time.
    _leaving_uniq = models.UniqueIndex(
        """(from_employee_id) WHERE kind = 'leaving'
        AND state IN ('draft', 'submitted', 'store_approved', 'approved')""",
        "A handover of this employee is already under way.",
    )

    @api.model
    def _prepare_leaving(self, employee):
        """Return the handover of `employee` that is under way, drawn up if need be."""
        self._check_may_prepare(employee)
        # sudo: whoever prepares it may not see members; the managers will
        transfers = self.sudo()
        transfer = transfers.search(
            [
                ("kind", "=", "leaving"),
                ("from_employee_id", "=", employee.id),
                ("state", "in", ("draft", "submitted", "store_approved", "approved")),
            ],
            limit=1,
        )
        if transfer:
            if transfer.state == "draft":
                transfer._propose_successors()
            return transfer.sudo(self.env.su)
        store = employee.sudo().vip_store_id or self._usual_home_store(employee)
        transfer = transfers.create(
            {
                "kind": "leaving",
                "from_employee_id": employee.id,
                "company_id": employee.sudo().company_id.id,
                "store_id": store.id,
                "reason": self.env._(
                    "%(employee)s is leaving.", employee=employee.sudo().name
                ),
            }
        )
        transfer._propose_successors()
        transfer._tell_managers()
        return transfer.sudo(self.env.su)

    @api.model
    def _usual_home_store(self, employee):
        """Return the home store of most of her members, for someone without a store."""
        partners = self.env["res.partner"].sudo()  # only counted
        groups = partners.with_context(active_test=False)._read_group(
            [("vip_owner_id", "=", employee.id), ("vip_store_id", "!=", False)],
            ["vip_store_id"],
            order="__count desc",
            limit=1,
        )
        return groups[0][0] if groups else self.env["vip.store"]

    @api.model
    def _check_may_prepare(self, employee):
        """Raise AccessError unless the user may archive her or manages her store."""
        if self.env.su:
            return
        user = self.env.user
        allowed = (
            user.has_group("hr.group_hr_user")
            or user.has_group("base.group_erp_manager")
            or user._vip_role() == "head_office"
            or employee.sudo().vip_store_id.id in user._vip_store_ids()
            and user.has_group("vip_care.group_store_manager")
        )
        if not allowed or employee.sudo().user_id == user:
            raise AccessError(
                self.env._(
                    "A handover is prepared by the manager of the store, the managers"
                    " above her or HR; nobody prepares her own."
                )
            )

    def _managers_over(self):
        """Return who may choose successors in a draft: managers, never the leaver."""
        self.ensure_one()
        store = self.store_id
        users = store.manager_ids.filtered("active")
        users = users.filtered(lambda u: u.has_group("vip_care.group_store_manager"))
        users |= store.region_id.manager_ids.filtered(
            lambda u: u.active and u.has_group("vip_care.group_region_manager")
        )
        users |= self.env.ref("vip_care.group_head_office").sudo().all_user_ids
        return users - self.from_employee_id.sudo().user_id

    def _may_edit(self, user):
        if self.kind not in PROPOSED:
            return super()._may_edit(user)
        return self.state == "draft" and user in self._managers_over()

    def _concerned_users(self):
        """Whoever prepared a handover asked nothing for herself: she may decide it."""
        concerned = super()._concerned_users()
        requester = self.sudo().requested_by_id
        if self.kind not in PROPOSED or requester == self.sudo().store_approved_by_id:
            return concerned
        employees = requester.sudo().with_context(active_test=False).employee_ids
        gives_or_gains = self.from_employee_id in employees or self.env[
            "vip.transfer.line"
        ].sudo().search_count(
            [("transfer_id", "=", self.id), ("new_owner_id", "in", employees.ids)],
            limit=1,
        )
        return concerned if gives_or_gains else concerned - requester

    def _first_level(self):
        return "region" if self.kind in PROPOSED else super()._first_level()

    def _submit(self):
        """Accept the proposal; who may decide by herself has it applied at once."""
        if self.kind not in PROPOSED:
            return super()._submit()
        self._refresh_proposal()
        super()._submit()
        if self._may_decide("approve"):
            self._approve()
        else:
            self._store_approve()
        return None

    def _decide(self):
        self._refresh_proposal()
        return super()._decide()

    def _prepare_apply(self):
        self._refresh_proposal()
        result = super()._prepare_apply()
        if self.kind in PROPOSED:
            self._skip_competing_lines(wishes=True)
        return result

    def _refresh_proposal(self):
        """Bring the lines up to date with the members as they are at this moment."""
        if self.kind not in PROPOSED:
            return
        self._check_from_is_there()
        self._propose_successors()
        self._skip_competing_lines(wishes=False)

    def _skip_competing_lines(self, wishes):
        """Take these members out of all other open transfers.

        A member's own wish stays open until the handover is applied: it is heeded.
        """
        self.env.flush_all()
        rows = self.env.execute_query(self._query_competing(wishes))
        if rows:
            self._skip_open_lines([partner_id for [partner_id] in rows], "leaving")

    def _query_competing(self, wishes):
        """Return the query of this transfer's members who are in another open one."""
        return SQL(
            """
            SELECT DISTINCT line.partner_id
              FROM vip_transfer_line line
              JOIN vip_transfer_line other
                ON other.partner_id = line.partner_id AND other.is_open
               AND other.transfer_id <> line.transfer_id
             WHERE line.transfer_id = %s AND (%s OR NOT other.is_wish)
            """,
            self.id,
            wishes,
        )

    def _check_from_is_there(self):
        if self.kind == "leaving" and not self.from_employee_id.active:
            raise UserError(
                self.env._(
                    "%(employee)s is archived.", employee=self.from_employee_id.name
                )
            )

    def _check_lines(self):
        """A leaver without members may still have work to hand over."""
        if self.kind in PROPOSED and not self.line_ids:
            return None
        return super()._check_lines()

    def _undo(self):
        if self.kind == "leaving" and not self.from_employee_id.active:
            raise UserError(
                self.env._(
                    "%(employee)s is archived: nobody can belong to her. Bring her back"
                    " first, then undo.",
                    employee=self.from_employee_id.name,
                )
            )
        return super()._undo()
