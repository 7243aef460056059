from datetime import timedelta

import pytz

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import format_date, format_time

# Not out yet, nor given up: the outbox sees to it.
PENDING = ("waiting", "ready", "reserved")
# Whom the log names where nobody queued it: the jobs.
BY_ITSELF = (False, SUPERUSER_ID)


class VipMessage(models.Model):
    """What the outbox tells of a message: its words, and what became of it."""

    _inherit = "vip.message"

    rule_id = fields.Many2one(related="task_id.rule_id")
    words = fields.Text(
        "Text",
        compute="_compute_words",
        help="As sent. Of what waits: as it would be sent now, without signature.",
    )
    story = fields.Char("What became of it", compute="_compute_story")

    @api.depends("partner_id", "number_masked", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for message in self:
            # sudo: whoever reads the message may read whose it is
            name = message.sudo().partner_id.name
            message.display_name = name or message.number_masked or kinds[message.kind]

    @api.depends("body", "task_id.body")
    def _compute_words(self):
        for message in self:
            # sudo: whoever reads the message may read its words
            message.words = message.body or message.sudo().task_id.body

    @api.depends("state", "reason", "guard", "send_from", "gateway_id.state")
    @api.depends_context("lang")
    def _compute_story(self):
        stories = self._stories()
        for message in self:
            story = stories.get(message.state) or message._story_ready()
            why = message.reason or message._guard_sentence()
            if message.state == "cancelled" and why:
                story = why  # it says who, or what
            elif why and message.state not in ("delivered", *PENDING):
                story = self.env._("%(story)s %(why)s", story=story, why=why)
            message.story = story

    @api.model
    def _stories(self):
        """Return {state: sentence}; what is queued depends on its hour."""
        return {
            "waiting": self.env._("Waits until head office confirms it."),
            "reserved": self.env._("Is being handed to the gateway."),
            "unknown": self.env._(
                "Nobody knows whether it arrived. It is not sent again by itself."
            ),
            "accepted": self.env._("The gateway has it; no report yet."),
            "sent": self.env._("On its way to the phone; no report yet."),
            "delivered": self.env._("On the phone."),
            "undelivered": self.env._("Did not reach the phone."),
            "rejected": self.env._("The network refused it."),
            "failed": self.env._("It was not sent."),
            "blocked": self.env._("It was held back."),
            "cancelled": self.env._("Taken back before it was sent."),
            "dropped": self.env._("Its last day was over before it could be sent."),
        }

    def _story_ready(self):
        gateway = self.gateway_id.sudo()  # that it stands still is no secret
        if gateway and gateway.state != "running":
            return self.env._(
                "The gateway stands still. The message goes out when it runs again."
            )
        if not self.send_from or self.send_from <= fields.Datetime.now():
            return self.env._("On its way.")
        if not self._is_by_itself():
            return self.env._("Goes out %(when)s.", when=self._when_text())
        return self.env._("Goes out by itself %(when)s.", when=self._when_text())

    def _is_by_itself(self):
        return self.queued_by_id.id in BY_ITSELF

    def _when_text(self):
        """Return the hour it goes out, as people in its store say it."""
        store = self.store_id.sudo()  # the clock is no secret
        today = store._vip_today()
        zone = store.tz or self.env.user.tz or "UTC"
        moment = pytz.utc.localize(self.send_from).astimezone(pytz.timezone(zone))
        time = format_time(self.env, moment.time(), time_format="HH:mm")
        if moment.date() == today:
            return self.env._("at %(time)s", time=time)
        if moment.date() == today + timedelta(days=1):
            return self.env._("tomorrow at %(time)s", time=time)
        day = format_date(self.env, moment.date())
        return self.env._("on %(day)s at %(time)s", day=day, time=time)

    def _guard_sentence(self):
        if not self.guard:
            return ""
        labels = dict(self._fields["guard"]._description_selection(self.env))
        return self.env._("%(reason)s.", reason=labels[self.guard])
