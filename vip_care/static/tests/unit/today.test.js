import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame, Deferred, mockDate } from "@odoo/hoot-mock";
import {
    contains,
    defineActions,
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { WebClient } from "@web/webclient/webclient";
import { withoutTill } from "./backend_helpers";

describe.current.tags("desktop");

defineMailModels();
defineActions([{ id: 1, name: "Today", tag: "vip_care.today", type: "ir.actions.client" }]);

const OUTCOMES = { reached: "Reached", not_reached: "Not reached", complaint: "Complained" };
let data, details, calls;

function card(values) {
    return {
        partner_id: 100 + values.id,
        tier: "Gold",
        tier_color: 3,
        hints: ["Evening"],
        is_mourning: false,
        has_complaint: false,
        is_number_wrong: false,
        why: "Her call of the month.",
        channel: "call",
        channel_name: "Call",
        outcomes: Object.keys(OUTCOMES),
        priority: 50,
        due: "2026-06-15",
        until: "2026-06-20",
        today: "2026-06-15",
        is_overdue: false,
        is_last_day: false,
        is_wordless: false,
        guard: "",
        state: "planned",
        outcome: "",
        can_reopen: true,
        owner: "Lin",
        ...values,
    };
}

function prepareData() {
    return {
        today: "2026-06-15",
        store: "North Gate",
        is_manager: false,
        counts: { todo: 2, overdue: 0, done: 0 },
        tasks: [
            card({ id: 1, name: "Wang Fang", until: "2026-06-15", is_last_day: true }),
            card({
                id: 2,
                name: "Li Mei",
                channel: "message",
                channel_name: "Message",
                outcomes: ["sent"],
                has_complaint: true,
            }),
        ],
        over: [],
        feedback: [],
        words: {
            outcomes: { ...OUTCOMES, sent: "Sent" },
            reasons: [["met", "Met in the store"]],
            subjects: [
                ["quality", "Quality"],
                ["other", "Other"],
            ],
            send: "link",
        },
    };
}

function detail(id) {
    const known = data.tasks.concat(data.over).find((one) => one.id === id);
    return {
        ...known,
        body: id === 2 ? "Dear Ms Li\nNorth Gate, Lin" : "",
        text_kind: id === 2 ? "Greeting" : "",
        purpose: "Care",
        note: "",
        guide: "Ask how the coat wears.",
        event: false,
        gift: "",
        currency_id: 1,
        salutation: "",
        sizes: {},
        contacts: [],
        purchase: false,
        questions: [
            { key: "size_top", label: "Size of tops", input: "text", options: [], placeholder: "" },
        ],
        picks: [],
        ...details[id],
    };
}

beforeEach(() => {
    withoutTill();
    mockDate("2026-06-15 02:00:00", 8);
    data = prepareData();
    details = {};
    calls = [];
    onRpc("vip.care.today", "get_data", ({ args }) => {
        calls.push(["get_data", args[0]]);
        return data;
    });
    onRpc("vip.care.today", "get_task", ({ args }) => detail(args[0]));
});

async function openToday() {
    await mountWithCleanup(WebClient);
    await getService("action").doAction(1);
    await animationFrame();
}

test("the first contact stands beside the list, with what to say and to ask", async () => {
    await openToday();
    expect(queryAllTexts(".o_vip_today_card .o_vip_name")).toEqual(["Wang Fang", "Li Mei"]);
    expect(queryAllTexts(".o_vip_limit")).toEqual(["last day", "until Sat, Jun 20"]);
    expect(".o_vip_today_card:eq(0)").toHaveClass("o_vip_selected");
    expect(".o_vip_today_card:eq(1) .o_vip_mark_danger").toHaveText("Open complaint");
    expect(".o_vip_today_task .o_vip_member").toHaveText("Wang Fang");
    expect(".o_vip_guide p").toHaveText("Ask how the coat wears.");
    expect(".o_vip_today_task .o_vip_call").toHaveCount(1);
    expect(".o_vip_words").toHaveCount(0);
});

test("a contact is done at once, with note and answers, and can be taken back", async () => {
    const saved = new Deferred();
    onRpc("vip.care.task", "action_done", async ({ args }) => {
        calls.push(["action_done", ...args]);
        await saved;
        const [done] = data.tasks.splice(0, 1);
        data.over.push({ ...done, state: "done", outcome: "Reached" });
        data.counts = { todo: 1, overdue: 0, done: 1 };
        return true;
    });
    onRpc("vip.care.task", "action_reopen", ({ args }) => {
        calls.push(["action_reopen", ...args]);
        data = prepareData();
        return true;
    });
    await openToday();
    await contains("#vip_ask_size_top").edit("M");
    await contains(".o_vip_today_task .o_vip_done").click();
    expect(".o_vip_save_done").not.toBeEnabled();
    await contains("[data-outcome=reached]").click();
    await contains(".o_vip_star:eq(3)").click();
    await contains(".o_vip_note_box").edit("Likes the coat", { confirm: false });
    await contains(".o_vip_save_done").click();
    // The server has not answered yet.
    expect(queryAllTexts(".o_vip_over_cards .o_vip_name")).toEqual(["Wang Fang"]);
    expect(".o_vip_over_cards .o_vip_today_card").toHaveClass("o_vip_saving");
    saved.resolve();
    await animationFrame();
    await animationFrame();
    expect(calls.find(([name]) => name === "action_done").slice(1)).toEqual([
        [1],
        "reached",
        "Likes the coat",
        { size_top: "M" },
        { score: 4 },
        null,
        null,
    ]);
    expect(".o_vip_count_done b").toHaveText("1");
    expect(".o_vip_today_task .o_vip_member").toHaveText("Li Mei");
    await contains(".o_vip_toast_undo").click();
    expect(calls.some(([name]) => name === "action_reopen")).toBe(true);
    expect(".o_vip_over_cards").toHaveCount(0);
});

test("what the server refuses comes back with its sentence and all that was typed", async () => {
    onRpc("vip.care.task", "action_done", () => {
        throw makeServerError({ message: "Work: known by now. Nothing was changed." });
    });
    await openToday();
    await contains(".o_vip_done").click();
    await contains("[data-outcome=reached]").click();
    await contains(".o_vip_note_box").edit("Long story", { confirm: false });
    await contains(".o_vip_save_done").click();
    await animationFrame();
    expect(queryAllTexts(".o_vip_today_card .o_vip_name")).toEqual(["Wang Fang", "Li Mei"]);
    expect(".o_vip_over_cards").toHaveCount(0);
    expect(".o_vip_step_problem").toHaveText("Work: known by now. Nothing was changed.");
    expect(".o_vip_note_box").toHaveValue("Long story");
    expect("[data-outcome=reached]").toHaveClass("o_vip_chosen");
});

test("a complaint asks what it is about, and is sent with it", async () => {
    onRpc("vip.care.task", "action_done", ({ args }) => {
        calls.push(args);
        return true;
    });
    await openToday();
    await contains(".o_vip_done").click();
    await contains("[data-outcome=complaint]").click();
    await contains(".o_vip_subject").select("quality");
    await contains(".o_vip_complaint").edit("It pills", { confirm: false });
    await contains(".o_vip_save_done").click();
    expect(calls.find(([ids]) => ids?.[0] === 1)[4]).toEqual({
        subject: "quality",
        description: "It pills",
    });
});

test("skipping needs a reason, waiting ends on the last day", async () => {
    onRpc("vip.care.task", "action_skip", ({ args }) => {
        calls.push(["skip", ...args]);
        return true;
    });
    onRpc("vip.care.task", "action_postpone", ({ args }) => {
        calls.push(["postpone", ...args]);
        return true;
    });
    await openToday();
    await contains(".o_vip_later").click();
    expect(".o_vip_tomorrow").toHaveCount(0);
    await contains(".o_vip_skip").click();
    expect(".o_vip_save_skip").not.toBeEnabled();
    await contains("[data-reason=met]").click();
    await contains(".o_vip_save_skip").click();
    await contains(".o_vip_today_card:contains(Li Mei) .o_vip_card_open").click();
    await contains(".o_vip_later").click();
    await contains(".o_vip_tomorrow").click();
    expect(calls.filter(([name]) => ["skip", "postpone"].includes(name))).toEqual([
        ["skip", [1], "met", null],
        ["postpone", [2], "2026-06-16", null],
    ]);
});

test("at a desk the number is shown, after the guards agreed", async () => {
    let isLate = true;
    onRpc("vip.care.task", "action_contact", ({ args }) => {
        if (isLate) {
            throw makeServerError({ message: "She may be contacted from 08:00." });
        }
        expect(args).toEqual([[1], "call"]);
        return { name: "Wang Fang", phone: "+86 139 0000 0001", number: "+8613900000001" };
    });
    await openToday();
    await contains(".o_vip_call").click();
    expect(".o_vip_step_problem").toHaveText("She may be contacted from 08:00.");
    expect(".o_vip_phone").toHaveCount(0);
    isLate = false;
    await contains(".o_vip_call").click();
    expect(".o_vip_phone").toHaveAttribute("href", "tel:+8613900000001");
    expect(".o_vip_step_problem").toHaveCount(0);
    expect(".o_vip_chips").toHaveCount(1);
});

test("words are copied, and reworded until the guard agrees", async () => {
    const copied = [];
    patchWithCleanup(browser.navigator.clipboard, {
        writeText: async (text) => copied.push(text),
    });
    onRpc("vip.care.task", "action_contact", () => ({ body: "Dear Ms Li", number: false }));
    onRpc("vip.care.task", "write", ({ args }) => {
        if (args[1].body.includes("30%")) {
            throw makeServerError({ message: "“30%” is an offer." });
        }
        details[2] = { body: args[1].body };
        return true;
    });
    await openToday();
    await contains(".o_vip_today_card:eq(1) .o_vip_card_open").click();
    await contains(".o_vip_copy").click();
    expect(copied).toEqual(["Dear Ms Li"]);
    expect("[data-outcome=sent]").toHaveClass("o_vip_chosen");
    expect(".o_vip_send").toHaveCount(0);
    await contains(".o_vip_reword").click();
    await contains(".o_vip_words textarea").edit("Coats 30% off", { confirm: false });
    await contains(".o_vip_save_words").click();
    expect(".o_vip_words .o_vip_problem").toHaveText("“30%” is an offer.");
    expect(".o_vip_words textarea").toHaveValue("Coats 30% off");
    await contains(".o_vip_words textarea").edit("Be well", { confirm: false });
    await contains(".o_vip_save_words").click();
    await animationFrame();
    expect(".o_vip_text").toHaveText("Be well");
});

test("a manager begins with her stores and goes on to one's list", async () => {
    data.is_manager = true;
    const numbers = { planned: 3, overdue: 1, done: 0, wordless: 0, week: 5, voices: 0 };
    onRpc("vip.care.today", "get_team", ({ args }) => {
        calls.push(["get_team", args[0]]);
        const store_id = args[0].store_id;
        return {
            store_id,
            store: store_id ? "North Gate" : "",
            is_single: false,
            rows: store_id
                ? [
                      { id: false, name: "", ...numbers },
                      { id: 7, name: "Lin", ...numbers },
                  ]
                : [{ id: 4, name: "North Gate", ...numbers }],
            total: numbers,
        };
    });
    await openToday();
    await contains(".o_vip_team [data-row='4']").click();
    expect(queryAllTexts("button.o_vip_team_row .o_vip_team_name")).toEqual([
        "Without owner",
        "Lin",
    ]);
    expect("[data-row='7'] [data-key=overdue]").toHaveClass("o_vip_alarm");
    await contains(".o_vip_team [data-row='7']").click();
    expect(".o_vip_today_list header b:first").toHaveText("Lin");
    await contains(".o_vip_today_list header .o_vip_link").click();
    await contains(".o_vip_show_mine").click();
    expect(calls).toEqual([
        ["get_data", null],
        ["get_team", { store_id: false }],
        ["get_team", { store_id: 4 }],
        ["get_data", { owner_id: 7, store_id: 4 }],
        ["get_team", { store_id: 4 }],
        ["get_data", null],
    ]);
});
