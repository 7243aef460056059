from odoo import api, fields, models


class VipStore(models.Model):
    """Arranging a store: who may change it chooses its employees and registers.

    The store stands on the employee and on the register, which only HR and POS
    managers may change; where they belong is no secret of either.
    """

    _inherit = "vip.store"

    # The public face of employees: their records themselves are HR's.
    staff_ids = fields.Many2many(
        "hr.employee.public",
        string="Employees of the store",
        compute="_compute_staff_ids",
        inverse="_inverse_staff_ids",
    )
    register_ids = fields.Many2many(
        "pos.config",
        string="Registers of the store",
        compute="_compute_register_ids",
        inverse="_inverse_register_ids",
    )

    @api.depends("employee_ids")
    def _compute_staff_ids(self):
        for store in self:
            # sudo: that they serve here is public
            store.staff_ids = store.staff_ids.browse(store.sudo().employee_ids.ids)

    def _inverse_staff_ids(self):
        for store in self:
            store_sudo = store.sudo()  # whoever may change the store may staff it
            before = store_sudo.employee_ids
            chosen = before.browse(store.staff_ids.ids)
            (chosen - before).sudo(self.env.su)._vip_check_may_move(store)
            (before - chosen).vip_store_id = False
            (chosen - before).vip_store_id = store

    @api.depends("pos_config_ids")
    def _compute_register_ids(self):
        for store in self:
            store.register_ids = store.sudo().pos_config_ids

    def _inverse_register_ids(self):
        for store in self:
            store_sudo = store.sudo()  # whoever may change the store may equip it
            before, chosen = store_sudo.pos_config_ids, store_sudo.register_ids
            (before - chosen).vip_store_id = False
            (chosen - before).vip_store_id = store
