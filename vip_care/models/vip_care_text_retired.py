from odoo import models


class VipCareText(models.Model):
    """What is retired leaves by no path: planned contacts get other words."""

    _inherit = "vip.care.text"

    def action_retire(self):
        """Give these texts to nobody any more, nor to whom they were given already."""
        result = super().action_retire()
        # sudo: contacts of all owners, by who answers for the words
        tasks = self.env["vip.care.task"].sudo()
        self._replace_retired(
            tasks.search([("text_id", "in", self.ids), ("state", "=", "planned")])
        )
        return result

    def _replace_retired(self, tasks):
        """Take words of retired texts from planned contacts and give others.

        What an associate worded herself stays hers, and is of no text any more.
        """
        self = self.sudo()  # the bank, whoever contacts her
        tasks = tasks.sudo().filtered(
            lambda task: task.state == "planned" and task.text_id.state == "retired"
        )
        if not tasks:
            return
        reworded = self._sign_anew(tasks)
        reworded.write({"text_id": False})
        self._give_anew(tasks - reworded)
