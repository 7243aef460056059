from odoo import models
from odoo.tools import SQL


class VipCareTask(models.Model):
    """A contact that came to nothing may leave its reason to another one."""

    _inherit = "vip.care.task"

    def _free_keys(self, why):
        """Let these be planned anew: `why` and the id make their keys others."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE vip_care_task
                      SET occasion_key = occasion_key || ':' || %s || ':' || id
                    WHERE id = ANY(%s)""",
                why,
                self.ids,
            )
        )
        self.invalidate_recordset(["occasion_key"])
