import { Component, onWillStart, useState } from "@odoo/owl";
import { formatCurrency } from "@web/core/currency";
import { deserializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { useSetupAction } from "@web/search/action_hook";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import {
    change,
    changeClass,
    integer,
    jobLevel,
    jobSentence,
    percent,
    time,
} from "./overview_words";

const { DateTime } = luxon;

/** The order of the bars: from who stays to who is gone; last who never came. */
const BAR_ORDER = ["active", "edge", "dormant", "lost", "prospect", "false"];

/**
 * The first page of managers: members, sales and jobs of the company, of a region or of
 * a store. Every number opens the records it counted.
 */
export class Overview extends Component {
    static template = "vip_care.Overview";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    // Words for templates.
    percent = percent;
    change = change;
    changeClass = changeClass;
    time = time;
    jobLevel = jobLevel;
    jobSentence = jobSentence;
    integer = integer;

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.display = { controlPanel: {} };
        this.state = useState({ data: null, isLoading: false });
        useSetupAction({
            getLocalState: () => ({ filters: this.state.data?.filters }),
        });
        onWillStart(() => this.load(this.props.state?.filters));
    }

    /** @param {Object} [filters] without: what the reader manages */
    async load(filters) {
        this.state.isLoading = true;
        try {
            this.state.data = await this.keepLast.add(
                this.orm.call("vip.overview", "get_data", [filters || null])
            );
        } finally {
            this.state.isLoading = false;
        }
    }

    get stores() {
        const { stores, filters } = this.state.data;
        return stores.filter(
            (store) => !filters.region_id || store.region_id === filters.region_id
        );
    }

    onChangeRegion(ev) {
        return this.load({ region_id: Number(ev.target.value), store_id: false });
    }

    onChangeStore(ev) {
        const { region_id } = this.state.data.filters;
        return this.load({ region_id, store_id: Number(ev.target.value) });
    }

    onClickRefresh() {
        return this.load(this.state.data.filters);
    }

    money(value) {
        return formatCurrency(value, this.state.data.currency_id, { digits: [69, 0] });
    }

    lifecycleName(key) {
        const row = this.state.data.lifecycle.find((row) => String(row.key) === key);
        return row?.name || _t("Not reviewed yet");
    }

    get lifecycle() {
        const counts = Object.fromEntries(
            this.state.data.lifecycle.map((row) => [String(row.key), row.count])
        );
        return this.segments(counts, true);
    }

    /** The parts of a bar: key, name, count, in the order of the bars. */
    segments(counts, withEmpty = false) {
        return BAR_ORDER.map((key) => ({
            key,
            name: this.lifecycleName(key),
            count: counts[key] || 0,
        })).filter((part) => part.count || (withEmpty && part.key !== "false"));
    }

    segmentTitle(row, part) {
        return _t("%(store)s: %(count)s %(lifecycle)s", {
            store: this.storeName(row),
            count: integer(part.count),
            lifecycle: part.name,
        });
    }

    storeName(row) {
        return row.name || _t("Without home store");
    }

    tierName(tier) {
        return tier.name || _t("No tier");
    }

    className(row) {
        return row.key
            ? _t("Class %(name)s", { name: row.name })
            : _t("Nothing for 12 months");
    }

    /** The scale of the bars; the stores that share one may run beyond it. */
    get largestStore() {
        const rows = this.state.data.store_rows.filter((row) => row.ids.length === 1);
        return Math.max(1, ...rows.map((row) => row.total));
    }

    get largestTier() {
        return Math.max(1, ...this.state.data.tiers.map((tier) => tier.count));
    }

    get largestClass() {
        return Math.max(1, ...this.state.data.value_classes.map((row) => row.count));
    }

    get largestSale() {
        const { sales, last_sales, last_month } = this.state.data.sales;
        return Math.max(1, sales.amount, last_sales.amount, last_month.amount);
    }

    width(count, largest) {
        const percent = Math.min(100, Math.max(0, (100 * count) / largest));
        return `width: ${percent.toFixed(2)}%`;
    }

    get days() {
        const today = deserializeDate(this.state.data.today);
        const last = today.minus({ years: 1 });
        const format = (first, end) =>
            first.hasSame(end, "day")
                ? end.toLocaleString(DateTime.DATE_MED)
                : _t("%(first)s to %(last)s", {
                      first: first.toLocaleString(DateTime.DATE_MED),
                      last: end.toLocaleString(DateTime.DATE_MED),
                  });
        return {
            sales: format(today.startOf("month"), today),
            last_sales: format(last.startOf("month"), last),
            last_month: last.toLocaleString({ year: "numeric", month: "long" }),
        };
    }

    get periods() {
        const { days } = this;
        return [
            { key: "sales", name: days.sales },
            { key: "last_sales", name: days.last_sales },
            { key: "last_month", name: _t("Whole of %(month)s", { month: days.last_month }) },
        ].map((period) => ({ ...period, ...this.state.data.sales[period.key] }));
    }

    /** Open an action as a list of what a number counted. */
    async openList(xmlid, name, domain) {
        const action = await this.action.loadAction(xmlid);
        const isList = ([, type]) => type === "list";
        return this.action.doAction({
            ...action,
            name,
            display_name: name,
            domain,
            context: {},
            views: [...action.views.filter(isList), ...action.views.filter((v) => !isList(v))],
        });
    }

    openMembers(name, ...leaves) {
        const domain = [...this.state.data.domains.members, ...leaves];
        return this.openList("vip_care.res_partner_action_members", name, domain);
    }

    openTotal() {
        return this.openMembers(_t("Members"));
    }

    openActive() {
        return this.openLifecycle({ key: "active", name: this.lifecycleName("active") });
    }

    openDropping() {
        return this.openMembers(_t("Buy less than before"), ["vip_is_dropping", "=", true]);
    }

    openWithoutOwner() {
        return this.openMembers(_t("Without owner"), ["vip_owner_id", "=", false]);
    }

    openTier(tier) {
        return this.openMembers(this.tierName(tier), ["vip_tier_id", "=", tier.id]);
    }

    openClass(row) {
        return this.openMembers(this.className(row), ["vip_value_class", "=", row.key]);
    }

    openNew() {
        return this.openMembers(_t("New this month"), ...this.state.data.domains.new);
    }

    openLifecycle(part) {
        const value = part.key === "false" ? false : part.key;
        return this.openMembers(part.name, ["vip_lifecycle", "=", value]);
    }

    openStore(row, part) {
        const leaves = [["vip_store_id", "in", row.ids]];
        if (part) {
            leaves.push(["vip_lifecycle", "=", part.key === "false" ? false : part.key]);
        }
        const name = part ? this.segmentTitle(row, part) : this.storeName(row);
        return this.openMembers(name, ...leaves);
    }

    openPurchases(period, name, ...leaves) {
        const domain = [...this.state.data.domains[period], ...leaves];
        return this.openList("vip_care.vip_purchase_action", name, domain);
    }

    openStoreSales(row) {
        return this.openPurchases("sales", this.storeName(row), ["store_id", "in", row.ids]);
    }

    openJob(job) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "vip.job.run",
            name: job.name,
            domain: [["job", "=", job.job]],
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }
}

registry.category("actions").add("vip_care.overview", Overview);
