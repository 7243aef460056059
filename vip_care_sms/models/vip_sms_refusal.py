from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.vip_care.models.fence import fenced

from .vip_message import QUEUED

# Who refuses texts refuses all of them; calls and letters are another matter.
REFUSED = ("service", "care", "marketing")
# Offers are asked for anew.
RETURNED = ("service", "care")
BY_REPLY = {"channel": "sms", "method": "reply"}


class VipSmsRefusal(models.AbstractModel):
    """A number that refuses text messages, or wants them again.

    A refusal counts for everybody with this number, in every company; who wants
    messages again wants those of the company she wrote to. Called as the server.
    """

    _name = "vip.sms.refusal"
    _description = "Refusals of text messages"

    @api.model
    def _refuse(self, number, text, now=None):
        """Let this number get no message any more; tell whether that is new.

        In the transaction of whoever calls: what is planned or queued for the members
        with this number is cancelled with it, and their owners are told.
        """
        now = now or fields.Datetime.now()
        is_new = self.env["phone.blacklist"]._vip_block(number, now)
        self._withdraw(number, text)
        return is_new

    @api.model
    def _withdraw(self, number, text):
        """Record the refusal for those members who had not refused yet."""
        members = self._members(number)
        words = self.env["vip.consent"]._last_words(members.ids)
        members = members.filtered(
            lambda member: not self._has_refused(words.get(member.id, {}))
        )
        members._vip_record_consents(REFUSED, given=False, text=text, **BY_REPLY)
        self._tell_owners(members)

    @api.model
    def _has_refused(self, words):
        said = [words.get((purpose, "sms")) for purpose in REFUSED]
        return all(word and not word.given for word in said)

    @api.model
    def _members(self, number):
        everybody = self.env["res.partner"].with_context(active_test=False)
        return everybody.search(
            [("vip_phone_key", "=", number), ("is_vip_member", "=", True)], order="id"
        )

    @api.model
    def _take_back(self, number, text, company):
        """Let this number get messages again; return whether it had refused by reply.

        What people recorded stays as it is, and a person answers.
        """
        members = self._members(number)
        words = self.env["vip.consent"]._last_words(members.ids)
        members = members.filtered(lambda member: member.vip_company_id == company)
        refusals = {
            member: [
                word
                for purpose in REFUSED
                if (word := words.get(member.id, {}).get((purpose, "sms")))
                and not word.given
            ]
            for member in members
        }
        by_people = any(
            word.method != "reply" for said in refusals.values() for word in said
        )
        if by_people or not self._is_blocked_by_reply(number):
            return False
        self.env["phone.blacklist"]._vip_unblock(number)
        self._cancel_confirmations(number)
        members = members.filtered(lambda member: refusals[member])
        members._vip_record_consents(RETURNED, given=True, text=text, **BY_REPLY)
        return True

    @api.model
    def _cancel_confirmations(self, number):
        """Confirm no refusal that does not hold any more."""
        self.env["vip.message"].search(
            [
                ("kind", "=", "confirmation"),
                ("number", "=", number),
                ("state", "in", QUEUED),
            ]
        ).state = "cancelled"

    @api.model
    def _is_blocked_by_reply(self, number):
        """Tell whether the number is blocked, and since its last refusal by reply."""
        refusal = self.env["vip.message.reply"].search(
            [("number", "=", number), ("is_blocking", "=", True)],
            order="id desc",
            limit=1,
        )
        entry = self.env["phone.blacklist"]._vip_entry(number)
        return bool(
            refusal and entry.active and entry.write_date == refusal.received_at
        )

    @api.model
    def _tell_owners(self, members):
        """Send the owners of these members one message each: whose, not what."""
        for user, theirs in members.grouped(lambda m: m.vip_owner_id.user_id).items():
            if user.active:
                with fenced(self.env, "User %s is not told of a refusal", user.id):
                    self._tell_owner(user, theirs)

    def _tell_owner(self, user, members):
        members = members.with_context(lang=user.lang or "en_US")
        items = Markup().join(
            Markup('<li><a href="/odoo/vip-members/%s">%s</a></li>')
            % (member.id, member.name)
            for member in members
        )
        told = members.env._("They asked to get no more text messages:")
        members.env["mail.thread"].message_notify(
            partner_ids=user.partner_id.ids,
            # Not whose: titles are seen on lock screens.
            subject=members.env._("A member refuses text messages"),
            body=Markup("<p>%s</p><ul>%s</ul>") % (told, items),
            author_id=self.env.ref("base.partner_root").id,
        )
