from odoo import models


class VipCareGuard(models.AbstractModel):
    """May this member be contacted so, now? One answer for every channel and path."""

    _name = "vip.care.guard"
    _description = "Guards of a contact"
