import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { mockDate } from "@odoo/hoot-mock";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { setupPosEnv } from "@point_of_sale/../tests/unit/utils";
import { contains, makeServerError, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { answerCards, cardOf, loadMember, openScreen, setSize, settle } from "./member_helpers";

describe.current.tags("desktop");

definePosModels();

async function show(values = {}, size = 4) {
    const store = await setupPosEnv();
    setSize(store, size);
    answerCards(cardOf(801, "王芳", values));
    const partner = await loadMember(store);
    await mountWithCleanup(MainComponentsContainer);
    const { order, screen } = await openScreen(store, partner);
    return { store, partner, order, screen };
}

test("the panel tells what it takes to serve her, the most urgent first", async () => {
    await show();
    expect(".vip-member-aside .vip-called").toHaveText("Sister Wang");
    expect(".vip-name").toHaveText("王芳");
    expect(".vip-points").toHaveText("1,280 points");
    expect(".vip-as-of").toHaveCount(0);
    expect(".vip-birthday").toHaveText(/Birthday in 3 days\s*June 30/);
    expect(".vip-matter.alert-danger").toHaveText(/Promised[^]*Shorten the coat/);
    expect(".vip-last-visit").toHaveText(/12 days ago · Gate North/);
    expect(queryAllTexts(".vip-sizes .fw-bolder")).toEqual(["M", "29", "38"]);
    expect(".vip-taste").toHaveText(/minimal\s*linen\s*No bright red/);
    expect(".vip-service").toHaveText(/Green tea/);
    expect(".vip-owner").toHaveText(/Mei/);
    expect(".vip-served").toHaveText(/Mitchell Admin|Administrator/);
    const order = queryOne(".vip-member-panel").textContent;
    const words = ["Sister Wang", "1,280", "Birthday", "Shorten", "12 days", "Green", "Wool", "Mei"];
    const places = words.map((word) => order.indexOf(word));
    expect(places).toEqual([...places].sort((a, b) => a - b));
});

test("what she bought and brought back unfolds", async () => {
    await show();
    expect(".vip-purchases .py-1").toHaveCount(4);
    expect(".vip-purchases .py-1:eq(1)").toHaveText(/Silk scarf × 2\s*Brought back/);
    await contains(".vip-more").click();
    expect(".vip-purchases .py-1").toHaveCount(5);
    expect(".vip-more").toHaveCount(0);
});

test("points counted some time ago are said to be so", async () => {
    mockDate("2026-06-27 12:00:00");
    await show({ as_of: "2026-06-26 02:12:00" });
    expect(".vip-as-of").toHaveText(/as of Jun 26/);
});

test("folded away it is a bar, which is remembered and opens it again", async () => {
    sessionStorage.removeItem("vip_care.member_panel_collapsed");
    const { store } = await show();
    expect(".vip-member-bar").toHaveCount(0);
    await contains(".vip-collapse").click();
    expect(".vip-member-aside").toHaveCount(0);
    expect(sessionStorage.getItem("vip_care.member_panel_collapsed")).toBe("1");
    store.vipPanel.collapsed = null;
    await settle();
    expect(".leftpane .vip-member-bar").toHaveCount(1);
    await contains(".vip-member-bar").click();
    expect(".vip-member-aside").toHaveCount(1);
    expect(sessionStorage.getItem("vip_care.member_panel_collapsed")).toBe("0");
});

test("on a tablet a bar opens the panel as a dialog", async () => {
    const { store } = await show({}, 3);
    expect(".vip-member-aside").toHaveCount(0);
    expect(".leftpane .vip-member-bar").toHaveText(/Sister Wang\s*Gold\s*1,280 points/);
    expect(".vip-member-bar .vip-mark-birthday").toHaveCount(1);
    expect(".vip-member-bar .vip-mark-matter").toHaveCount(1);
    await contains(".vip-member-bar").click();
    expect(".modal .vip-member-panel .vip-called").toHaveText("Sister Wang");
    store.navigate("SaverScreen");
    await settle();
    expect(".modal").toHaveCount(0);
});

test("on a phone the bar stands above the products and above the ticket", async () => {
    const { store } = await show({}, 1);
    expect(".rightpane .vip-member-bar").toHaveCount(1);
    store.mobile_pane = "left";
    await settle();
    expect(".rightpane").toHaveCount(0);
    expect(".leftpane .vip-member-bar").toHaveCount(1);
});

test("a refusal is shown in the server's words and can be asked again", async () => {
    const store = await setupPosEnv();
    const error = makeServerError({ type: "UserError", message: "No more lookups with this login" });
    const asked = answerCards(error);
    await openScreen(store, await loadMember(store));
    expect(".vip-refused").toHaveText("No more lookups with this login");
    expect(".vip-called").toHaveText("王芳");
    await contains(".vip-ask-again").click();
    expect(asked).toHaveLength(2);
});

test("her number is shown for a reason, until it is closed", async () => {
    const { store } = await show();
    const asked = [];
    onRpc("res.partner", "vip_reveal_phone", ({ args }) => {
        asked.push(args);
        if (args[1] === "no") {
            throw makeServerError({ type: "AccessError", message: "Numbers are not for a till." });
        }
        return "13912340001";
    });
    await contains(".vip-phone button").click();
    expect(".vip-reveal").not.toBeEnabled();
    await contains("#vip_reveal_reason").edit("no", { confirm: false });
    await contains(".vip-reveal").click();
    expect(".modal .text-danger").toHaveText("Numbers are not for a till.");
    await contains("#vip_reveal_reason").edit("parcel came back", { confirm: false });
    await contains(".vip-reveal").click();
    expect(".vip-revealed").toHaveText("13912340001");
    expect(asked.at(-1)).toEqual([801, "parcel came back"]);
    expect(JSON.stringify(store.vipCards)).not.toInclude("13912340001");
    store.resetCashier();
    await settle();
    expect(".vip-revealed").toHaveCount(0);
});

test("who may not reveal a number is not offered it", async () => {
    await show({ may_reveal: false });
    expect(".vip-phone").toHaveText(/139\*\*\*\*0001/);
    expect(".vip-phone button").toHaveCount(0);
});
