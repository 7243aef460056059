from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .res_partner_profile import PROFILE


class ResPartner(models.Model):
    """What the tab "Care" shows of a member: how she was looked after."""

    _inherit = "res.partner"

    vip_phone_is_wrong = fields.Boolean(
        "Wrong number",
        readonly=True,
        help="Somebody else answered. Typing a new number takes the mark off.",
        **PROFILE,
    )
    vip_care_planned_count = fields.Integer(
        "Contacts planned",
        compute="_compute_vip_care_counts",
        groups="vip_care.group_associate",
    )
    vip_care_done_count = fields.Integer(
        "Contacts in 12 months",
        compute="_compute_vip_care_counts",
        groups="vip_care.group_associate",
    )
    vip_care_last_date = fields.Date(
        "Last contact",
        compute="_compute_vip_care_counts",
        groups="vip_care.group_associate",
    )

    @api.depends("vip_care_task_ids.state", "vip_care_task_ids.done_date")
    def _compute_vip_care_counts(self):
        tasks = self.env["vip.care.task"]
        hers = Domain("partner_id", "in", self._origin.ids)
        done = hers & Domain("state", "=", "done")
        year = fields.Date.context_today(self) - relativedelta(years=1)
        planned = self._vip_count_care(hers & Domain("state", "=", "planned"))
        lately = self._vip_count_care(done & Domain("done_date", ">", year))
        last = dict(tasks._read_group(done, ["partner_id"], ["done_date:max"]))
        for partner in self:
            member = partner._origin
            partner.vip_care_planned_count = planned.get(member, 0)
            partner.vip_care_done_count = lately.get(member, 0)
            partner.vip_care_last_date = last.get(member)

    def _vip_count_care(self, domain):
        tasks = self.env["vip.care.task"]
        return dict(tasks._read_group(domain, ["partner_id"], ["__count"]))

    def write(self, vals):
        if "phone" in vals and "vip_phone_is_wrong" not in vals:
            self._vip_clear_wrong_number(vals["phone"])
        return super().write(vals)

    def _vip_clear_wrong_number(self, phone):
        """Take the mark off where the number becomes another one."""
        # sudo: who may type the number may take the mark off
        marked = self.sudo().filtered(
            lambda p: p.vip_phone_is_wrong and p.phone != phone
        )
        if marked:
            marked.vip_phone_is_wrong = False
