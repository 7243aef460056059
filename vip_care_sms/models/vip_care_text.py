from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import filed_text

HEAD_OFFICE = "vip_care.group_head_office"
NAMES = {
    "{name}": "name",
    "{honorific}": "honorific",
    "{store}": "store",
    "{associate}": "associate",
}


class VipCareText(models.Model):
    """Texts of the bank on their way to a provider that sends approved ones only."""

    _inherit = "vip.care.text"

    vip_needs_filing = fields.Boolean(compute="_compute_vip_needs_filing")

    @api.depends_context("allowed_company_ids")
    def _compute_vip_needs_filing(self):
        for text in self:
            text.vip_needs_filing = bool(text._template_gateways())

    def action_file(self):
        """Make templates to file of approved texts, and show them."""
        self.check_access("read")
        if not (self.env.su or self.env.user.has_group(HEAD_OFFICE)):
            raise AccessError(self.env._("Only head office files texts."))
        if any(text.state != "approved" for text in self):
            raise UserError(self.env._("Approve the text before it is filed."))
        templates = self.env["vip.sms.template"]
        for text in self:
            for gateway in text._template_gateways():
                templates |= text._template_at(gateway)
        if not templates:
            raise UserError(
                self.env._(
                    "No gateway needs filed texts: they can be sent as they are."
                )
            )
        return self._show(templates)

    def _template_gateways(self):
        """Return the gateways of the text's companies that need templates."""
        companies = self.company_id or self.env.companies
        # Whether there is one is no secret; what it is, its record rules keep.
        return (
            self.env["vip.sms.gateway"]
            .sudo()
            .search(
                [
                    ("kind", "in", self.env["vip.sms.template"]._template_kinds()),
                    ("company_id", "in", (companies & self.env.companies).ids),
                ]
            )
        )

    def _template_at(self, gateway):
        """Return the text's template at a gateway; a draft is made if there is none."""
        templates = self.env["vip.sms.template"]
        known = templates.search(
            [
                ("gateway_id", "=", gateway.id),
                ("text_id", "=", self.id),
                ("state", "!=", "refused"),
            ],
            limit=1,
        )
        body = filed_text.draft(self.body, NAMES, has_ending=self.kind != "service")
        return known or templates.create(
            {
                "gateway_id": gateway.id,
                "text_id": self.id,
                "purpose": "service" if self.kind == "service" else "care",
                "body": body,
            }
        )

    @api.model
    def _show(self, templates):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "vip_care_sms.vip_sms_template_action"
        )
        action |= {"domain": [("id", "in", templates.ids)], "context": {}}
        if len(templates) == 1:
            action |= {"res_id": templates.id, "views": [(False, "form")]}
        return action
