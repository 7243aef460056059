import pytz

from odoo import fields, models


class ResPartner(models.Model):
    """Whoever serves a member learns that she has an open complaint."""

    _inherit = "res.partner"

    def _vip_till_matters(self, config, own):
        """Complaints come before promises; only her own people are told which."""
        matters = super()._vip_till_matters(config, own)
        complaints = (
            self.env["vip.feedback"]
            .sudo()  # as for promises
            .search_fetch(
                [
                    ("partner_id", "=", self.id),
                    ("kind", "=", "complaint"),
                    ("is_open", "=", True),
                ],
                ["subject", "deadline", "owner_id"],
                order="deadline, id",
            )
        )
        zone = pytz.timezone(config.vip_store_id.sudo().tz or "UTC")
        now = fields.Datetime.now()
        subjects = dict(
            complaints._fields["subject"]._description_selection(self.env)
            if own
            else ()
        )
        return [
            {
                "kind": "complaint",
                "text": subjects.get(complaint.subject, False),
                "due": bool(own and complaint.deadline)
                and str(pytz.utc.localize(complaint.deadline).astimezone(zone).date()),
                "late": bool(own and complaint.deadline and complaint.deadline < now),
                "owner": complaint.owner_id.name or False,
            }
            for complaint in complaints
        ] + matters
