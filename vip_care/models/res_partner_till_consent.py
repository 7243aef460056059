from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .res_partner_consent import ENROLMENT_PURPOSES


class ResPartner(models.Model):
    """What a member agrees to at the till: each purpose is kept once."""

    _inherit = "res.partner"

    def _vip_till_consents(self, said, store, moment):
        """Keep what she agreed to at the till, each purpose once."""
        if said:
            self._vip_take_turn()
        for purposes, shown in said:
            new = [name for name in purposes if not self._vip_has_said(name, moment)]
            self._vip_record_consents(
                new,
                given=True,
                text=shown,
                method="till",
                date=moment,
                store_id=store.id,
            )

    @api.model
    def _vip_till_said(self, values, asked):
        """Return what she agreed to: purposes and the text as shown."""
        text = asked["consent_text"]
        said = []
        if values.get("consent"):
            said.append((ENROLMENT_PURPOSES, text))
        if values.get("consent_marketing"):
            said.append((("marketing",), asked["marketing_text"] or text))
        if not all(shown for _purposes, shown in said):
            raise UserError(
                self.env._(
                    "A consent is kept with the text she agreed to, and the till sent"
                    " none. Reload the till, or enrol her without it."
                )
            )
        return said

    def _vip_has_said(self, purpose, moment):
        """Tell whether she agrees already, or was recorded as agreeing just then.

        What she agreed to with another number she is asked, and says, again.
        """
        outdated = self._vip_outdated_consents().mapped("purpose")
        return bool(
            (self._vip_has_consent(purpose) and purpose not in outdated)
            or self.env["vip.consent"].search_count(
                [
                    ("partner_id", "=", self.id),
                    ("purpose", "=", purpose),
                    ("given", "=", True),
                    ("date", "=", moment),
                ],
                limit=1,
            )
        )

    def _vip_take_turn(self):
        """Let two tills not record the same consent at once.

        A lock would not do: the second would go on with what it saw before. After a
        change of the row PostgreSQL refuses it, and Odoo tries the request again.
        """
        self.flush_recordset()
        self.env.execute_query(
            SQL(
                "UPDATE res_partner SET is_vip_member = is_vip_member"
                " WHERE id = %s RETURNING id",
                self.id,
            )
        )
