from odoo import models
from odoo.tools import SQL


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merging keeps every contact with the merged members, and cares for one of them.

    What both were meant to have for the same reason is had once: Odoo would delete all
    contacts of the other, because the database keeps reasons apart.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self.env.flush_all()
        self.env.cr.execute(self._query_same_reason(src_partners, dst_partner))
        self.env["vip.care.task"].invalidate_model()
        moved = self.env["vip.care.task"].sudo()  # her contacts, whoever merges
        moved = moved.search(
            [("partner_id", "in", src_partners.ids), ("state", "=", "planned")]
        )
        result = super()._update_foreign_keys(src_partners, dst_partner)
        moved.invalidate_recordset()
        if dst_partner.is_vip_member:
            self._vip_merge_care(dst_partner, moved)
        return result

    def _vip_merge_care(self, partner, moved):
        """Give what is open to the owner of the one who stays, with fitting words."""
        partner = partner.sudo()  # as above
        moved.write(
            {
                "owner_id": partner.vip_owner_id.id,
                "store_id": partner.vip_store_id.id,
                "company_id": partner.vip_company_id.id,
            }
        )
        self.env["vip.care.guard"]._forbid(partner)
        day = partner.vip_store_id._vip_today()
        self.env["vip.care.planner"].sudo()._settle_open(partner, day)
        texts = moved.search(
            [
                ("partner_id", "=", partner.id),
                ("state", "=", "planned"),
                ("channel", "=", "message"),
                ("text_kind", "!=", False),
            ]
        )
        # Either may have had the other's words, and somebody else may sign them now.
        texts.write({"text_id": False, "body": False})
        if texts:
            self.env["vip.care.text"].sudo()._give(texts)

    def _query_same_reason(self, src_partners, dst_partner):
        """Return SQL that leaves one of the contacts planned for the same reason.

        The one done, else the one open, else that of the contact who stays. SQL: the
        key of the others changes, which no other path may do.
        """
        partners = src_partners | dst_partner
        return SQL(
            """
            UPDATE vip_care_task t
               SET occasion_key = t.occasion_key || ':merged:' || t.id,
                   state = CASE t.state WHEN 'planned' THEN 'cancelled'
                                        ELSE t.state END,
                   guard = CASE t.state WHEN 'planned' THEN 'repeat' ELSE t.guard END
              FROM (
                SELECT id, row_number() OVER (
                           PARTITION BY rule_id, occasion_key
                           ORDER BY state <> 'done', state <> 'planned',
                                    partner_id <> %s, id) AS place
                  FROM vip_care_task WHERE partner_id = ANY(%s)
                   ) same
             WHERE t.id = same.id AND same.place > 1
            """,
            dst_partner.id,
            partners.ids,
        )
