import { describe, expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { queryOne } from "@odoo/hoot-dom";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { dialogActions, setupPosEnv } from "@point_of_sale/../tests/unit/utils";
import { ConnectionLostError } from "@web/core/network/rpc";
import { contains, makeServerError, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { answerCustomers, answerLookups, memberRow } from "./till_helpers";

describe.current.tags("desktop");

definePosModels();

/** Note what the browser's store is given and what the cashier is told. */
function watch(store) {
    const stored = [];
    const told = [];
    patchWithCleanup(store.data, {
        synchronizeServerDataInIndexedDB: (data) =>
            stored.push(...(data["res.partner"] || []).map((row) => row.id)),
    });
    patchWithCleanup(store.notification, { add: (text) => told.push(text) });
    return { stored, told };
}

test("a looked-up member is kept in the browser once she is chosen", async () => {
    const store = await setupPosEnv();
    const { stored } = watch(store);
    const asked = answerLookups([memberRow(601, "王芳"), memberRow(602, "王静")]);
    const found = await store.vipLookup("王");
    expect(asked).toEqual([["王", 1]]);
    expect(found.map((member) => member.name)).toEqual(["王芳", "王静"]);
    expect(stored).toEqual([]);
    store.addNewOrder();
    store.setPartnerToCurrentOrder(found[1]);
    expect(store.getOrder().partner_id.id).toBe(602);
    expect(stored).toEqual([602]);
});

test("a refused lookup is said in the server's words", async () => {
    const store = await setupPosEnv();
    const { told } = watch(store);
    const text = "No more lookups with this login";
    answerLookups(makeServerError({ type: "UserError", message: text }));
    expect(await store.vipLookup("0001")).toEqual([]);
    expect(told).toEqual([text]);
});

test("an error or no connection never stops the sale", async () => {
    const store = await setupPosEnv();
    const { told } = watch(store);
    answerLookups(makeServerError({ errorName: "psycopg2.Error", message: "SELECT secrets" }));
    expect(await store.vipLookup("0001")).toEqual([]);
    patchWithCleanup(store.data, {
        call: () => Promise.reject(new ConnectionLostError("/web")),
    });
    expect(await store.vipLookup("0001")).toEqual([]);
    expect(told).toEqual([
        "Members cannot be looked up at the moment. Sell without a member for now.",
        "Members cannot be looked up while the till is offline.",
    ]);
});

test("another associate's member opens no form", async () => {
    const store = await setupPosEnv();
    answerLookups([memberRow(603, "王芳")]);
    const [member] = await store.vipLookup("0001");
    const asked = [];
    onRpc("res.partner", "has_access", ({ args }) => {
        asked.push(args);
        return false;
    });
    patchWithCleanup(store.action, {
        doAction: () => expect.step("form"),
    });
    await dialogActions(async () => {
        await store.editPartner(member);
    });
    await animationFrame();
    expect(queryOne(".modal-body").textContent).toInclude("王芳 is looked after by Mei");
    await contains(".modal .btn-primary").click();
    await store.editPartner();
    expect(asked).toEqual([
        [[603], "write"],
        [[], "create"],
    ]);
    expect.verifySteps([]);
});

test("the card of somebody else's member sets her on the ticket", async () => {
    const store = await setupPosEnv();
    const order = store.addNewOrder();
    const asked = answerLookups([memberRow(604, "李娜")]);
    answerCustomers([]);
    onRpc("loyalty.card", "get_loyalty_card_partner_by_code", () => [604]);
    patchWithCleanup(store, { updateRewards: () => {} });
    await store.activateCode("044abc");
    expect(asked).toEqual([["044abc", 1]]);
    expect(order.partner_id.name).toBe("李娜");
});

test("a card whose holder is not found says so and leaves the ticket alone", async () => {
    const store = await setupPosEnv();
    const order = store.addNewOrder();
    answerLookups([]);
    onRpc("loyalty.card", "get_loyalty_card_partner_by_code", () => [605]);
    const answer = String(await store.activateCode("044abd"));
    expect(answer).toInclude("holder of this card was not found");
    expect(order.partner_id).toBe(undefined);
});
