from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.sql import column_exists, create_column

from ..tools.owner_decision import DECISION, OwnerDecision, decision_of
from .res_users import MANAGERS

# They follow the owner; record rules read them, so nobody sets them by hand.
FOLLOWING = {"vip_owner_user_id", "vip_owner_store_id", "vip_owner_since"}


class ResPartner(models.Model):
    """Whose member she is. An owner changes by a decision, and is never taken away."""

    _inherit = "res.partner"

    vip_owner_id = fields.Many2one(
        "hr.employee",
        string="Owner",
        copy=False,
        prefetch="vip_membership",
        ondelete="restrict",
        help="The one associate who maintains this member.",
    )
    # Columns of the record rule; contacts under a member follow her.
    vip_owner_user_id = fields.Many2one(
        "res.users",
        string="Owner's login",
        compute="_compute_vip_owner_access",
        store=True,
    )
    vip_owner_store_id = fields.Many2one(
        "vip.store",
        string="Owner's store",
        compute="_compute_vip_owner_access",
        store=True,
    )
    vip_owner_since = fields.Date(
        "Looked after since",
        compute="_compute_vip_owner_since",
        store=True,
        precompute=True,
        copy=False,
        prefetch="vip_membership",
        help="Since when her owner has been looking after her.",
    )
    vip_ownership_change_ids = fields.One2many(
        "vip.ownership.change",
        "partner_id",
        string="History of owners",
        readonly=True,
        groups="vip_care.group_associate",
    )

    # Today's list and the handover ask for one owner's members, the record rule for
    # those of a login or a store.
    _vip_owner_idx = models.Index("(vip_owner_id) WHERE vip_owner_id IS NOT NULL")
    _vip_owner_user_idx = models.Index(
        "(vip_owner_user_id) WHERE vip_owner_user_id IS NOT NULL"
    )
    _vip_owner_store_idx = models.Index(
        "(vip_owner_store_id) WHERE vip_owner_store_id IS NOT NULL"
    )
    # Whoever ended a membership or merged it away needs no owner any more.
    _vip_once_owned_check = models.Constraint(
        """CHECK (vip_owner_since IS NULL OR vip_owner_id IS NOT NULL
        OR is_vip_member IS NOT TRUE)""",
        "A member who had an owner always has one.",
    )

    def _auto_init(self):
        # Computing it for every contact there is would take long and say "today".
        if not column_exists(self.env.cr, "res_partner", "vip_owner_since"):
            create_column(self.env.cr, "res_partner", "vip_owner_since", "date")
        return super()._auto_init()

    def init(self):
        result = super().init()
        self.pool.post_init(self._vip_fill_owner_since)
        return result

    def _vip_fill_owner_since(self):
        """Date the owners members had before there was a date: from their history."""
        self.env.cr.execute(
            """
            UPDATE res_partner p
               SET vip_owner_since = COALESCE(
                   (SELECT max(c.date)::date FROM vip_ownership_change c
                     WHERE c.partner_id = p.id),
                   p.vip_enrolled_on, p.create_date::date)
             WHERE p.is_vip_member AND p.vip_owner_id IS NOT NULL
               AND p.vip_owner_since IS NULL
            """
        )

    @api.depends("vip_owner_id")
    def _compute_vip_owner_since(self):
        for partner in self:
            partner.vip_owner_since = partner.vip_owner_id and (
                partner.vip_store_id._vip_today()
            )

    def _vip_decided(self, reason, transfer=None, date=None):
        """Return these records with the decision that lets server code set owners."""
        decision = OwnerDecision(reason, transfer.id if transfer else None, date)
        return self.with_context(**{DECISION: decision})

    @api.depends(
        "vip_owner_id.user_id",
        "vip_owner_id.vip_store_id",
        "parent_id.vip_owner_id.user_id",
        "parent_id.vip_owner_id.vip_store_id",
    )
    def _compute_vip_owner_access(self):
        for partner in self:
            owner = partner.vip_owner_id or partner.parent_id.vip_owner_id
            partner.vip_owner_user_id = owner.user_id
            partner.vip_owner_store_id = owner.vip_store_id

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._vip_check_owner_of_new(vals)
        partners = super().create(vals_list)
        owned = partners.filtered("vip_owner_id")
        owned._vip_log_owner(dict.fromkeys(owned, self.env["hr.employee"]), "enrol")
        return partners

    def write(self, vals):
        if not self.env.su:
            self._vip_check_may_write_membership(vals)
        if "vip_owner_id" not in vals:
            return super().write(vals)
        before = {partner: partner.sudo().vip_owner_id for partner in self}
        if all(
            owner.id == (vals["vip_owner_id"] or False) for owner in before.values()
        ):
            rest = {name: vals[name] for name in vals if name != "vip_owner_id"}
            return super().write(rest)
        self._vip_check_may_set_owner(vals["vip_owner_id"])
        result = super().write(vals)
        self._vip_log_owner(before, "manual")
        return result

    def _vip_check_owner_of_new(self, vals):
        """Raise AccessError unless the user may create somebody with these values."""
        if FOLLOWING & set(vals):
            raise AccessError(self._vip_following_text())
        owner_id = vals.get("vip_owner_id")
        if owner_id and owner_id not in self.env.user.sudo().employee_ids.ids:
            self._vip_check_may_name_owner(owner_id)

    def _vip_check_may_write_membership(self, vals):
        """Raise AccessError where a value of members is not this user's to write."""
        if FOLLOWING & set(vals):
            raise AccessError(self._vip_following_text())
        guarded = {"is_vip_member", "active", "vip_store_id"} & set(vals)
        if not guarded:
            return
        self.check_access("write")  # before anything is said about them
        role = self.env.user._vip_role()
        for member in self.sudo().filtered("is_vip_member"):
            if not vals.get("is_vip_member", True) and role != "head_office":
                raise AccessError(self.env._("Only head office ends a membership."))
            changed = {
                name
                for name in guarded - {"is_vip_member"}
                if member._fields[name].convert_to_write(member[name], member)
                != (vals[name] or False)
            }
            if changed and role not in MANAGERS:
                raise AccessError(
                    self.env._(
                        "Only managers archive members or give them another home store."
                    )
                )

    def _vip_following_text(self):
        return self.env._("The owner's login and store follow the owner.")

    def _vip_check_may_set_owner(self, owner_id):
        """Raise unless these members may get this owner here.

        An owned member changes hands by server code that carries a decision, of which
        a transfer is the usual one. A member nobody owns gets her first owner from a
        manager, or by enrolment.
        """
        if not self.env.su:
            self.check_access("write")  # before anything is said about them
        for member in self.sudo():
            owner = member.vip_owner_id
            if not owner or owner.id == owner_id:
                continue
            if not owner_id and member.is_vip_member:
                raise UserError(
                    self.env._(
                        "%(member)s cannot be left without an owner. Move her to"
                        " somebody else: Transfers.",
                        member=member.display_name,
                    )
                )
            if not (self.env.su and decision_of(self.env)):
                raise AccessError(
                    self.env._(
                        "%(owner)s looks after %(member)s. Members change hands by a"
                        " decision: ask for it under Transfers.",
                        member=member.display_name,
                        owner=owner.name,
                    )
                )
        if not self.env.su and self.sudo().filtered(lambda p: not p.vip_owner_id):
            self._vip_check_may_name_owner(owner_id)

    def _vip_check_may_name_owner(self, owner_id):
        """Raise AccessError unless the user gives members to this employee."""
        user = self.env.user
        role = user._vip_role()
        store = self.env["hr.employee"].sudo().browse(owner_id).vip_store_id
        if role == "head_office" or (
            role in MANAGERS and store.id in user._vip_store_ids()
        ):
            return
        raise AccessError(
            self.env._(
                "Only a manager gives members to an owner, and only to people of her"
                " own stores. Ask for the member under Transfers."
            )
        )

    def _vip_log_owner(self, before, reason):
        """Keep who owned each member until now; `before` maps partner to employee."""
        decision = decision_of(self.env) or OwnerDecision(reason)
        self.env["vip.ownership.change"].sudo().create(  # nobody writes it by hand
            [
                {
                    "partner_id": partner.id,
                    "old_owner_id": before[partner].id,
                    "new_owner_id": partner.vip_owner_id.id,
                    "reason": decision.reason,
                    "transfer_id": decision.transfer_id,
                    "user_id": self.env.uid,
                }
                | ({"date": decision.date} if decision.date else {})
                for partner in self.sudo()
                if partner.vip_owner_id != before[partner]
            ]
        )
