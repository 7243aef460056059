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

test("a contact who became a member since is masked in what the browser kept", async () => {
    const store = await setupPosEnv();
    const stored = [];
    patchWithCleanup(store.data, {
        synchronizeServerDataInIndexedDB: (data) => stored.push(...(data["res.partner"] || [])),
    });
    const asked = [];
    onRpc("res.partner", "vip_till_members", ({ args }) => {
        asked.push(args[0]);
        return [11];
    });
    const kept = (id) => ({ id, name: `N${id}`, phone: "13600000009", category_id: [1] });
    const rows = [kept(11), kept(12), memberRow(13, "王芳")];
    await store.data.vipMaskKept({ "res.partner": rows });
    expect(asked).toEqual([[11, 12]]);
    const masked = { id: 11, name: "N11", phone: false, category_id: [], vip_member: true };
    expect(rows[0]).toEqual(masked);
    expect(rows[1].phone).toBe("13600000009");
    expect(rows[2].phone).toBe("139****0001");
    expect(stored).toEqual([masked]);
});

test("masking what was kept never stops the till", async () => {
    const store = await setupPosEnv();
    onRpc("res.partner", "vip_till_members", () => {
        throw new Error("out of order");
    });
    const data = { "res.partner": [{ id: 12, name: "Acme" }] };
    await store.data.vipMaskKept(data);
    await store.data.vipMaskKept({});
    expect(data["res.partner"][0].name).toBe("Acme");
});
