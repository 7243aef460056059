import uuid
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import mute_logger

# A country's languages, where the member's is not known.
LANGS = {
    "CN": ("zh_CN",),
    "TW": ("zh_TW",),
    "HK": ("zh_HK", "zh_TW"),
    "MO": ("zh_HK", "zh_TW"),
}
ONCE = timedelta(hours=24)


class VipMessageReply(models.Model):
    """What a reply asks of us: an answer, or the confirmation that it was heard."""

    _inherit = "vip.message.reply"

    def _ask_owner(self):
        """Let her owner answer: a contact for today, one for all she writes meanwhile.

        Without an owner it is on the list of her store.
        """
        member, rule = self.partner_id, self._answering_rule()
        if not (rule and member.active and member.is_vip_member):
            return
        store = member.vip_store_id.with_company(self.company_id)
        today = store._vip_today()
        until = today + timedelta(days=rule.window_days - 1)
        task = self.env["vip.care.task"].search(
            [
                ("partner_id", "=", member.id),
                ("trigger", "=", "reply"),
                ("state", "=", "planned"),
                ("until", ">=", today),
            ],
            limit=1,
        )
        if not task:
            task = self._make_task(self._prepare_task_vals(rule, today, until))
        elif task.until < until:
            task.until = until
        self.task_id = task

    def _answering_rule(self):
        companies = [False, self.company_id.id]
        return self.env["vip.care.rule"].search(
            [("trigger", "=", "reply"), ("company_id", "in", companies)], limit=1
        )

    def _prepare_task_vals(self, rule, today, until):
        member = self.partner_id
        tasks = self.env["vip.care.task"]
        earlier = tasks.search_count(
            [("partner_id", "=", member.id), ("trigger", "=", "reply")]
        )
        return {
            "partner_id": member.id,
            "rule_id": rule.id,
            # Of two replies at the same moment only one makes a contact.
            "occasion_key": f"reply:{member.id}:{earlier}",
            "trigger": "reply",
            "company_id": self.company_id.id,
            "store_id": member.vip_store_id.id,
            "owner_id": member.vip_owner_id.id,
            "channel": rule.channel,
            "purpose": rule.purpose,
            "text_kind": rule.text_kind,
            "tone": "neutral",
            "priority": rule.priority,
            "cap_days": rule.cap_days,
            "event_date": today,
            "due_date": today,
            "until": until,
        }

    def _make_task(self, vals):
        try:
            with mute_logger("odoo.sql_db"):
                return self.env["vip.care.task"].create(vals)
        except UniqueViolation as error:
            # Another reply of hers is being taken: again, when it can be seen.
            raise ConcurrencyError("Two replies at once") from error

    def _confirm(self):
        """Queue the confirmation of a refusal where her country wants one."""
        country = self._country()
        store = self.env["vip.store"].with_company(self.company_id)
        today = store._vip_today()
        law = self.env["vip.sms.country"]._of(country, today)
        is_late = fields.Datetime.now() - self.received_at > ONCE  # carried out again
        messages = self.env["vip.message"]
        recent = [
            ("number", "=", self.number),
            ("kind", "=", "confirmation"),
            ("state", "!=", "cancelled"),
            ("send_from", ">", self.received_at - ONCE),
        ]
        if not law.confirms_refusal or is_late:
            return
        if messages.search_count(recent, limit=1):
            return
        # She is asleep, wherever she wrote from.
        send_from = law._next_opening(country, self.number, self.received_at)
        if send_from:
            body = self._confirmation_text(country, today)
            messages.create(self._prepare_confirmation_vals(body, send_from))

    def _confirmation_text(self, country, today):
        speaker = self.with_context(lang=self._her_lang(country))
        body = speaker.env._(
            "You will get no more text messages from %(company)s.",
            company=self.company_id.name,
        )
        countries, gateway = self.env["vip.sms.country"], self.gateway_id
        return countries._compose(body, gateway, country, "service", today)

    def _her_lang(self, country):
        """Return her language, else one of her country, else the company's."""
        wanted = (
            self.partner_id.lang,
            *LANGS.get(country.code, ()),
            self.company_id.partner_id.lang,
        )
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        return next((lang for lang in wanted if lang in installed), "en_US")

    def _prepare_confirmation_vals(self, body, send_from):
        member = self.partner_id
        return {
            "uuid": str(uuid.uuid4()),
            "kind": "confirmation",
            "state": "ready",
            "company_id": self.company_id.id,
            "gateway_id": self.gateway_id.id,
            "partner_id": member.id,
            "store_id": member.vip_store_id.id,
            "owner_id": member.vip_owner_id.id,
            "purpose": "service",
            "number": self.number,
            "number_masked": self.number_masked,
            "body": body,
            "priority": 100,
            "send_from": send_from,
            "until": send_from.date() + timedelta(days=1),
        }

    def _country(self):
        """Return the country of the number, else that of the company."""
        own = self.env["vip.sms.country"]._country_of(self.number)
        return own or self.company_id.country_id
