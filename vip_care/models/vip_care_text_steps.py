from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

WORDS = {
    "trigger",
    "occasion_id",
    "kind",
    "tone",
    "year",
    "lang",
    "body",
    "company_id",
}
# Set by the steps, never by a form, an import or a call from outside.
STEPS = {"state", "approved_by_id", "approved_at", "key", "counted", "counted_to"}
ONCE_APPROVED = ("approved", "retired")
HEAD_OFFICE = "vip_care.group_head_office"


class VipCareText(models.Model):
    """From draft to approved to retired; what members may have had stays as it is."""

    _inherit = "vip.care.text"

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        if any(self._is_step(vals) for vals in vals_list):
            raise UserError(self.env._("A new text is a draft: submit it afterwards."))
        # Named, so that no default in a caller's context takes their place.
        fresh = dict.fromkeys(STEPS, False) | {"state": "draft"}
        return super().create([vals | fresh for vals in vals_list])

    @api.model
    def _create_approved(self, vals_list):
        """Create texts that come with the add-on; the message guard reads them too."""
        approved = {"state": "approved", "approved_at": fields.Datetime.now()}
        return self.sudo().create([vals | approved for vals in vals_list])

    @staticmethod
    def _is_step(vals):
        others = STEPS.intersection(vals) - {"state"}
        return vals.get("state", "draft") != "draft" or any(vals[n] for n in others)

    def write(self, vals):
        if not STEPS.isdisjoint(vals) and not self.env.su:
            raise UserError(
                self.env._("A text is approved and retired by its buttons only.")
            )
        if not WORDS.isdisjoint(vals):
            self._check_may_rewrite()
        result = super().write(vals)
        if not WORDS.isdisjoint(vals) and not self._is_head_office():
            # Head office approves what it has read, not what came later.
            self.filtered(lambda t: t.state == "submitted")._step({"state": "draft"})
        return result

    def _check_may_rewrite(self):
        if any(text.state in ONCE_APPROVED for text in self):
            raise UserError(
                self.env._(
                    "Members may have had this text: it stays as it is. Copy it,"
                    " change the copy and retire this one."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(text.state != "draft" for text in self):
            raise UserError(
                self.env._("Only drafts are deleted. Retire a text nobody shall get.")
            )

    def _step(self, vals):
        """Write what only steps write; their callers have checked who may."""
        return self.sudo().write(vals)

    def _is_head_office(self):
        return self.env.su or self.env.user.has_group(HEAD_OFFICE)

    def _check_step(self, states):
        self.check_access("write")
        if not self._is_head_office():
            raise AccessError(self.env._("Only head office decides on texts."))
        self._check_state(states)

    def _check_state(self, states):
        if any(text.state not in states for text in self):
            raise UserError(
                self.env._("This is not the time for it: look at the text's state.")
            )

    def action_submit(self):
        """Propose drafts to head office."""
        self.check_access("write")
        self._check_state(("draft",))
        self._step({"state": "submitted", "reply": False})
        self._tell_head_office(type(self)._proposal, self.company_id)
        return True

    def _proposal(self):
        """Return title and body of the message about proposed texts."""
        body = self.env._("A store proposes words for members.")
        link = Markup('<p><a href="/odoo/vip-texts">%s</a></p>') % body
        return self.env._("Texts to approve"), link

    def action_approve(self):
        """Let planned messages take these texts from now on."""
        self._check_step(("draft", "submitted"))
        self._check_body()  # the guard may have learnt since they were written
        vals = {"state": "approved", "approved_by_id": self.env.uid, "reply": False}
        self._step(vals | {"approved_at": fields.Datetime.now()})
        return True

    def action_send_back(self, reason=None):
        """Return proposed texts to who wrote them; `reason` or the field says why."""
        self._check_step(("submitted",))
        for text in self:
            why = (reason if isinstance(reason, str) else text.reply or "").strip()
            if not why:
                raise UserError(self.env._("Write what should be different."))
            text._step({"state": "draft", "reply": why})
            text._tell_author(why)
        return True

    def action_retire(self):
        """Give these texts to nobody any more."""
        self._check_step(("approved",))
        self._step({"state": "retired"})
        return True

    def _tell_author(self, why):
        author = self.create_uid.sudo()  # head office need not read users
        if author == self.env.user or not author.active:
            return
        text = self.with_context(lang=author.lang or "en_US")
        link = Markup('<p><a href="/odoo/vip-texts/%s">%s</a></p>') % (
            self.id,
            text.env._("The text"),
        )
        self.env["mail.thread"].sudo().message_notify(  # it is the system that tells
            partner_ids=author.partner_id.ids,
            subject=text.env._("A text came back"),
            body=Markup("<p>%s</p>") % why + link,
        )

    @api.model
    def _head_office_users(self, companies):
        """Return who of head office looks after texts, of these companies or all."""
        users = self.env.ref(HEAD_OFFICE).sudo().all_user_ids  # no secret of the chain
        return users.filtered(
            lambda user: (
                user.active
                and not user.share
                and (not companies or user.company_ids & companies)
            )
        )

    def _tell_head_office(self, compose, companies):
        """Send head office what `compose(texts)` returns, in each one's language."""
        for user in self._head_office_users(companies) - self.env.user:
            subject, body = compose(self.with_context(lang=user.lang or "en_US"))
            self.env["mail.thread"].sudo().message_notify(  # the system tells
                partner_ids=user.partner_id.ids, subject=subject, body=body
            )
