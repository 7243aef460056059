from odoo import models
from odoo.tools import SQL


class ResPartner(models.Model):
    """Who takes over a member takes over the words planned for her, signed anew."""

    _inherit = "res.partner"

    def _vip_follow_work(self, which=None):
        self.env.flush_all()
        found = self.env.execute_query(self._query_to_sign(which or SQL("TRUE")))
        result = super()._vip_follow_work(which)
        tasks = self.env["vip.care.task"].sudo()  # open work moves whoever moves her
        tasks = tasks.browse(row[0] for row in found)
        texts = self.env["vip.care.text"].sudo()
        reworded = texts._sign_anew(tasks)
        # They name the former associate, and were hers to say.
        reworded |= tasks.filtered(self._is_of_another_company)
        if reworded:
            reworded.write({"body": False, "text_id": False})
            texts._give(reworded)
        return result

    @staticmethod
    def _is_of_another_company(task):
        """Tell whether its words are from the bank of a company she left."""
        return bool(task.text_id.company_id - task.company_id)

    def _query_to_sign(self, which):
        """Return SQL: planned contacts with words that change hands by `which`.

        SQL: its condition is the one of `_query_follow_work`.
        """
        return SQL(
            """
            SELECT w.id FROM vip_care_task w
              JOIN res_partner m ON m.id = w.partner_id
             WHERE w.state = 'planned' AND w.body_digest IS NOT NULL AND %s
               AND %s
            """,
            which,
            self._query_moved(),
        )
