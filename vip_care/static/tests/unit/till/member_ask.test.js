import { describe, expect, test } from "@odoo/hoot";
import { press, queryAllTexts } from "@odoo/hoot-dom";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { setupPosEnv } from "@point_of_sale/../tests/unit/utils";
import { contains, makeServerError, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { answerCards, cardOf, loadMember, openScreen, setSize, settle } from "./member_helpers";

describe.current.tags("desktop");

definePosModels();

const SHOE = { key: "size_shoe", label: "Shoe size", input: "text", options: [], placeholder: "38" };

/** The screen with `ask` on it; answers end in `respond`. Returns what was sent, too. */
async function show(ask = SHOE, respond = () => cardOf(801, "王芳", { ask: false })) {
    const store = await setupPosEnv();
    answerCards(cardOf(801, "王芳", { ask }), cardOf(802, "李娜", { ask }));
    const sent = [];
    onRpc("res.partner", "vip_till_answer", ({ args }) => {
        sent.push(args);
        return respond(args);
    });
    await mountWithCleanup(MainComponentsContainer);
    const partner = await loadMember(store);
    return { store, sent, partner, ...(await openScreen(store, partner)) };
}

test("an answer is saved once, and nothing more is asked on this ticket", async () => {
    const sizes = { top: "M", bottom: "29", shoe: "39" };
    const next = { ...SHOE, key: "work", label: "Work" };
    const { sent } = await show(SHOE, () => cardOf(801, "王芳", { sizes, ask: next }));
    expect(".vip-ask-save").not.toBeEnabled();
    await contains("#vip_ask").edit(" 39 ", { confirm: false });
    await contains(".vip-ask-save").click();
    await settle();
    expect(sent).toEqual([[801, 1, "size_shoe", "39"]]);
    expect(".vip-member-ask").toHaveCount(0);
    expect(".vip-ask-saved").toHaveCount(1);
    expect(queryAllTexts(".vip-sizes .fw-bolder")).toEqual(["M", "29", "39"]);
});

test("not now hides it for this ticket only", async () => {
    const { store, partner, sent } = await show();
    await contains(".vip-ask-later").click();
    expect(".vip-member-ask").toHaveCount(0);
    expect(".vip-ask-saved").toHaveCount(0);
    store.addNewOrder().setPartner(partner);
    await settle();
    expect(".vip-member-ask").toHaveCount(1);
    expect(sent).toEqual([]);
});

test("what cannot be saved is said at the field and stays typed", async () => {
    const errors = [
        makeServerError({ type: "UserError", message: "Type a size like 38." }),
        makeServerError({ errorName: "builtins.KeyError", message: "broken" }),
    ];
    const { store, sent } = await show(SHOE, () => {
        throw errors[sent.length - 1];
    });
    const input = ".vip-member-ask input";
    await contains("#vip_ask").edit("big", { confirm: false });
    await contains(".vip-ask-save").click();
    expect(".vip-ask-message").toHaveText("Type a size like 38.");
    await contains(".vip-ask-save").click();
    expect(".vip-ask-message").toHaveText(/could not be saved/);
    store.data.network.offline = true;
    await contains(".vip-ask-save").click();
    expect(".vip-ask-message").toHaveText(/The till is offline/);
    store.data.network.offline = false;
    expect(sent).toHaveLength(2);
    expect(input).toHaveValue("big");
    await contains(".vip-collapse").click();
    await contains(".vip-member-bar").click();
    expect(input).toHaveValue("big");
});

test("a few options are buttons, many are a list", async () => {
    const few = { key: "gender", label: "Gender", input: "selection" };
    const { sent } = await show({ ...few, options: [["female", "Female"], ["male", "Male"]] });
    expect(queryAllTexts(".vip-ask-option")).toEqual(["Female", "Male"]);
    await contains(".vip-ask-option:eq(0)").click();
    expect(".vip-ask-option:eq(0)").toHaveClass("btn-primary");
    await contains(".vip-ask-save").click();
    expect(sent[0].slice(2)).toEqual(["gender", "female"]);
});

test("hours come as a list of fifteen", async () => {
    const options = Array.from({ length: 15 }, (_, nr) => [`any|${nr}`, `Any day, ${nr}`]);
    const { sent } = await show({ key: "hours", label: "Hours", input: "hours", options });
    expect(".vip-ask-option").toHaveCount(0);
    await contains("select#vip_ask").select("any|4");
    await contains(".vip-ask-save").click();
    expect(sent[0].slice(2)).toEqual(["hours", "any|4"]);
});

test("a birthday is told by either calendar, with or without its year", async () => {
    const { sent } = await show({ key: "birthday", label: "Birthday", input: "birthday" });
    await contains(".vip-ask-month").select("8");
    expect(".vip-ask-save").not.toBeEnabled();
    await contains(".vip-ask-day").select("15");
    await contains(".vip-ask-calendar:eq(1)").click();
    await contains(".vip-ask-leap").click();
    await contains(".vip-ask-save").click();
    expect(sent[0].slice(2)).toEqual([
        "birthday",
        { calendar: "lunar", month: 8, day: 15, year: false, leap: true },
    ]);
});

test("what is typed for her is not typed into the ticket", async () => {
    const { store, order } = await show({ key: "birthday", label: "Birthday", input: "birthday" });
    const product = store.models["product.template"].get(5);
    await store.addLineToCurrentOrder({ product_tmpl_id: product });
    await contains(".vip-ask-month").focus();
    await press("7");
    await settle();
    expect(order.lines[0].qty).toBe(1);
});

test("a number is asked for with the keys of a telephone", async () => {
    await show({ key: "phone", label: "Phone", input: "phone", options: [] });
    expect("#vip_ask").toHaveAttribute("type", "tel");
});

test("in the dialog of a tablet it is saved as well", async () => {
    const { store, sent } = await show();
    setSize(store, 3);
    await settle();
    await contains(".vip-member-bar").click();
    await contains(".modal #vip_ask").edit("40", { confirm: false });
    await contains(".modal .vip-ask-save").click();
    expect(sent[0][3]).toBe("40");
    expect(".modal .vip-ask-saved").toHaveCount(1);
});
