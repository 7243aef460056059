from odoo import models
from odoo.tools import SQL

FOLLOWED = {"vip_owner_id", "vip_store_id", "company_id"}
FOLLOWING = ("vip.care.task", "vip.feedback", "vip.dormancy.line")


class ResPartner(models.Model):
    """Open work about a member is with her owner, her store and its company, whoever
    they become. A dormancy review stays its store's: of it, only the owner follows.
    """

    _inherit = "res.partner"

    def write(self, vals):
        result = super().write(vals)
        if not FOLLOWED.isdisjoint(vals):
            self._vip_follow_work(SQL("m.id = ANY(%s)", self.ids))
        return result

    def _vip_follow_work(self, which=None):
        """Give open work to the owners and stores its members have now.

        `which` is a condition on `res_partner m` or on the work `w`; without it all
        open work is looked through, for what a job planned while a member moved.
        """
        self.env["res.partner"].flush_model([*FOLLOWED, "vip_company_id"])
        for name in FOLLOWING:
            self.env[name].flush_model()
        self.env.cr.execute(self._query_follow_work(which or SQL("TRUE")))
        for name in FOLLOWING:
            self.env[name].invalidate_model(["owner_id", "store_id"])
        for name in ("vip.care.task", "vip.feedback"):
            self.env[name].invalidate_model(["company_id"])

    def _query_follow_work(self, which):
        """Return the statement: one for the thousands a leaver hands over."""
        return SQL(
            """
            WITH task AS (
                UPDATE vip_care_task w
                   SET owner_id = m.vip_owner_id, store_id = m.vip_store_id,
                       company_id = COALESCE(m.vip_company_id, w.company_id)
                  FROM res_partner m
                 WHERE m.id = w.partner_id AND w.state = 'planned' AND %(which)s
                   AND %(moved)s
            ), line AS (
                UPDATE vip_dormancy_line w SET owner_id = m.vip_owner_id
                  FROM res_partner m, vip_dormancy_review r
                 WHERE m.id = w.partner_id AND r.id = w.review_id
                   AND r.state = 'open' AND %(which)s
                   AND w.owner_id IS DISTINCT FROM m.vip_owner_id
            )
            UPDATE vip_feedback w
               SET owner_id = m.vip_owner_id, store_id = m.vip_store_id,
                   company_id = COALESCE(m.vip_company_id, w.company_id)
              FROM res_partner m
             WHERE m.id = w.partner_id AND w.is_open AND %(which)s
               AND %(moved)s
            """,
            which=which,
            moved=self._query_moved(),
        )

    def _query_moved(self):
        """The condition that the work `w` is not where its member `m` is.

        Who is no member any more has no company: her work keeps its own.
        """
        return SQL(
            """(w.owner_id, w.store_id, w.company_id) IS DISTINCT FROM (
                m.vip_owner_id, m.vip_store_id,
                COALESCE(m.vip_company_id, w.company_id))"""
        )
