from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import fields, models

# Days after which a colleague is no longer new in the chain.
SETTLED_DAYS = 90
# Beyond the store, so many of those longest in the chain are enough to spread over.
WIDE_POOL = 100
WIDE = ("region", "company")


class VipTransfer(models.Model):
    """Who can take members over: a pool of colleagues for each home store."""

    _inherit = "vip.transfer"

    def _successor_pools(self, homes):
        """Return {(kind of pool, employees): stores} for members of these stores.

        `homes` is a list of stores, an empty record among them for members without a
        home store. First come colleagues of the home store, then of the leaver's own,
        the stores' specialists, their managers, the region, the company. Nobody who is
        archived or leaving is in a pool; no store is missing while anybody is left.
        """
        self.ensure_one()
        people = self._successor_people()
        sellers = people - self._successor_managers()
        by_store = sellers.grouped("vip_store_id")
        in_stores = sellers.filtered("vip_store_id")
        regional = in_stores.grouped(lambda e: e.vip_store_id.region_id).get
        steps = [
            ("store", lambda store: by_store.get(store)),
            ("specialist", lambda store: people & store.specialist_id),
            ("manager", lambda store: people & store.manager_ids.employee_ids),
            (
                "region",
                lambda store: store.region_id and regional(store.region_id),
            ),
            ("company", lambda _store: in_stores or sellers or people),
        ]
        pools = defaultdict(list)
        for home in homes:
            kind, employees = self._nearest_pool(home, steps)
            if employees:
                pools[kind, employees].append(home)
        return pools

    def _nearest_pool(self, home, steps):
        """Return the first kind of pool that has anybody, and who is in it."""
        stand_in = self._successor_store()
        stores = [stand_in] if self.kind == "store_move" else [home, stand_in]
        for kind, find in steps:
            for store in stores:
                found = store and find(store)
                if found:
                    return kind, found[:WIDE_POOL] if kind in WIDE else found
        people = steps[-1][1](stand_in)  # neither has a home store
        return steps[-1][0], people[:WIDE_POOL]

    def _successor_people(self):
        """Return all who can take members over, those longest in the chain first.

        Members of somebody who logs in go to colleagues who log in, as long as there
        are any: the others could not see them.
        """
        # sudo: whoever prepares a handover does not read employees' records
        employees = self.env["hr.employee"].sudo()
        found = employees.search_fetch(
            [
                ("company_id", "=", self.company_id.id),
                ("id", "not in", self._leaving_employees().ids),
                "|",
                ("vip_store_id", "!=", False),
                ("user_id.active", "=", True),
            ],
            ["user_id", "vip_store_id", "create_date"],
        )
        associates = self.env.ref("vip_care.group_associate").sudo().all_user_ids
        with_login = found.filtered(lambda e: e.user_id in associates)
        in_stores = found.filtered("vip_store_id")
        if self.from_employee_id.sudo().user_id or not in_stores:
            found = with_login or in_stores or found
        else:
            found = in_stores
        joined = self._joined_dates(found)
        return found.sorted(lambda e: (joined[e], e.id))

    def _leaving_employees(self):
        """Return those who get nobody: this leaver and others who are on their way."""
        # sudo: handovers of other stores count too
        transfers = self.sudo().search(
            [
                ("kind", "=", "leaving"),
                ("state", "not in", ("rejected", "undone")),
                ("from_employee_id.active", "=", True),
            ]
        )
        gone = self.env["hr.employee"].sudo()
        gone = gone.search([("departure_date", "!=", False)])
        return transfers.from_employee_id | gone | self.from_employee_id

    def _successor_store(self):
        """Return the store whose colleagues stand in where the home store has none."""
        return self.from_employee_id.sudo().vip_store_id

    def _successor_managers(self):
        """Return the employees who manage stores or regions: they get members last."""
        stores = self.env["vip.store"].sudo().search([("manager_ids", "!=", False)])
        regions = self.env["vip.region"].sudo().search([("manager_ids", "!=", False)])
        users = stores.manager_ids | regions.manager_ids
        return self.env["hr.employee"].sudo().search([("user_id", "in", users.ids)])

    def _joined_dates(self, employees):
        """Return {employee: the day she came, as far as it is known}."""
        starts = dict(
            self.env["hr.version"]
            .sudo()  # only the day is used, to prefer those long in the chain
            ._read_group(
                [("employee_id", "in", employees.ids)],
                ["employee_id"],
                ["contract_date_start:min"],
            )
        )
        return {
            employee: starts.get(employee) or employee.create_date.date()
            for employee in employees
        }

    def _settled_before(self):
        """Return the day until which somebody must have come to be no new colleague."""
        return fields.Date.context_today(self) - relativedelta(days=SETTLED_DAYS)
