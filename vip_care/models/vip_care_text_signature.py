from odoo import models

from .vip_care_text_render import _filled, body_digest


class VipCareText(models.Model):
    """Words are signed by who looks after the member now, not when they were given."""

    _inherit = "vip.care.text"

    def _sign_anew(self, tasks):
        """Fill in the names of today; return the contacts that were reworded by hand.

        Those are left as they are: their signature is part of what somebody wrote.
        """
        tasks = tasks.filtered(lambda task: task.state == "planned" and task.body)
        if not tasks:
            return tasks
        self = self.sudo()  # names of stores and colleagues
        langs = self._bank_langs()
        rows, reworded = [], tasks.browse()
        for task_id, who in self._addressees(tasks).items():
            task = tasks.browse(task_id).sudo()
            text = task.text_id
            names = self._names(who, {0: {text.lang}} if text else langs)
            words = text.body or task.event_id.invitation or ""
            body = _filled(words, names)
            digest = body_digest(body, names)
            if digest != task.body_digest:
                reworded |= tasks.browse(task_id)
            elif body != task.body:
                rows.append(
                    (task_id, text.id or None, body, digest, task.guard or None)
                )
        if rows:
            self.env.execute_query(self._query_write_given(rows))
            tasks.invalidate_recordset(["body", "body_digest"])
        return reworded
