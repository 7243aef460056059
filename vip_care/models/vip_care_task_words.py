from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..tools.message_guard import check
from ..tools.text_choice import Bank
from .vip_care_text_render import body_digest


class VipCareTask(models.Model):
    """The words of a contact, read by the message guard whoever writes them.

    An associate may reword what she was given; her words are held to the same rules,
    and to the same promise: nobody reads the same twice.
    """

    _inherit = "vip.care.task"

    body_digest = fields.Char(readonly=True, copy=False)

    # Whether a member has had these words; how often a text was given since a contact.
    _body_idx = models.Index("(partner_id, body_digest) WHERE body_digest IS NOT NULL")
    _given_idx = models.Index("(text_id, id) WHERE text_id IS NOT NULL")

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create([{**vals, "body_digest": False} for vals in vals_list])
        tasks.filtered("body")._take_words()
        return tasks

    def write(self, vals):
        if "body_digest" in vals and not self.env.su:
            raise UserError(self.env._("The digest follows the words."))
        if "body" not in vals:
            return super().write(vals)
        if any(task.state != "planned" for task in self):
            raise UserError(
                self.env._("This contact is over: its words stay as they were.")
            )
        result = super().write(vals)
        self._take_words()
        return result

    def _take_words(self):
        """Hold the words just written to the guard and keep their digest."""
        texts = self.env["vip.care.text"].sudo()  # names of store and associate
        addressees = texts._addressees(self)
        langs = texts._bank_langs()
        for task in self:
            who = addressees[task.id]
            names = texts._names(who, langs)
            digest = False
            if task.body and task.body.strip():
                task._check_words(names)
                digest = body_digest(task.body, names)
                task._check_new(texts, who, names, digest)
            task._keep_digest(digest)

    def _keep_digest(self, digest):
        vals = {"body_digest": digest}
        if digest and self.guard in ("no_text", "words"):
            vals["guard"] = False
        # sudo: whether a text is retired is no secret
        if digest and self.sudo().text_id.state == "retired":
            vals["text_id"] = False
        # sudo: only steps write these, whoever wrote the words
        self.sudo().write(vals)

    def _check_words(self, names):
        """Raise ValidationError if the guard finds something in the body.

        Who writes for the owner may sign with her own name.
        """
        is_service = self.purpose == "service"
        kind = self.text_kind or ("service" if is_service else "greeting")
        me = self.env.user.employee_id.sudo().name  # her own
        found = []
        for associate in filter(None, (names.associate, me)):
            found = check(
                self.body,
                kind,
                store=names.store,
                associate=associate,
                placeholders=False,
                names=(names.name, self.partner_id.sudo().name or ""),
            )
            if not found:
                return
        raise ValidationError(self.env["vip.care.text"]._refusal(found))

    def _check_new(self, texts, who, names, digest):
        """Raise ValidationError if she, or somebody near her on this day, had it."""
        rows = self.env.execute_query(self._query_same_words(digest))
        if rows:
            raise ValidationError(
                self.env._(
                    "She has had these words before. Write something new to her."
                )
            )
        if self.event_id and self.trigger == "activity":
            return  # one invitation for all who are invited
        need = texts._wanted(who, names, {})
        bank = Bank([])
        texts._fill_circles(bank, [who.partner_id], [need], but=self.ids)
        if bank.is_known(need, digest):
            raise ValidationError(
                self.env._(
                    "Somebody she knows gets these very words on this occasion. Write"
                    " something for her alone."
                )
            )

    def _query_same_words(self, digest):
        """Return SQL: another contact of the member with these words.

        SQL: in contacts this user may not see, as those of an earlier owner.
        """
        return SQL(
            """SELECT id FROM vip_care_task
                WHERE partner_id = %s AND body_digest = %s AND state <> 'cancelled'
                  AND id <> %s LIMIT 1""",
            self.partner_id.id,
            digest,
            self.id,
        )
