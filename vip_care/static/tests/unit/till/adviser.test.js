import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { ControlButtons } from "@point_of_sale/app/screens/product_screen/control_buttons/control_buttons";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { getFilledOrder, setupPosEnv } from "@point_of_sale/../tests/unit/utils";
import { contains, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { answerCards, cardOf, loadMember, openScreen, settle } from "./member_helpers";

describe.current.tags("desktop");

definePosModels();

const ADVISERS = [
    { id: 7, name: "Mei", is_me: false },
    { id: 8, name: "Lan", is_me: true },
];

async function openTicket(advisers = ADVISERS) {
    const store = await setupPosEnv();
    store.config._vip = { store: "Gate North", advisers };
    const order = await getFilledOrder(store);
    await mountWithCleanup(MainComponentsContainer);
    await mountWithCleanup(ControlButtons, { props: { showRemainingButtons: true } });
    return { store, order };
}

test("the adviser is chosen among the store's, and goes with the ticket", async () => {
    const { order } = await openTicket();
    expect(".vip-adviser-button").toHaveText("Served by");
    // Odoo's test data has our field; real tills never load it.
    expect(Boolean(order.serializeForORM({ keepCommands: true }).vip_adviser_id)).toBe(false);
    order._dirty = false;
    await contains(".vip-adviser-button").click();
    expect(queryAllTexts(".selection-item")).toEqual(["The cashier", "Lan", "Mei"]);
    await contains(".selection-item:eq(2)").click();
    await settle();
    expect(order.isDirty()).toBe(true);
    expect(".vip-adviser-button").toHaveText("Mei");
    expect(order.serializeForORM({ keepCommands: true }).vip_adviser_id).toBe(7);
});

test("the cashier takes it back, and the server is told so", async () => {
    const { store, order } = await openTicket();
    order.setVipAdviser(ADVISERS[0]);
    await settle();
    await contains(".vip-adviser-button").click();
    await contains(".selection-item:eq(0)").click();
    await settle();
    expect(order.getVipAdviser()).toBe(null);
    expect(order.serializeForORM({ keepCommands: true }).vip_adviser_id).toBe(false);
    expect(store.vipServedBy(order)).toBe(store.getCashier().name);
});

test("closing the list changes nothing", async () => {
    const { order } = await openTicket();
    order.setVipAdviser(ADVISERS[0]);
    await settle();
    await contains(".vip-adviser-button").click();
    await contains(".modal .btn-close").click();
    expect(order.getVipAdviser().id).toBe(7);
});

test("without advisers nothing is shown", async () => {
    const { store } = await openTicket([null, {}, { id: "7", name: "Mei" }]);
    expect(".vip-adviser-button").toHaveCount(0);
    for (const data of [undefined, null, {}, { advisers: null }, { advisers: "Mei" }]) {
        store.config._vip = data;
        expect(store.vipAdvisers()).toEqual([]);
    }
});

test("a reload keeps who served her", async () => {
    const { store, order } = await openTicket();
    order.setVipAdviser(ADVISERS[0]);
    const kept = JSON.parse(JSON.stringify(order.serializeForIndexedDB()));
    store.models["pos.order"].delete(order, { silent: true });
    const data = { "pos.order": [{ ...kept, lines: [], payment_ids: [] }] };
    const [again] = store.models.loadConnectedData(data, [])["pos.order"];
    expect(again.getVipAdviser()).toEqual({ id: 7, name: "Mei" });
    expect(again.serializeForORM({ keepCommands: true }).vip_adviser_id).toBe(7);
});

test("nobody else is chosen on a ticket that is paid", async () => {
    const { store, order } = await openTicket();
    order.state = "paid";
    await store.vipChooseAdviser(order);
    await store.vipChooseAdviser(undefined);
    await settle();
    expect(".modal").toHaveCount(0);
});

test("the panel tells who serves her and whose member she is", async () => {
    const store = await setupPosEnv();
    store.config._vip = { advisers: ADVISERS };
    answerCards(cardOf(801, "王芳", { owner: { id: 8, name: "Lan" } }));
    await mountWithCleanup(MainComponentsContainer);
    const { order } = await openScreen(store, await loadMember(store));
    expect(".vip-owner").toHaveText("Your member");
    await contains(".vip-served button").click();
    await contains(".selection-item:eq(2)").click();
    await settle();
    expect(".vip-served").toHaveText(/Mei/);
    expect(order.getVipAdviser().id).toBe(7);
});
