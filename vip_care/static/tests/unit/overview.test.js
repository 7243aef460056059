import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame, mockDate } from "@odoo/hoot-mock";
import {
    contains,
    defineActions,
    getService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";
import { withoutTill } from "./backend_helpers";

describe.current.tags("desktop");

defineMailModels();
defineActions([
    { id: 1, name: "Overview", tag: "vip_care.overview", type: "ir.actions.client" },
]);

const MEMBERS = ["is_vip_member", "=", true];
let figures, asked;

function job(values) {
    return {
        id: 1,
        job: "collect",
        name: "Tickets collected",
        state: "done",
        date_start: "2026-06-15 03:56:00",
        date_end: "2026-06-15 03:56:09",
        done: 12,
        left: 0,
        error_count: 0,
        error_text: "",
        last_success: "2026-06-15 03:56:09",
        is_stale: false,
        ...values,
    };
}

function prepareFigures() {
    return {
        company: { id: 1, name: "Chain" },
        currency_id: 1,
        today: "2026-06-15",
        filters: { region_id: 1, store_id: false },
        regions: [
            { id: 1, name: "East" },
            { id: 2, name: "West" },
        ],
        stores: [
            { id: 11, name: "North Gate", region_id: 1 },
            { id: 12, name: "South Gate", region_id: 1 },
            { id: 21, name: "Far", region_id: 2 },
        ],
        domains: {
            members: [MEMBERS],
            new: [["vip_enrolled_on", ">=", "2026-06-01"]],
            sales: [["company_id", "=", 1]],
            last_sales: [["company_id", "=", 2]],
            last_month: [["company_id", "=", 3]],
        },
        members: { total: 1200, new: 7, active: 400, dropping: 30, without_owner: 2 },
        lifecycle: [
            { key: "prospect", name: "Prospect", count: 100 },
            { key: "active", name: "Active", count: 400 },
            { key: "edge", name: "Edge", count: 300 },
            { key: "dormant", name: "Dormant", count: 0 },
            { key: "lost", name: "Lost", count: 400 },
        ],
        tiers: [
            { id: 3, name: "Gold", count: 200 },
            { id: false, name: "", count: 1000 },
        ],
        value_classes: [
            { key: "A", name: "A", count: 1 },
            { key: false, name: "", count: 1199 },
        ],
        sales: {
            sales: { amount: 1500, tickets: 3 },
            last_sales: { amount: 1000, tickets: 4 },
            last_month: { amount: 2000, tickets: 8 },
        },
        store_rows: [
            {
                ids: [11],
                name: "North Gate",
                total: 900,
                lifecycle: { active: 400, lost: 400, prospect: 100 },
                amount: 500,
                last_amount: 1000,
            },
            {
                ids: [12, 13],
                name: "2 other stores",
                total: 300,
                lifecycle: { edge: 300 },
                amount: 1000,
                last_amount: 0,
            },
        ],
        jobs: [job(), job({ id: 2, job: "review", name: "Standing reviewed", done: 0 })],
        is_review_pending: false,
    };
}

beforeEach(() => {
    withoutTill();
    mockDate("2026-06-15 04:00:00", 0);
    figures = prepareFigures();
    asked = [];
    onRpc("vip.overview", "get_data", ({ args }) => {
        asked.push(args[0]);
        return figures;
    });
});

async function openOverview() {
    await mountWithCleanup(WebClient);
    await getService("action").doAction(1);
}

/** Replace the action service: note what is opened instead of opening it. */
async function openOverviewAndSpy() {
    const opened = [];
    await openOverview();
    const action = getService("action");
    action.loadAction = async (xmlid) => ({
        xmlid,
        views: [
            [false, "pivot"],
            [5, "list"],
        ],
        context: { search_default_something: 1 },
    });
    action.doAction = async (request) => opened.push(request);
    return opened;
}

test("shows members, sales, stores, tiers and classes", async () => {
    await openOverview();
    expect(".o_vip_members_total").toHaveText("1,200");
    expect(".o_vip_members_active").toHaveText("33 %");
    expect(".o_vip_members_dropping").toHaveText("30");
    expect(queryAllTexts(".o_vip_legend b")).toEqual(["400", "300", "0", "400", "100"]);
    expect(".o_vip_sales .o_vip_change").toHaveText("+50 %");
    expect(".o_vip_sales .o_vip_change").toHaveClass("o_vip_up");
    expect(queryAllTexts(".o_vip_store_change")).toEqual(["−50 %", "–"]);
    expect(queryAllTexts(".o_vip_tiers .o_vip_row_name")).toEqual(["Gold", "No tier"]);
    expect(queryAllTexts(".o_vip_tiers .o_vip_row_share")).toEqual(["17 %", "83 %"]);
    expect(queryAllTexts(".o_vip_classes .o_vip_row_share")).toEqual(["< 1 %", "100 %"]);
});

test("bars are as long as their share, in the order of the life cycle", async () => {
    await openOverview();
    const row = ".o_vip_store_row:eq(0) .o_vip_bar";
    expect(`${row} button`).toHaveCount(3);
    expect(`${row} button:eq(0)`).toHaveClass("o_vip_active");
    expect(`${row} button:eq(2)`).toHaveClass("o_vip_prospect");
    expect(queryOne(row).style.width).toBe("100%");
    expect(queryOne(`${row} button:eq(2)`).style.width).toBe("11.11%");
    expect(queryOne(".o_vip_store_row:eq(1) .o_vip_bar").style.width).toBe("33.33%");
    expect(".o_vip_store_row:eq(1) .o_vip_bar").toHaveClass("o_vip_bar_rest");
});

test("the first call leaves the choice to the server, filters ask again", async () => {
    await openOverview();
    expect(asked).toEqual([null]);
    expect(queryAllTexts("select.o_vip_store option")).toEqual([
        "All stores",
        "North Gate",
        "South Gate",
    ]);
    await contains("select.o_vip_store").select("12");
    await contains("select.o_vip_region").select("2");
    await contains(".o_vip_refresh").click();
    expect(asked.slice(1)).toEqual([
        { region_id: 1, store_id: 12 },
        { region_id: 2, store_id: false },
        { region_id: 1, store_id: false },
    ]);
});

test("numbers open the list of what they counted", async () => {
    const opened = await openOverviewAndSpy();
    await contains(".o_vip_members_new").click();
    await contains(".o_vip_store_row:eq(1) .o_vip_bar .o_vip_edge").click();
    await contains(".o_vip_tiers .o_vip_row:eq(1) button").click();
    await contains(".o_vip_store_row:eq(0) .o_vip_store_sales").click();
    await contains("[data-period=last_month] button").click();
    await animationFrame();
    expect(opened.map(({ xmlid, domain }) => [xmlid, domain])).toEqual([
        [
            "vip_care.res_partner_action_members",
            [MEMBERS, ["vip_enrolled_on", ">=", "2026-06-01"]],
        ],
        [
            "vip_care.res_partner_action_members",
            [MEMBERS, ["vip_store_id", "in", [12, 13]], ["vip_lifecycle", "=", "edge"]],
        ],
        ["vip_care.res_partner_action_members", [MEMBERS, ["vip_tier_id", "=", false]]],
        [
            "vip_care.vip_purchase_action",
            [
                ["company_id", "=", 1],
                ["store_id", "in", [11]],
            ],
        ],
        ["vip_care.vip_purchase_action", [["company_id", "=", 3]]],
    ]);
    expect(opened[0].views[0]).toEqual([5, "list"]);
    expect(opened[0].context).toEqual({});
    expect(opened[1].name).toBe("2 other stores: 300 Edge");
});

test("jobs that are well raise no alarm", async () => {
    await openOverview();
    expect(".o_vip_alert").toHaveCount(0);
    expect(queryAllTexts(".o_vip_job p")).toEqual([
        "Up to date 3 minutes ago: 12 done.",
        "Up to date 3 minutes ago: nothing new.",
    ]);
});

test("jobs with errors, without success or never run raise an alarm", async () => {
    figures.jobs = [
        job({ error_count: 2, error_text: "Member 7 was left as she was" }),
        job({ job: "review", is_stale: true, last_success: "2026-06-15 01:00:00" }),
    ];
    await openOverview();
    expect(".o_vip_alert.alert-danger").toHaveCount(1);
    expect(".o_vip_alert.alert-warning").toHaveCount(1);
    expect(".o_vip_alert.alert-danger").toHaveText(/errors: 2;/);
    expect(".o_vip_alert.alert-warning").toHaveText(/Last success: 3 hours ago/);
    expect(".o_vip_error").toHaveText("Member 7 was left as she was");
});

test("a running job tells since when, a job that never ran says so", async () => {
    figures.jobs = [
        job({ state: "running", date_end: false, left: 5 }),
        job({ job: "review", state: "never", date_start: false, is_stale: true }),
    ];
    await openOverview();
    expect(".o_vip_job[data-job=collect] p:first").toHaveText(/^Running since 3:56:00\sAM\.$/);
    expect(".o_vip_job[data-job=collect]").toHaveAttribute("data-level", "success");
    expect(".o_vip_job[data-job=review] p:first").toHaveText(/^Has never run/);
    expect(".o_vip_job[data-job=review] dl").toHaveCount(0);
});

test("a programme without members shows how to begin", async () => {
    Object.assign(figures.members, { total: 0, new: 0, active: 0 });
    figures.store_rows = [];
    await openOverview();
    expect(".o_vip_empty").toHaveCount(1);
    expect(".o_vip_tiles").toHaveCount(0);
    expect(".o_vip_jobs").toHaveCount(1);
});
