from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

WEEK = timedelta(days=7)
NUMBERS = ("planned", "overdue", "done", "wordless", "week", "voices")


class VipCareToday(models.AbstractModel):
    """How the manager's stores stand today, at a glance."""

    _inherit = "vip.care.today"

    @api.model
    @api.readonly
    def get_team(self, filters=None):
        """Return a row of numbers per store, or per associate of `store_id`.

        Of the stores whose members the reader may read; with a single one its
        associates at once. "planned" is what is to be done today.
        """
        self._check_reader()
        if not self.env.user.has_group("vip_care.group_store_manager"):
            raise AccessError(self.env._("The state of the store is for managers."))
        filters = filters if isinstance(filters, dict) else {}
        store_id = self._clean_id(filters.get("store_id"))
        rows = self._team_numbers()
        stores = {store for store, _owner in rows}
        if not store_id and len(stores) == 1:
            store_id = next(iter(stores))
        shown = self._by_owner(rows, store_id) if store_id else self._by_store(rows)
        store = self.env["vip.store"].browse(store_id or [])
        return {
            "store_id": store_id,
            "store": store.sudo().name or "",  # sudo: the name of a store
            "is_single": len(stores) <= 1,
            "rows": shown,
            "total": self._total(shown),
        }

    @api.model
    def _team_numbers(self):
        """Return {(store id, owner id): {number: count}} of what she may read."""
        rows = {}
        scope = Domain("company_id", "in", self.env.companies.ids)
        for name, model, domain in self._team_domains():
            groups = self.env[model]._read_group(
                scope & domain, ["store_id", "owner_id"], ["__count"]
            )
            for store, owner, count in groups:
                row = rows.setdefault((store.id, owner.id), dict.fromkeys(NUMBERS, 0))
                row[name] = count
        return rows

    @api.model
    def _team_domains(self):
        task, due = "vip.care.task", self._on_day(self._due)
        wordless = Domain("text_kind", "!=", False) & Domain("body", "=", False)
        done = self._on_day(self._over) & Domain("state", "=", "done")
        return [
            ("planned", task, due),
            ("overdue", task, self._on_day(self._overdue)),
            ("done", task, done),
            ("wordless", task, due & wordless),
            ("week", task, self._on_day(self._next_week)),
            ("voices", "vip.feedback", Domain("is_open", "=", True)),
        ]

    @api.model
    def _next_week(self, day):
        return (
            Domain("state", "=", "planned")
            & Domain("due_date", ">", day)
            & Domain("due_date", "<=", day + WEEK)
        )

    @api.model
    def _by_store(self, rows):
        stores = {}
        for (store_id, _owner_id), row in rows.items():
            stores.setdefault(store_id, []).append(row)
        # sudo: whoever reads the contact may read the name of its store
        records = self.env["vip.store"].sudo().browse(filter(None, stores))
        names = {store.id: store.name for store in records}
        return self._sorted(
            {"id": key, "name": names.get(key, "")} | self._total(some)
            for key, some in stores.items()
        )

    @api.model
    def _by_owner(self, rows, store_id):
        mine = {owner: row for (store, owner), row in rows.items() if store == store_id}
        # sudo: whoever reads the contact may read the name of its owner
        records = self.env["hr.employee"].sudo().browse(filter(None, mine))
        names = {owner.id: owner.name for owner in records}
        return self._sorted(
            {"id": key, "name": names.get(key, "")} | row for key, row in mine.items()
        )

    @api.model
    def _sorted(self, rows):
        """Sort what needs a hand first: nobody's, late, most to do."""
        return sorted(
            rows,
            key=lambda row: (
                bool(row["id"]),
                -row["overdue"],
                -row["planned"],
                row["name"],
            ),
        )

    @api.model
    def _total(self, rows):
        return {name: sum(row[name] for row in rows) for name in NUMBERS}
