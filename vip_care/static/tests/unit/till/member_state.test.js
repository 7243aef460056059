import { describe, expect, test } from "@odoo/hoot";
import { advanceTime, Deferred } from "@odoo/hoot-mock";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { setupPosEnv } from "@point_of_sale/../tests/unit/utils";
import { ConnectionLostError } from "@web/core/network/rpc";
import { makeServerError, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { answerCards, cardOf, loadMember, openScreen, settle } from "./member_helpers";
import { memberRow } from "./till_helpers";

describe.current.tags("desktop");

definePosModels();

const MINUTE = 60 * 1000;

test("a member is asked about once, also when switching between tickets", async () => {
    const store = await setupPosEnv();
    const asked = answerCards(cardOf(801, "王芳"), cardOf(802, "李娜"));
    const one = await loadMember(store);
    const other = await loadMember(store, 802, "李娜");
    const { order } = await openScreen(store, one);
    const second = store.addNewOrder();
    store.setPartnerToCurrentOrder(other);
    await settle();
    for (const ticket of [order, second, order]) {
        store.setOrder(ticket);
        await settle();
    }
    expect(asked).toEqual([
        [801, 1],
        [802, 1],
    ]);
    await advanceTime(6 * MINUTE);
    store.setOrder(second);
    await settle();
    expect(asked).toHaveLength(3);
});

test("who is no member is not asked about", async () => {
    const store = await setupPosEnv();
    const asked = answerCards(cardOf(801, "王芳"));
    await openScreen(store, store.models["res.partner"].get(3));
    await store.vipKnowMember(undefined);
    await store.vipKnowMember(false);
    expect(asked).toEqual([]);
    expect(".vip-member-panel").toHaveCount(0);
    expect(".vip-member-bar").toHaveCount(0);
});

test("a late answer is not shown for another member", async () => {
    const store = await setupPosEnv();
    const late = new Deferred();
    const slow = Object.assign(() => late, { id: 801 });
    answerCards(slow, cardOf(802, "李娜", { salutation: "Miss Li" }));
    const one = await loadMember(store);
    const other = await loadMember(store, 802, "李娜");
    await openScreen(store, one);
    expect(".vip-asking").toHaveCount(1);
    expect(".vip-called").toHaveText("王芳");
    store.setPartnerToCurrentOrder(other);
    await settle();
    expect(".vip-called").toHaveText("Miss Li");
    late.resolve(cardOf(801, "王芳"));
    await settle();
    expect(".vip-called").toHaveText("Miss Li");
});

test("she is forgotten when she has paid and when the till is left", async () => {
    const store = await setupPosEnv();
    const asked = answerCards(cardOf(801, "王芳"));
    const partner = await loadMember(store);
    const order = store.addNewOrder();
    const ask = () => store.vipKnowMember(partner);
    order.setPartner(partner);
    await ask();
    await store.postSyncAllOrders([order]);
    expect(store.vipMember(partner).isKnown).toBe(true);
    order.state = "paid";
    await store.postSyncAllOrders([order]);
    expect(store.vipMember(partner).isKnown).toBe(false);
    await ask();
    store.resetCashier();
    expect(store.vipMember(partner).isKnown).toBe(false);
    store.setCashier(store.user);
    await ask();
    const [employee] = store.models["hr.employee"].filter((one) => one.id !== store.cashier.id);
    store.setCashier(employee);
    expect(store.vipMember(partner).isKnown).toBe(false);
    await ask();
    store.navigate("SaverScreen");
    expect(store.vipMember(partner).isKnown).toBe(false);
    expect(asked).toHaveLength(4);
});

test("an answer that comes after the till was left is dropped", async () => {
    const store = await setupPosEnv();
    const late = new Deferred();
    answerCards(() => late);
    const partner = await loadMember(store);
    const asking = store.vipKnowMember(partner);
    store.vipForgetAll();
    late.resolve(cardOf(801, "王芳"));
    await asking;
    expect(store.vipMember(partner).isKnown).toBe(false);
});

test("offline the till shows what it has, and the card it last had", async () => {
    const store = await setupPosEnv();
    const asked = answerCards(cardOf(801, "王芳"));
    const partner = await loadMember(store);
    await settle(); // what the till does by itself on opening needs the connection
    store.data.network.offline = true;
    await openScreen(store, partner);
    expect(asked).toEqual([]);
    expect(".vip-offline").toHaveCount(1);
    expect(".vip-called").toHaveText("王芳");
    expect(".vip-owner").toHaveText(/Mei/);
    store.data.network.offline = false;
    window.dispatchEvent(new CustomEvent("pos-network-online"));
    await settle();
    expect(asked).toHaveLength(1);
    expect(".vip-offline").toHaveCount(0);
    expect(".vip-as-of").toHaveCount(0);
    await advanceTime(6 * MINUTE);
    store.data.network.offline = true;
    await store.vipKnowMember(partner);
    await settle();
    expect(".vip-offline").toHaveCount(1);
    expect(".vip-points").toHaveText("1,280 points");
    expect(".vip-as-of").toHaveText(/^as of \d+:\d\d/);
    store.data.network.offline = false;
});

test("offline the points come from a loyalty card the till has", async () => {
    const store = await setupPosEnv();
    const partner = await loadMember(store);
    patchWithCleanup(store.models["loyalty.card"], {
        getAll: () => [
            { partner_id: partner, program_id: { program_type: "loyalty" }, points: 90 },
            { partner_id: partner, program_id: { program_type: "ewallet" }, points: 500 },
        ],
    });
    expect(store.vipMember(partner).points).toBe(90);
});

test("what fails is not asked again at once", async () => {
    const store = await setupPosEnv();
    const error = makeServerError({ type: "UserError", message: "No more lookups" });
    const asked = answerCards(error);
    const partner = await loadMember(store);
    await store.vipKnowMember(partner);
    await store.vipKnowMember(partner);
    expect(asked).toHaveLength(1);
    expect(store.vipMember(partner).message).toBe("No more lookups");
    await store.vipKnowMember(partner, { again: true });
    await advanceTime(2 * MINUTE);
    await store.vipKnowMember(partner);
    expect(asked).toHaveLength(3);
});

test("a lost connection leaves the card as it was", async () => {
    const store = await setupPosEnv();
    answerCards(cardOf(801, "王芳"));
    const partner = await loadMember(store);
    await store.vipKnowMember(partner);
    patchWithCleanup(store.data, {
        call: () => Promise.reject(new ConnectionLostError("/web")),
    });
    await store.vipKnowMember(partner, { again: true });
    const member = store.vipMember(partner);
    expect(member.isOffline).toBe(true);
    expect(member.points).toBe(1280);
    expect(member.asOf).not.toBe("");
});

test("her record is refreshed and kept, the card itself is kept nowhere", async () => {
    const store = await setupPosEnv();
    const row = { ...memberRow(801, "王芳"), vip_tier: "Diamond" };
    answerCards(cardOf(801, "王芳", { pos: row }));
    const partner = await loadMember(store);
    const stored = [];
    patchWithCleanup(store.data, {
        synchronizeServerDataInIndexedDB: (data) => stored.push(data),
    });
    await store.vipKnowMember(partner);
    expect(partner.vip_tier).toBe("Diamond");
    expect(JSON.stringify(stored)).toInclude("王芳");
    expect(JSON.stringify(stored)).not.toInclude("Sister Wang");
    expect(JSON.stringify({ ...localStorage })).not.toInclude("Sister Wang");
});
