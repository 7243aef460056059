from odoo import api, fields, models


class HrDepartureWizard(models.TransientModel):
    """Registering a departure says whose members need a successor first."""

    _inherit = "hr.departure.wizard"

    vip_held_employee_ids = fields.Many2many(
        "hr.employee",
        string="Still needed",
        compute="_compute_vip_held_employee_ids",
        help="They own members or have open work: their archiving is refused.",
    )
    vip_open_work_text = fields.Text(compute="_compute_vip_held_employee_ids")

    @api.depends("employee_ids")
    def _compute_vip_held_employee_ids(self):
        for wizard in self:
            held = self.env["hr.employee"]
            texts = []
            # sudo: whoever registers a departure may not see members
            for employee in wizard.employee_ids._origin.sudo():
                work = employee._vip_open_work()
                if work:
                    held += employee
                    texts.append(employee._vip_open_work_text(work))
            wizard.vip_held_employee_ids = held
            wizard.vip_open_work_text = "\n".join(texts)

    def action_vip_hand_over(self):
        """Open the handover of the first who is still needed."""
        self.ensure_one()
        held = self.vip_held_employee_ids[:1]
        return held.with_env(self.env).action_vip_hand_over()
