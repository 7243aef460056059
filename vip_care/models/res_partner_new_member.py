from odoo import api, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """What every new member gets, by whatever way she becomes one."""

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [
            self._vip_with_defaults(vals) if vals.get("is_vip_member") else vals
            for vals in vals_list
        ]
        partners = super().create(vals_list)
        partners.filtered("is_vip_member")._vip_after_enrolment()
        return partners

    def write(self, vals):
        if not vals.get("is_vip_member"):
            return super().write(vals)
        new = self.filtered(lambda partner: not partner.is_vip_member)
        result = super().write(vals)
        for partner in new:
            defaults = partner._vip_membership_defaults(partner.vip_store_id, partner)
            partner._vip_ensure_owner(defaults.pop("vip_owner_id"))
            missing = {
                name: value for name, value in defaults.items() if not partner[name]
            }
            super(ResPartner, partner).write(missing)
        new._vip_after_enrolment()
        return result

    def _vip_ensure_owner(self, owner_id):
        """Give a new member her owner; one who comes back after hers left, another."""
        partner = self.sudo()  # employees are HR's to read; enrolling is a decision
        if owner_id and not partner.vip_owner_id.active:
            partner._vip_decided("enrol").vip_owner_id = owner_id

    def _vip_with_defaults(self, vals):
        """Return `vals` of a new member with what every member has."""
        store = self.env["vip.store"].browse(vals.get("vip_store_id"))
        defaults = self._vip_membership_defaults(store, vals)
        given = {name: value for name, value in vals.items() if value}
        return {**vals, **defaults, **given}

    def _vip_membership_defaults(self, store, values):
        """Return what a new member of `store` gets if `values` does not say."""
        employee = self.env.user.sudo().employee_ids.filtered(
            lambda e: e.company_id == (store.company_id or self.env.company)
        )[:1]
        defaults = {
            "vip_enrolled_on": store._vip_today(),
            "vip_enrolment_source": "store",
            "vip_enrolment_store_id": store.id,
            "vip_enrolled_by_id": employee.id,
            "vip_owner_id": self._vip_default_owner(store, employee).id,
        }
        if not ("vip_card_number" in values and values["vip_card_number"]):
            defaults["vip_card_number"] = self._vip_next_card_number(store)
        return defaults

    @api.model
    def _vip_default_owner(self, store, employee):
        """Return who looks after a new member whom nobody was named for.

        Who enrols her, else the store's specialist, else one of its managers.
        """
        store_sudo = store.sudo()  # employees are HR's, whose they are is not
        for candidates in (
            employee,
            store_sudo.specialist_id,
            store_sudo.manager_ids.employee_ids,
        ):
            fitting = candidates.filtered(
                lambda e: (
                    e.active
                    and e.company_id == (store_sudo.company_id or self.env.company)
                )
            )
            if fitting:
                return fitting[0]
        return employee.browse()

    @api.model
    def _vip_next_card_number(self, store):
        sequence = (
            self.env["ir.sequence"]
            .sudo()  # associates enrol members, and numbers run on
            .with_company(store.company_id or self.env.company)
        )
        return sequence.next_by_code("vip.member.card")

    def _vip_after_enrolment(self):
        """Make the card scannable at the till and queue the first review."""
        if not self:
            return
        self.env.flush_all()
        # SQL: the field is company dependent and its check scans all contacts; our
        # own unique index has made sure of the number.
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner m SET barcode = card.barcode
                  FROM (
                      SELECT m.id, jsonb_object_agg(c.id::text, m.vip_card_number)
                             || COALESCE(m.barcode, '{}') AS barcode
                        FROM res_partner m CROSS JOIN res_company c
                       WHERE m.id = ANY(%s) AND m.vip_card_number IS NOT NULL
                       GROUP BY m.id
                  ) card
                 WHERE card.id = m.id
                """,
                self.ids,
            )
        )
        self.invalidate_recordset(["barcode"])
        self.env["vip.standing.due"].sudo()._add(self.ids)
