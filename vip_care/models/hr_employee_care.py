from odoo import models
from odoo.tools import SQL


class HrEmployee(models.Model):
    """Contacts to make and members' voices go with the members; none stays behind."""

    _inherit = "hr.employee"

    def _vip_open_work(self):
        work = super()._vip_open_work()
        # sudo: how much it is is no secret of who archives her
        tasks, voices = (
            self.env["vip.care.task"].sudo(),
            self.env["vip.feedback"].sudo(),
        )
        planned = tasks.search_count(
            [("owner_id", "=", self.id), ("state", "=", "planned")]
        )
        open_voices = voices.search_count(
            [("owner_id", "=", self.id), ("is_open", "=", True)]
        )
        if planned:
            work.append((self.env._("planned contacts"), planned, "vip.care.task"))
        if open_voices:
            work.append(
                (self.env._("open matters of members"), open_voices, "vip.feedback")
            )
        return work

    def _vip_hand_over_work(self, successors):
        """The members have moved: what is still hers goes where its member is now.

        That is work on former members too, who have nobody from now on.
        """
        result = super()._vip_hand_over_work(successors)
        self.env["res.partner"]._vip_follow_work(SQL("w.owner_id = %s", self.id))
        return result

    def _vip_take_back_work(self, partner_ids):
        result = super()._vip_take_back_work(partner_ids)
        self.env["res.partner"]._vip_follow_work(
            SQL("m.id = ANY(%s)", list(partner_ids))
        )
        return result
