from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .fence import fenced

ADVISERS_AT_MOST = 200


class PosConfig(models.Model):
    """What a register knows about its store when it opens."""

    _inherit = "pos.config"

    @api.model
    def _load_pos_data_read(self, records, config):
        """Add `_vip` to the register's own row; empty if anything goes wrong."""
        rows = super()._load_pos_data_read(records, config)
        for row in rows:
            if row["id"] == config.id:
                row["_vip"] = config._vip_till_data()
        return rows

    def _vip_till_data(self):
        """Return store, signature, advisers and what newcomers are asked to agree to.

        Never raises: the till opens whatever happens to us.
        """
        self.ensure_one()
        with fenced(self.env, "Register %s opens without data of VIP Care", self.id):
            return self._vip_prepare_till_data()
        return {}

    def _vip_prepare_till_data(self):
        store = self.sudo().vip_store_id  # its name stands on the door
        company = self.company_id.sudo()  # its texts are shown to everybody
        company.fetch(["vip_consent_text", "vip_marketing_text"])
        return {
            "store": store.name or "",
            "signature": store.signature or "",
            "advisers": [
                {
                    "id": employee.id,
                    "name": employee.name,
                    "is_me": employee.user_id == self.env.user,
                }
                for employee in self._vip_advisers()
            ],
            "consent_text": company._vip_consent_text(),
            "marketing_text": company._vip_marketing_text(),
        }

    def _vip_advisers(self):
        """Return whom the till offers: the store's people, cashiers, the seller."""
        employees = self.env["hr.employee"].sudo()  # a seller reads no employees
        domain = self._vip_company_domain() & Domain("active", "=", True)
        named = Domain("id", "in", self._vip_named_cashiers().ids)
        if self.env.user.has_group("vip_care.group_associate"):
            named |= Domain("user_id", "=", self.env.uid)
        found = employees.search_fetch(domain & named, ["name", "user_id"])
        if self.vip_store_id:
            own = Domain("vip_store_id", "=", self.vip_store_id.id)
            found |= employees.search_fetch(
                domain & own, ["name", "user_id"], limit=ADVISERS_AT_MOST
            )
        return found.sorted("name")

    def _vip_named_cashiers(self):
        """Return the employees named as cashiers; none named means everybody may."""
        config = self.sudo()  # a seller reads no employees
        if not config.module_pos_hr:
            return config.basic_employee_ids.browse()
        return (
            config.basic_employee_ids
            | config.advanced_employee_ids
            | config.minimal_employee_ids
        )

    def _vip_adviser(self, employee_id):
        """Return the adviser `employee_id` of this register, or the seller herself.

        Raises what to do instead.
        """
        employee = self.env["hr.employee"].sudo()  # a seller reads no employees
        if not employee_id:
            mine = self._vip_advisers().filtered(lambda e: e.user_id == self.env.user)
            if not mine:
                raise UserError(
                    self.env._("Choose the adviser who will look after the member.")
                )
            return mine[0]
        if type(employee_id) is int and 0 < employee_id < 2**31:
            employee = employee.browse(employee_id).exists()
        if not self._vip_is_adviser(employee):
            raise UserError(
                self.env._(
                    "%(name)s is no adviser of this register. Choose another adviser,"
                    " or reload the till if its list is old.",
                    name=employee.name or self.env._("The chosen person"),
                )
            )
        return employee

    def _vip_is_adviser(self, employee):
        """Tell whether `employee`, in sudo, serves members at this register."""
        if not employee.active or not employee.filtered_domain(
            self._vip_company_domain()
        ):
            return False
        if employee.vip_store_id and employee.vip_store_id == self.vip_store_id:
            return True
        if employee.user_id == self.env.user:
            return self.env.user.has_group("vip_care.group_associate")
        config = self.sudo()  # a seller reads no employees
        domain = Domain(config._employee_domain(self.env.uid))
        return config.module_pos_hr and bool(employee.filtered_domain(domain))

    def _vip_company_domain(self):
        """Return the domain of the employees of this register's company."""
        return Domain(
            self.env["hr.employee"]._check_company_domain(self.sudo().company_id)
        )

    def _vip_registers(self):
        """Return the registers of this one's store."""
        self.ensure_one()
        if not self.vip_store_id:
            return self
        return self | self.sudo().search([("vip_store_id", "=", self.vip_store_id.id)])
