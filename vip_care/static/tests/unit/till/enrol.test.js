import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { PartnerList } from "@point_of_sale/app/screens/partner_list/partner_list";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { getFilledOrder, setupPosEnv } from "@point_of_sale/../tests/unit/utils";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { contains, makeServerError, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { answerEnrolments, goOffline, memberRow, noteNotifications } from "./till_helpers";

describe.current.tags("desktop");

definePosModels();

const CONSENT = "She agrees that we keep her data.";

async function setup() {
    const store = await setupPosEnv();
    store.config._vip = {
        store: "Gate North",
        advisers: [
            { id: 31, name: "Mei" },
            { id: 32, name: "Hong", is_me: true },
        ],
        consent_text: CONSENT,
        marketing_text: "Offers, too.",
    };
    const told = noteNotifications(store);
    const container = await mountWithCleanup(MainComponentsContainer);
    return { store, told, container };
}

async function enrol(values) {
    for (const [name, value] of Object.entries(values)) {
        await contains(`.vip-enrol [name=${name}]`).edit(value, { confirm: false });
    }
    await contains(".vip-enrol-save").click();
    await animationFrame();
}

const problem = () => queryAllTexts(".vip-enrol .alert-warning").join();

test("number and name make a member, who stands on the ticket", async () => {
    const { store, told } = await setup();
    const order = store.addNewOrder();
    const sent = answerEnrolments([memberRow(801, "周琳")]);
    store.vipEnrol({ query: "138 0013 8000" });
    await animationFrame();
    expect(queryOne(".vip-enrol [name=phone]").value).toBe("138 0013 8000");
    expect(queryOne(".vip-enrol [name=employee_id]").value).toBe("32");
    expect(queryAllTexts(".vip-enrol .form-check-label")).toEqual([CONSENT, "Offers, too."]);
    await contains(".vip-enrol [name=consent]").click();
    await enrol({ name: " 周琳 ", referrer_phone: "13912340001" });
    expect(queryAllTexts(".vip-enrol")).toEqual([]);
    expect(sent).toHaveLength(1);
    const [values, configId] = sent[0];
    expect(configId).toBe(store.config.id);
    expect(values).toMatchObject({
        phone: "138 0013 8000",
        name: "周琳",
        employee_id: 32,
        consent: true,
        consent_text: CONSENT,
        consent_marketing: false,
        referrer_phone: "13912340001",
    });
    expect(order.partner_id.id).toBe(801);
    expect(told).toEqual(["周琳 is a member now."]);
    expect(store.vipKeptEnrolments()).toEqual([]);
});

test("she takes the place of the customer before her, not of one after", async () => {
    const { store } = await setup();
    answerEnrolments([memberRow(805, "周琳")]);
    const order = store.addNewOrder();
    const [before, after] = store.models["res.partner"].getAll();
    order.setPartner(before);
    const values = { phone: "13800138000", name: "周琳" };
    const entry = store.vipNewEnrolment(values);
    order.setPartner(after);
    await store.vipSendEnrolment(entry);
    expect(order.partner_id.id).toBe(after.id);
    await store.vipSendEnrolment(store.vipNewEnrolment(values));
    expect(order.partner_id.id).toBe(805);
});

test("what is missing is said before anything is sent", async () => {
    const { store } = await setup();
    const sent = answerEnrolments([]);
    store.vipEnrol();
    await animationFrame();
    await enrol({});
    expect(problem()).toBe("Type the member's mobile number.");
    await enrol({ phone: "one three eight" });
    expect(problem()).toInclude("is not a phone number");
    await enrol({ phone: "13800138000" });
    expect(problem()).toBe("Type her name.");
    store.config._vip.advisers[1].is_me = false;
    await contains(".vip-enrol [name=employee_id]").select("");
    await enrol({ name: "周琳" });
    expect(problem()).toBe("Choose the adviser who will look after the member.");
    expect(sent).toEqual([]);
});

test("a refusal is shown in the server's words and nothing typed is lost", async () => {
    const { store } = await setup();
    const text = "No member has the number 111.";
    answerEnrolments(makeServerError({ type: "ValidationError", message: text }));
    store.vipEnrol({ query: "13800138000" });
    await animationFrame();
    await enrol({ name: "周琳", referrer_phone: "111" });
    expect(problem()).toBe(text);
    expect(queryOne(".vip-enrol [name=name]").value).toBe("周琳");
    expect(store.vipKeptEnrolments()).toEqual([]);
});

test("the ticket's adviser enrols before the cashier", async () => {
    const { store } = await setup();
    const order = store.addNewOrder();
    expect(store.vipEnrolsBy().name).toBe("Hong");
    order.uiState.vipAdviser = { id: 31, name: "Mei" };
    expect(store.vipEnrolsBy().name).toBe("Mei");
    store.config._vip = {};
    expect(store.vipEnrolsBy()).toBe(undefined);
});

test("offline it is kept, sent once, and the open ticket becomes hers", async () => {
    const { store, told } = await setup();
    const order = await getFilledOrder(store);
    const sent = answerEnrolments([memberRow(802, "周琳")]);
    const goOnline = goOffline(store);
    store.vipEnrol({ query: "13800138000" });
    await animationFrame();
    expect(queryAllTexts(".vip-enrol .alert-info")).toHaveLength(1);
    await enrol({ name: "周琳" });
    expect(told).toEqual(["Kept: 周琳 is enrolled once the till is online again."]);
    expect(sent).toEqual([]);
    const [kept] = store.vipKeptEnrolments();
    expect(kept).toMatchObject({ phone: "13800138000", order_uuid: order.uuid });
    expect(kept.taken_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    await store.vipSendKept(); // still offline
    goOnline();
    await Promise.all([store.vipSendKept(), store.vipSendKept()]);
    expect(sent).toHaveLength(1);
    expect(sent[0][0].order_uuid).toBe(undefined);
    expect(order.partner_id.id).toBe(802);
    expect(store.vipKeptEnrolments()).toEqual([]);
});

test("a ticket paid meanwhile goes first, the server gives it to her", async () => {
    const { store } = await setup();
    const order = await getFilledOrder(store);
    const sent = answerEnrolments([memberRow(803, "周琳")]);
    const goOnline = goOffline(store);
    const entry = store.vipNewEnrolment({ phone: "13800138000", name: "周琳" });
    expect(await store.vipSendEnrolment(entry)).toEqual({ kept: true });
    order.state = "paid";
    goOnline();
    await store.vipSendKept();
    expect(sent).toEqual([]);
    await store.syncAllOrders({ orders: [order] });
    await store.vipEnrolMutex.exec(() => {});
    expect(sent.map(([values]) => values.order_uuid)).toEqual([order.uuid]);
    expect(order.partner_id).toBe(undefined);
});

test("what is refused later waits to be mended, also after a reload", async () => {
    const { store, told } = await setup();
    const entry = store.vipNewEnrolment({ phone: "1380013800", name: "周琳", employee_id: 31 });
    store.vipKept.put(entry);
    const text = "“1380013800” is not a phone number we can use.";
    const rows = [];
    const sent = answerEnrolments(rows, makeServerError({ type: "UserError", message: text }));
    await store.vipSendKept();
    await store.vipSendKept();
    expect(sent).toHaveLength(1);
    expect(told).toEqual([`周琳 was not enrolled: ${text}`]);
    expect(store.vipKeptEnrolments()[0].error).toBe(text);
    rows.push(memberRow(804, "周琳"));
    store.vipMend(entry.uuid);
    await animationFrame();
    expect(queryOne(".vip-enrol [name=employee_id]").value).toBe("31");
    await enrol({ phone: "13800138000" });
    expect(sent[1][0].phone).toBe("13800138000");
    expect(store.vipKeptEnrolments()).toEqual([]);
});

test("a server in trouble loses nothing and is not asked after each ticket", async () => {
    const { store, told } = await setup();
    const broken = makeServerError({ errorName: "builtins.KeyError", message: "secret" });
    const sent = answerEnrolments([], broken);
    const entry = store.vipNewEnrolment({ phone: "13800138000", name: "周琳" });
    expect(await store.vipSendEnrolment(entry)).toEqual({ kept: true });
    expect(told).toEqual(["Kept: 周琳 cannot be enrolled now, the till tries again."]);
    await store.vipSendKept();
    await store.vipSendKept();
    expect(sent).toHaveLength(2);
    expect(store.vipKeptEnrolments()).toHaveLength(1);
});

test("a browser that stores nothing says so", async () => {
    const { store } = await setup();
    goOffline(store);
    store.vipKept.write = () => false;
    const entry = store.vipNewEnrolment({ phone: "13800138000", name: "周琳" });
    const { refusal } = await store.vipSendEnrolment(entry);
    expect(String(refusal)).toInclude("write the number down");
});

test("whoever may create no contacts enrols from the list of customers", async () => {
    const { store } = await setup();
    onRpc("res.partner", "has_access", () => false);
    store.addNewOrder();
    const props = { partner: null, getPayload: () => {}, close: () => {} };
    const list = await mountWithCleanup(PartnerList, { props });
    list.state.query = "周琳";
    await list.editPartner();
    await animationFrame();
    expect(queryOne(".vip-enrol [name=name]").value).toBe("周琳");
});
