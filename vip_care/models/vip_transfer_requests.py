from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .res_users import MANAGERS

# So many take-overs of one person may be open: asking is no way to read a list.
OPEN_TAKE_OVERS = 20


class VipTransfer(models.Model):
    """Asking for members: what the buttons, the till and managers' lists call.

    Each method checks what its caller may ask for, draws up one transfer per reviewing
    store and submits it. They return the transfers.
    """

    _inherit = "vip.transfer"

    @api.model
    def request_take_over(self, partner_ids, reason, wish_note=None):
        """Ask to become the owner of members, known by id only: she may not read them.

        `wish_note` says who heard a member ask for it herself, and when.
        """
        employee = self._requesting_employee()
        members = self._members_to_ask_for(partner_ids)
        mine = members.filtered(lambda m: m.vip_owner_id in self._own_employees())
        if mine:
            raise UserError(
                self.env._(
                    "You look after %(members)s already.",
                    members=", ".join(mine.mapped("display_name")),
                )
            )
        self._check_open_take_overs(len(members), employee)
        return self._request(members, reason, wish_note, new_owner=employee)

    @api.model
    def request_give_up(self, partner_ids, reason, successor_id=None, wish_note=None):
        """Ask to be relieved of members of one's own; managers find the successor."""
        self._requesting_employee()
        members = self._members_to_ask_for(partner_ids)
        if members.vip_owner_id - self._own_employees() or not all(
            member.vip_owner_id for member in members
        ):
            raise AccessError(self.env._("You can only give up members of your own."))
        successor = self._existing_employee(successor_id) if successor_id else None
        return self._request(members, reason, wish_note, new_owner=successor)

    @api.model
    def request_rebalance(self, partner_ids, successor_id, reason):
        """Ask, as a manager, to move members of one's stores to somebody there."""
        role = self.env.user._vip_role()
        if role not in MANAGERS:
            raise AccessError(self.env._("Only managers move members of others."))
        members = self._members_to_ask_for(partner_ids)
        successor = self._existing_employee(successor_id)
        if role != "head_office":
            stores = self.env.user._vip_store_ids()
            self._check_reach(members, successor, stores)
        members -= members.filtered(lambda m: m.vip_owner_id == successor)
        if not members:
            raise UserError(
                self.env._(
                    "%(name)s looks after all of them already.", name=successor.name
                )
            )
        return self._request(members, reason, None, successor, kind="rebalance")

    def _check_reach(self, members, successor, stores):
        """Raise AccessError unless members and successor belong to these stores."""
        far = members.filtered(
            lambda m: (m.vip_owner_store_id or m.vip_store_id).id not in stores
        )
        if far:
            raise AccessError(
                self.env._(
                    "Not of your stores: %(members)s.",
                    members=", ".join(far[:5].mapped("display_name")),
                )
            )
        if successor.vip_store_id.id not in stores:
            raise AccessError(
                self.env._(
                    "%(name)s does not belong to your stores.", name=successor.name
                )
            )

    def _request(self, members, reason, wish_note, new_owner=None, kind="request"):
        """Draw up and submit one transfer per reviewing store."""
        by_store = {}
        for member in members:
            store = member.vip_owner_store_id or member.vip_store_id
            by_store.setdefault(store, []).append(member.id)
        transfers = self.sudo()  # checked by the caller; RPC creates none
        for store, ids in by_store.items():
            some = members.browse(ids)
            vals = self._prepare_request_vals(some, reason, wish_note)
            transfer = transfers.create(vals | {"kind": kind, "store_id": store.id})
            transfer._add_members(ids, new_owner)
            transfers |= transfer
        transfers = transfers.with_env(self.env)
        transfers.action_submit()
        return transfers

    def _prepare_request_vals(self, members, reason, wish_note):
        owners = members.vip_owner_id
        return {
            "requested_by_id": self.env.uid,
            "reason": (reason or "").strip(),
            "member_wish": bool(wish_note),
            "member_wish_note": wish_note,
            "company_id": members.vip_company_id[:1].id or self.env.company.id,
            "from_employee_id": owners.id if len(owners) == 1 else False,
        }

    def _add_members(self, partner_ids, new_owner=None):
        """Add members with the owners they have now, thousands in one statement."""
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO vip_transfer_line
                       (transfer_id, partner_id, old_owner_id, new_owner_id, outcome,
                        create_uid, create_date, write_uid, write_date)
                SELECT %(transfer)s, p.id, p.vip_owner_id, %(new_owner)s, 'pending',
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM unnest(%(ids)s) WITH ORDINALITY asked (id, place)
                  JOIN res_partner p ON p.id = asked.id ORDER BY asked.place
                """,
                transfer=self.id,
                new_owner=new_owner.id if new_owner else None,
                uid=self.env.uid,
                now=fields.Datetime.now(),
                ids=list(partner_ids),
            )
        )
        self.invalidate_recordset(["line_ids"])

    def _members_to_ask_for(self, partner_ids):
        """Return the members with these ids in sudo, whether or not one reads them."""
        if not partner_ids or not all(isinstance(some, int) for some in partner_ids):
            raise UserError(self.env._("Say which members."))
        # sudo: colleagues' members too; nothing but masked names is said of them
        ids = list(dict.fromkeys(partner_ids))
        partners = self.env["res.partner"].sudo().browse(ids).exists()
        members = partners.filtered(
            lambda p: (
                p.is_vip_member
                and p.active
                and p.vip_company_id in self.env.user.company_ids
            )
        )
        if len(members) != len(ids):
            raise UserError(self.env._("Some of these are no members any more."))
        if len(members.vip_company_id) > 1:
            raise UserError(
                self.env._("These members belong to several companies: ask for each.")
            )
        return members

    def _own_employees(self):
        return self.env.user.sudo().employee_ids  # her own, of whatever company

    def _requesting_employee(self):
        """Return the user's employee in sudo; raise unless she may ask."""
        if not self.env.user.has_group("vip_care.group_associate"):
            raise AccessError(self.env._("Only associates and managers ask for this."))
        employee = self.env.user.sudo().employee_id  # her own
        if not employee:
            raise UserError(
                self.env._("Your login has no employee: a manager can set that up.")
            )
        return employee

    def _existing_employee(self, employee_id):
        employee = self.env["hr.employee"].sudo().browse(employee_id).exists()
        if not employee.active:
            raise UserError(self.env._("Choose somebody who works here."))
        return employee

    def _check_open_take_overs(self, count, employee):
        lines = self.env["vip.transfer.line"].sudo()  # her own
        already = lines.search_count(
            [
                ("transfer_id.requested_by_id", "=", self.env.uid),
                ("new_owner_id", "=", employee.id),
                ("is_open", "=", True),
            ]
        )
        if already + count > OPEN_TAKE_OVERS:
            raise UserError(
                self.env._(
                    "At most %(limit)s of your requests can be open at a time. Wait"
                    " until some are decided.",
                    limit=OPEN_TAKE_OVERS,
                )
            )
