from typing import NamedTuple

from odoo import fields, models
from odoo.tools import SQL


class CareScope(NamedTuple):
    """Members of a company's stores where it is the same day; store id 0 is no store.

    `ahead` is the last day that is looked at: what comes by then and matters more
    keeps a lesser contact back. `only` is a condition on `res_partner m` where not all
    members are asked about. A forecast asks every trigger for what may come by then,
    also those of which nothing is known for sure.
    """

    company: models.BaseModel
    day: fields.Date
    ahead: fields.Date
    store_ids: list
    only: SQL | None = None
    is_forecast: bool = False

    @property
    def members(self):
        """The condition on `res_partner m` for the scope's members."""
        return SQL(
            """m.is_vip_member AND m.active AND m.vip_company_id = %s
               AND COALESCE(m.vip_store_id, 0) = ANY(%s) AND %s""",
            self.company.id,
            self.store_ids,
            self.only or SQL("TRUE"),
        )
