import logging

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.vip_care.tools.phone import mask_number

from ..gateways.base import Outgoing
from ..tools.around import wrap
from ..tools.segments import count_parts

_logger = logging.getLogger(__name__)


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
        templates = self.env["vip.sms.template"]
        if self.kind != "care":
            call = plain.has_templates and templates._match(gateway, self.body)
            return Outgoing(self.uuid, number, self.body, call or None)
        task = self.task_id
        country, day = self._country(), task._today()
        countries = self.env["vip.sms.country"]
        if found := countries._check(task.body, country, day):
            raise UserError("\n".join(found))
        text = countries._compose(task.body, gateway, country, self.purpose, day)
        call = None
        if plain.has_templates:
            call = templates._match(gateway, text, self.purpose)
            if not call:
                raise UserError(templates._why_not(gateway, text, self.purpose))
        return Outgoing(self.uuid, number, text, call)

    def _country(self):
        """Return the country of her number, whose rules its gateways follow."""
        own = self.env["vip.sms.country"]._country_of(self._whole_number())
        if own or self.kind != "care":
            return own or self.company_id.country_id
        return self.env["vip.care.guard"]._country(self.task_id)

    def _whole_number(self):
        return self.task_id.partner_id.vip_phone_key or self.number

    def _text_vals(self, gateway, said):
        """Return the values that keep what is handed over, as she reads it."""
        text = said.text
        template = self.env["vip.sms.template"]
        if said.template:
            text = template._text_of(gateway, said.template)
            template = template._template_of(gateway, said.template)
        elif self.kind == "care":
            text = self.env["vip.sms.country"]._whole(
                text, gateway, self._country(), self.purpose, self.task_id._today()
            )
        parts = count_parts(text, gateway.counting)
        return {
            "number": said.number,
            "number_masked": mask_number(said.number),
            "body": text,
            "template_id": template.id,
            "parts": parts,
            "cost": parts * gateway.price,
        }

    def _fail_text(self, reason):
        """The words have to change: the contact goes back to the associate."""
        self.write({"state": "failed", "guard": "words", "reason": reason})
        self.task_id.filtered(lambda task: task.state == "planned").guard = "words"

    def _estimate(self):
        """Write how many parts the words of queued messages take today, and the cost.

        The words count when they leave; until then this is a guess.
        """
        rows = [
            (
                message.id,
                message.task_id.body,
                message.gateway_id.id,
                message.task_id.store_id.id,
                message.company_id.id,
                message.purpose,
                message.until,
            )
            for message in self
        ]
        for message_id, parts, cost in self._estimates(rows):
            self.browse(message_id).write({"parts": parts, "cost": cost})

    @api.model
    def _estimates(self, rows):
        """Return [(id, parts, cost)] of rows of id, words, gateway, store, company,
        purpose and day.

        What goes around the words is asked for once, however many they are.
        """
        ways, found = {}, []
        for row_id, body, *way in rows:
            way = tuple(way)
            if way not in ways:
                ways[way] = self._way(*way)
            around, counting, price = ways[way]
            parts = count_parts(wrap(body, around), counting)
            found.append((row_id, parts, parts * price))
        return found

    def _way(self, gateway_id, store_id, company_id, purpose, day):
        gateway = self.env["vip.sms.gateway"].browse(gateway_id)
        store = self.env["vip.store"].browse(store_id or None)
        company = self.env["res.company"].browse(company_id)
        country = store.country_id or company.country_id
        around = self.env["vip.sms.country"]._around(gateway, country, purpose, day)
        return around, gateway.counting, gateway.price
