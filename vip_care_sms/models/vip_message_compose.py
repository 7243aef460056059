import logging

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.vip_care.tools.phone import mask_number

from ..gateways.base import Outgoing
from ..tools.segments import count_parts

_logger = logging.getLogger(__name__)
STEP = 5_000


class VipMessage(models.Model):
    """The whole text of a message, its parts and what it costs."""

    _inherit = "vip.message"

    def _compose_all(self, gateway, plain):
        """Return {message: Outgoing} of those whose text can leave.

        The others have failed with the reason; a text that cannot even be composed
        harms itself only.
        """
        try:
            with self.env.cr.savepoint():
                return self._compose_each(gateway, plain)
        except self._REPEATED:
            raise
        except Exception:  # noqa: BLE001 one of them: find it
            found = {}
        for message in self:
            try:
                with self.env.cr.savepoint():
                    found |= message._compose_each(gateway, plain)
            except self._REPEATED:
                raise
            except Exception:
                _logger.exception("Text message %s cannot be composed", message.uuid)
                message._fail_text(self.env._("Its words cannot be composed."))
        return found

    def _compose_each(self, gateway, plain):
        found = {}
        for message in self:
            try:
                found[message] = message._compose(gateway, plain)
            except UserError as error:
                message._fail_text(str(error))
        return found

    def _compose(self, gateway, plain):
        """Return what is handed over; UserError says which words to change."""
        number = self._whole_number()
        if self.kind != "care":
            return Outgoing(self.uuid, number, self.body, None)
        task = self.task_id
        countries = self.env["vip.sms.country"]
        country = self.env["vip.care.guard"]._country(task)
        day = task._today()
        text = countries._compose(task.body, gateway, country, self.purpose, day)
        if found := countries._check(text, country, self.purpose, day):
            raise UserError("\n".join(found))
        call = None
        if plain.has_templates:
            call = self.env["vip.sms.template"]._match(gateway, task.body)
            if not call:
                raise UserError(
                    self.env._("No approved template of the gateway has these words.")
                )
        return Outgoing(self.uuid, number, text, call)

    def _whole_number(self):
        return self.task_id.partner_id.vip_phone_key or self.number

    def _text_vals(self, gateway, outgoing):
        """Return the values that keep what is handed over."""
        parts = count_parts(outgoing.text, gateway.counting)
        return {
            "number": outgoing.number,
            "number_masked": mask_number(outgoing.number),
            "body": outgoing.text,
            "template_id": self._template_id(gateway, outgoing.template),
            "parts": parts,
            "cost": parts * gateway.price,
        }

    def _template_id(self, gateway, call):
        if not call:
            return False
        return (
            self.env["vip.sms.template"]
            .search([("gateway_id", "=", gateway.id), ("code", "=", call.code)])
            .id
        )

    def _fail_text(self, reason):
        """The words have to change: the contact goes back to the associate."""
        self.write({"state": "failed", "guard": "words", "reason": reason})
        self.task_id.filtered(lambda task: task.state == "planned").guard = "words"

    def _estimate(self):
        """Write how many parts the words of queued messages take today, and the cost.

        The words count when they leave; until then this is a guess.
        """
        countries = self.env["vip.sms.country"]
        for message in self:
            task, gateway = message.task_id, message.gateway_id
            country = task.store_id.country_id or task.company_id.country_id
            text = countries._compose(
                task.body or "", gateway, country, message.purpose, message.until
            )
            parts = count_parts(text, gateway.counting)
            if parts != message.parts:
                message.write({"parts": parts, "cost": parts * gateway.price})

    @api.model
    def _estimate_in_steps(self, ids):
        """Estimate many messages, committing in between."""
        for at in range(0, len(ids), STEP):
            step = ids[at : at + STEP]
            self._committing(lambda step=step: self.browse(step)._estimate())
            self.env.invalidate_all()
