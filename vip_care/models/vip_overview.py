from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .res_partner_standing import LIFECYCLES, VALUE_CLASSES

# Stores with a bar of their own; the rest share one.
TOP_STORES = 12


class VipOverview(models.AbstractModel):
    """The figures of the Overview, read with the reader's own rights.

    Everything is counted by a fixed number of grouped queries under the access rules
    of the caller: the page never counts a member or a sale he may not read.
    """

    _name = "vip.overview"
    _description = "Overview"

    @api.model
    @api.readonly
    def get_data(self, filters=None):
        """Return the figures of the current company.

        `filters` may hold `region_id` and `store_id`. Without `filters` the page opens
        on the one region, or the one store, the reader manages. `domains` in the result
        are what every number on the page was counted with.
        """
        if not self.env.user.has_group("vip_care.group_store_manager"):
            raise AccessError(self.env._("The overview is for managers."))
        stores = self._get_stores()
        active_stores = stores.filtered("active")
        if filters is None:
            filters = self._default_filters(active_stores)
        filters = {
            name: int(filters.get(name) or 0) or False
            for name in ("region_id", "store_id")
        }
        domains = self._get_domains(stores, filters)
        members = self._count_members(domains["members"])
        sales = self._sum_sales(domains)
        company = self.env.company
        return {
            "company": {"id": company.id, "name": company.name},
            "currency_id": company.currency_id.id,
            "today": fields.Date.to_string(fields.Date.context_today(self)),
            "filters": filters,
            "regions": [
                {"id": region.id, "name": region.name}
                for region in active_stores.region_id.sorted()
            ],
            "stores": [
                {"id": store.id, "name": store.name, "region_id": store.region_id.id}
                for store in active_stores
            ],
            "domains": {name: list(domain) for name, domain in domains.items()},
            "members": members["totals"],
            "lifecycle": members["lifecycle"],
            "tiers": members["tiers"],
            "value_classes": members["value_classes"],
            "sales": self._total_sales(sales),
            "store_rows": self._get_store_rows(members["by_store"], sales),
            "jobs": self._get_jobs(),
            "is_review_pending": company._vip_is_review_pending(),
        }

    @api.model
    def _get_stores(self):
        return (
            self.env["vip.store"]
            .with_context(active_test=False)  # members may still live in a closed store
            .search_fetch(
                [("company_id", "=", self.env.company.id)],
                ["name", "active", "region_id", "manager_ids"],
            )
        )

    @api.model
    def _default_filters(self, stores):
        """Open on what the reader manages, if that is one region or one store."""
        user = self.env.user
        regions = stores.region_id.filtered(lambda region: user in region.manager_ids)
        if len(regions) == 1:
            return {"region_id": regions.id}
        own = stores.filtered(lambda store: user in store.manager_ids)
        if len(own) == 1 and not regions:
            return {"store_id": own.id}
        return {}

    @api.model
    def _get_domains(self, stores, filters):
        """Return the domains of members and of this and last year's sales."""
        company = self.env.company
        members = [("is_vip_member", "=", True), ("vip_company_id", "=", company.id)]
        purchases = [("company_id", "=", company.id)]
        if filters["store_id"]:
            members.append(("vip_store_id", "=", filters["store_id"]))
            purchases.append(("store_id", "=", filters["store_id"]))
        elif filters["region_id"]:
            ids = stores.filtered(lambda s: s.region_id.id == filters["region_id"]).ids
            members.append(("vip_store_id", "in", ids))
            purchases.append(("store_id", "in", ids))
        today = fields.Date.context_today(self)
        month = today.replace(day=1)
        year = relativedelta(years=1)
        return {
            "members": members,
            "new": [("vip_enrolled_on", ">=", fields.Date.to_string(month))],
            "sales": purchases + self._between(month, today),
            "last_sales": purchases + self._between(month - year, today - year),
            "last_month": purchases
            + self._between(month - year, month - year + relativedelta(day=31)),
        }

    @api.model
    def _between(self, first, last):
        return [
            ("local_date", ">=", fields.Date.to_string(first)),
            ("local_date", "<=", fields.Date.to_string(last)),
        ]

    @api.model
    def _count_members(self, domain):
        partners = self.env["res.partner"]
        by_store, by_tier, by_class, by_drop = partners._read_grouping_sets(
            domain,
            [
                ("vip_store_id", "vip_lifecycle"),
                ("vip_tier_id",),
                ("vip_value_class",),
                ("vip_is_dropping",),
            ],
            ["__count"],
        )
        lifecycles = defaultdict(int)
        stores = defaultdict(lambda: defaultdict(int))
        for store, lifecycle, count in by_store:
            lifecycles[lifecycle] += count
            stores[store][lifecycle] += count
        tiers = dict(by_tier)
        classes = dict(by_class)
        month = fields.Date.context_today(self).replace(day=1)
        return {
            "totals": {
                "total": sum(lifecycles.values()),
                "new": partners.search_count(
                    [*domain, ("vip_enrolled_on", ">=", month)]
                ),
                "active": lifecycles["active"],
                "dropping": dict(by_drop).get(True, 0),
                "without_owner": partners.search_count(
                    [*domain, ("vip_owner_id", "=", False)]
                ),
            },
            "lifecycle": self._label_counts("vip_lifecycle", LIFECYCLES, lifecycles),
            "value_classes": self._label_counts(
                "vip_value_class", VALUE_CLASSES, classes
            ),
            "tiers": [
                {"id": tier.id, "name": tier.name or "", "count": tiers.get(tier, 0)}
                for tier in self._get_tiers(tiers)
            ],
            "by_store": stores,
        }

    @api.model
    def _get_tiers(self, counts):
        """Return the company's tiers, highest first; last no tier, if anybody."""
        none = self.env["vip.tier"]
        tiers = none.with_context(active_test=False).search_fetch(
            [("company_id", "=", self.env.company.id)], ["name", "active"]
        )
        shown = [tier for tier in reversed(tiers) if tier.active or tier in counts]
        return shown + [none] * (none in counts)

    @api.model
    def _label_counts(self, field_name, selection, counts):
        field = self.env["res.partner"]._fields[field_name]
        labels = dict(field._description_selection(self.env))
        rows = [
            {"key": key, "name": labels[key], "count": counts.get(key, 0)}
            for key, _label in selection
        ]
        if counts.get(False):
            rows.append({"key": False, "name": "", "count": counts[False]})
        return rows

    @api.model
    def _sum_sales(self, domains):
        """Return {period: {store: (amount, tickets on which they bought)}}."""
        sales = {}
        for period in ("sales", "last_sales", "last_month"):
            stores = defaultdict(lambda: [0.0, 0])
            groups = self.env["vip.purchase"]._read_group(
                domains[period], ["store_id", "is_refund"], ["amount:sum", "__count"]
            )
            for store, is_refund, amount, count in groups:
                stores[store][0] += amount
                stores[store][1] += 0 if is_refund else count
            sales[period] = stores
        return sales

    @api.model
    def _total_sales(self, sales):
        return {
            period: {
                "amount": sum(amount for amount, _count in stores.values()),
                "tickets": sum(count for _amount, count in stores.values()),
            }
            for period, stores in sales.items()
        }

    @api.model
    def _get_store_rows(self, by_store, sales):
        """Return a row per store, the largest first; the small ones share the last."""
        stores = set(by_store) | set(sales["sales"]) | set(sales["last_sales"])
        rows = [
            {
                "ids": [store.id],
                # sudo: whoever sees the sale or the member sees the store's name
                "name": store.sudo().name or "",
                "total": sum(by_store.get(store, {}).values()),
                "lifecycle": dict(by_store.get(store, {})),
                "amount": sales["sales"].get(store, (0, 0))[0],
                "last_amount": sales["last_sales"].get(store, (0, 0))[0],
            }
            for store in stores
        ]
        rows.sort(key=lambda row: (-row["total"], -row["amount"], row["name"]))
        if len(rows) <= TOP_STORES + 1:
            return rows
        return rows[:TOP_STORES] + [self._merge_rows(rows[TOP_STORES:])]

    @api.model
    def _merge_rows(self, rows):
        merged = {
            "ids": [row["ids"][0] for row in rows],
            "name": self.env._("%(count)s other stores", count=len(rows)),
            "lifecycle": defaultdict(int),
        }
        for name in ("total", "amount", "last_amount"):
            merged[name] = sum(row[name] for row in rows)
        for row in rows:
            for lifecycle, count in row["lifecycle"].items():
                merged["lifecycle"][lifecycle] += count
        return merged
