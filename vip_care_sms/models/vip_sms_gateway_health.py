from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

SYSTEM, HEAD_OFFICE = "base.group_system", "vip_care.group_head_office"
LENGTH = 200
# A request waits for it.
SECONDS = 20


class VipSmsGateway(models.Model):
    """Whether it runs: it stops with one alert, and starts again by a person only."""

    _inherit = "vip.sms.gateway"

    def _pause(self, reason):
        """Send nothing more until somebody resumes; tell who can do something, once.

        Two that find it out at once conflict in the row, and the second, starting
        again, finds it paused.
        """
        self.ensure_one()
        gateway = self.sudo()  # what stops it was found by a job or by a test
        gateway.invalidate_recordset(["state"])
        if gateway.state == "paused":
            return False
        company = gateway.company_id.partner_id
        gateway = gateway.with_context(lang=company.lang or self.env.lang)
        words = gateway.env._(str(reason)[:LENGTH])
        now = fields.Datetime.now()
        gateway.write({"state": "paused", "pause_reason": words, "paused_at": now})
        gateway.flush_recordset()
        gateway._alert(words)
        return True

    def _alert(self, reason):
        sentence = self.env._(
            "“%(gateway)s” sends no more messages. What is queued waits.",
            gateway=self.name,
        )
        self.message_post(
            body=Markup("<p>%s</p><p>%s</p>") % (sentence, reason),
            subject=self.env._("Text messages stand still"),
            partner_ids=self._keepers().partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )

    def _alert_of_reply(self):
        """Tell who can do something that a reply failed: neither whose nor what."""
        told = self.env._(
            "A reply that came by “%(gateway)s” could not be carried out. Somebody may"
            " have refused messages: settle it.",
            gateway=self.name,
        )
        link = Markup('<a href="/odoo/vip-replies-failed">%s</a>')
        self.message_post(
            body=Markup("<p>%s</p><p>%s</p>") % (told, link % self.env._("Look at it")),
            subject=self.env._("A reply could not be carried out"),
            partner_ids=self._keepers().partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )

    def _keepers(self):
        """Return who is told: head office of the company, and the administrators."""
        groups = self.env.ref(SYSTEM) + self.env.ref(HEAD_OFFICE)
        return self.env["res.users"].search(
            [
                ("all_group_ids", "in", groups.ids),
                ("company_ids", "in", self.company_id.ids),
                ("share", "=", False),
            ]
        )

    def action_resume(self):
        """Send on, once the settings can work."""
        for gateway in self._start(SYSTEM, HEAD_OFFICE):
            if not gateway.active:
                raise UserError(self.env._("Restore the gateway from the archive."))
            gateway._validate()
            broken = getattr(gateway._gateway(), "error", None)
            if broken:
                raise UserError(self._explained(broken))
            if gateway.state == "running":
                continue
            gateway.write(
                {"state": "running", "pause_reason": False}
                | {"paused_at": False, "unknown_in_a_row": 0}
            )
            gateway.message_post(
                body=self.env._("%s resumed sending.", self.env.user.name)
            )
        return True

    def action_check(self):
        """Ask whether the gateway answers and knows us; nothing is sent to anybody."""
        gateway = self._start(SYSTEM, HEAD_OFFICE)
        gateway.ensure_one()
        health = gateway._gateway().check()
        reason = self.env._(health.reason) if health.reason else ""
        if not health.is_well:
            gateway.write({"error_at": fields.Datetime.now(), "error_text": reason})
            return self._shown(self.env._("It does not work"), reason, "danger")
        gateway.write({"error_at": False, "error_text": False})
        balance = health.balance and self.env._("Balance: %s", health.balance)
        words = balance or self.env._("The gateway answers.")
        return self._shown(self.env._("It works"), words, "success")

    def action_send_now(self):
        """Send what is due, for a while; the job does the rest."""
        gateway = self._start(SYSTEM, HEAD_OFFICE)
        gateway.ensure_one()
        if gateway.state != "running":
            raise UserError(self.env._("The gateway is paused: resume it first."))
        count = gateway.env["vip.message"]._send_by(gateway, SECONDS)
        words = self.env._("%s messages were handed over.", count or 0)
        return self._shown(self.env._("Sent"), words, "success")

    def _start(self, *groups):
        """Return these gateways in sudo, for whoever is of one of the groups."""
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(self.env._("Only head office can do this."))
        self.check_access("read")
        return self.sudo()  # head office runs it without seeing its settings

    def _shown(self, title, words, kind):
        params = {"title": title, "message": words, "type": kind}
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": params | {"next": {"type": "ir.actions.client", "tag": "reload"}},
        }
