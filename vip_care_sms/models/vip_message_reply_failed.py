from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError

from .vip_message_reply import LOG

HEAD_OFFICE = "vip_care.group_head_office"
QUIET = timedelta(hours=1)
OPPOSITE = {"refusal": "return", "return": "refusal"}


class VipMessageReply(models.Model):
    """What a reply asks for and could not be done: told of, and settled by a person."""

    _inherit = "vip.message.reply"

    settled_by_id = fields.Many2one(
        "res.users", "Settled by", ondelete="set null", **LOG
    )
    settled_at = fields.Datetime("Settled at", **LOG)
    trouble = fields.Selection(
        [("failed", "Not carried out"), ("settled", "Settled")],
        "State",
        compute="_compute_trouble",
    )

    _failed_idx = models.Index("(company_id) WHERE is_failed")

    @api.depends("is_failed", "settled_at")
    def _compute_trouble(self):
        for reply in self:
            settled = "settled" if reply.settled_at else False
            reply.trouble = "failed" if reply.is_failed else settled

    def action_carry_out(self):
        """Do once more what these replies ask for."""
        replies = self._start_step()
        for reply in replies:
            reply._carry_out_again()
        done = replies.filtered(lambda reply: not reply.is_failed)
        done._note_settled()
        return True if done == replies else self._tell_still_failed()

    def action_done(self):
        """Note that somebody has done by hand what these replies ask for."""
        self._start_step()._note_settled()
        return True

    def _start_step(self):
        """Return these replies in sudo, not settled yet and for whoever may."""
        if not self.env.user.has_group(HEAD_OFFICE):
            raise AccessError(self.env._("Only head office can do this."))
        self.check_access("read")
        replies = self.exists().sudo()
        if not replies or any(not reply.is_failed for reply in replies):
            raise UserError(self.env._("This reply is settled already."))
        return replies

    def _note_settled(self):
        self.write(
            {
                "is_failed": False,
                "settled_by_id": self.env.uid,
                "settled_at": fields.Datetime.now(),
            }
        )

    def _carry_out_again(self):
        """Do what she asks for as when it came; it stays marked if that fails again."""
        if self._is_overtaken():
            raise UserError(
                self.env._(
                    "She has said the opposite since. If nothing is left to do, choose"
                    " Done."
                )
            )
        lang = self.company_id.partner_id.lang or "en_US"
        # By the system, as when it came: these are her words, not head office's.
        env = self.env(user=SUPERUSER_ID, context={"lang": lang})
        reply = self.with_env(env).with_company(self.company_id)
        reply.number = reply._whole_number(reply.gateway_id, reply.number)
        reply.is_failed = False
        reply._carry_out()

    def _is_overtaken(self):
        """Tell whether she has said the opposite since, in writing or to a person."""
        later = [
            ("number", "=", self.number),
            ("id", ">", self.id),
            ("meaning", "=", OPPOSITE.get(self.meaning)),
        ]
        if self.meaning in OPPOSITE and self.search_count(later, limit=1):
            return True
        members = self.env["vip.sms.refusal"]._members(self.number)
        words = self.env["vip.consent"]._last_words(members.ids)
        return bool(members and self.meaning == "refusal") and all(
            any(
                word.given and word.date > self.received_at
                for (_purpose, channel), word in words.get(member.id, {}).items()
                if channel == "sms"
            )
            for member in members
        )

    def _tell_still_failed(self):
        params = {
            "title": self.env._("Still not carried out"),
            "message": self.env._(
                "Do by hand what she asks for: a number that refuses is to be blocked."
                " Then choose Done."
            ),
            "type": "danger",
            "next": {"type": "ir.actions.client", "tag": "soft_reload"},
        }
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": params,
        }

    def _tell_of_failed(self, gateway):
        """Tell head office if any of these failed, after an hour without only."""
        failed = self.filtered("is_failed")
        earlier = [
            ("gateway_id", "=", gateway.id),
            ("is_failed", "=", True),
            ("received_at", ">", fields.Datetime.now() - QUIET),
            ("id", "not in", failed.ids),
        ]
        if failed and not self.search_count(earlier, limit=1):
            failed[:1]._try(gateway._alert_of_reply)
