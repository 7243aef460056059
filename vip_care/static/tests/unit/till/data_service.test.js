import { describe, expect, test } from "@odoo/hoot";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { getFilledOrder, setupPosEnv } from "@point_of_sale/../tests/unit/utils";
import { onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { answerCustomers, memberRow } from "./till_helpers";

describe.current.tags("desktop");

definePosModels();

async function ticketOf(store, partnerId) {
    const order = await getFilledOrder(store);
    const row = { ...order.raw, id: 77, uuid: "ticket-77", partner_id: partnerId, lines: [] };
    const data = await store.data.missingRecursive({ "pos.order": [row] });
    return store.models.connectNewData(data)["pos.order"][0];
}

test("customers of tickets come masked and are asked for once", async () => {
    const store = await setupPosEnv();
    const asked = answerCustomers([memberRow(501, "王芳")]);
    const order = await ticketOf(store, 501);
    expect(asked).toEqual([[501]]);
    expect(order.partner_id.name).toBe("王芳");
    expect(order.partner_id.phone).toBe("139****0001");
    expect(order.partner_id.vip_owner).toBe("Mei");
    expect(order.serializeForORM().partner_id).toBe(501);
    await ticketOf(store, 501);
    expect(asked).toHaveLength(1);
});

test("a ticket keeps its customer when the server cannot say who she is", async () => {
    const store = await setupPosEnv();
    answerCustomers(new Error("out of order"));
    const order = await ticketOf(store, 502);
    expect(order.partner_id.name).toBe("Customer no. 502");
    expect(order.serializeForORM().partner_id).toBe(502);
});

test("without a connection nothing is asked", async () => {
    const store = await setupPosEnv();
    const asked = answerCustomers([]);
    store.data.network.offline = true;
    const row = { id: 78, uuid: "ticket-78", partner_id: 503 };
    expect(await store.data.missingRecursive({ "pos.order": [row] })).toEqual({});
    expect(asked).toEqual([]);
    store.data.network.offline = false;
});

test("reading and searching contacts goes past the mask nowhere", async () => {
    const store = await setupPosEnv();
    const asked = answerCustomers([memberRow(504, "李娜")]);
    onRpc("res.partner", "search_read", () => {
        throw new Error("contacts are never read past the mask");
    });
    const searched = [];
    onRpc("res.partner", "get_new_partner", ({ args }) => {
        searched.push(args);
        return { "res.partner": [memberRow(505, "赵敏")], "account.fiscal.position": [] };
    });
    const stored = [];
    patchWithCleanup(store.data, {
        synchronizeServerDataInIndexedDB: (data) => stored.push(...(data["res.partner"] || [])),
    });
    const [read] = await store.data.read("res.partner", [504]);
    expect(read.name).toBe("李娜");
    expect(asked).toEqual([[504]]);
    const domain = [["barcode", "=", "VIP1"]];
    const [found] = await store.data.searchRead("res.partner", domain);
    expect(found.name).toBe("赵敏");
    expect(searched).toEqual([[1, domain, 0]]);
    expect(stored.map((row) => row.phone)).toEqual(["139****0001", "139****0001"]);
});

/** Let the browser have kept these contacts, and the till have been opened with them. */
function keep(store, rows) {
    store.models.connectNewData({ "res.partner": rows });
    store.data.vipKeptIds = rows.map((row) => row.id);
}

test("a contact who became a member since is masked in what the browser kept", async () => {
    const store = await setupPosEnv();
    const stored = [];
    patchWithCleanup(store.data, {
        synchronizeServerDataInIndexedDB: (data) => stored.push(...(data["res.partner"] || [])),
    });
    const asked = [];
    onRpc("res.partner", "vip_till_members", ({ args }) => {
        asked.push(args[0]);
        return [811];
    });
    const kept = (id) => ({ id, name: `N${id}`, phone: "13600000009", category_id: [] });
    keep(store, [kept(811), kept(812), memberRow(813, "王芳")]);
    await store.data.vipMaskKept();
    expect(asked).toEqual([[811, 812]]);
    const phones = [811, 812, 813].map((id) => store.models["res.partner"].get(id).phone);
    expect(phones).toEqual([false, "13600000009", "139****0001"]);
    const member = store.models["res.partner"].get(811);
    expect([member.name, member.vip_member]).toEqual(["N811", true]);
    expect(stored).toHaveLength(1);
    expect(stored[0]).toMatchObject({ id: 811, name: "N811", phone: false, vip_member: true });
});

test("a first opening asks nothing, a later one does not wait for the mask", async () => {
    const asked = [];
    onRpc("res.partner", "vip_till_members", ({ args }) => {
        asked.push(args[0]);
        return new Promise(() => {});
    });
    const store = await setupPosEnv();
    expect(asked).toEqual([]);
    const row = { id: 814, name: "Acme", phone: "13600000009" };
    patchWithCleanup(Object.getPrototypeOf(store.data), {
        getCachedServerDataFromIndexedDB: () => ({ "res.partner": [row] }),
    });
    keep(store, [row]);
    await store.data.initData();
    expect(asked).toEqual([[814]]);
});

test("masking what was kept never stops the till", async () => {
    const store = await setupPosEnv();
    onRpc("res.partner", "vip_till_members", () => {
        throw new Error("out of order");
    });
    await store.data.vipMaskKept();
    keep(store, [{ id: 815, name: "Acme", phone: "13600000009" }]);
    await store.data.vipMaskKept();
    expect(store.models["res.partner"].get(815).phone).toBe("13600000009");
});
