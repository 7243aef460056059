import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { PartnerLine } from "@point_of_sale/app/screens/partner_list/partner_line/partner_line";
import { PartnerList } from "@point_of_sale/app/screens/partner_list/partner_list";
import { ProductScreen } from "@point_of_sale/app/screens/product_screen/product_screen";
import { ReceiptScreen } from "@point_of_sale/app/screens/receipt_screen/receipt_screen";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { getFilledOrder, setupPosEnv } from "@point_of_sale/../tests/unit/utils";
import { makeServerError, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { answerLookups, memberRow } from "./till_helpers";

describe.current.tags("desktop");

definePosModels();

function noContactsOfOdoo() {
    onRpc("res.partner", "get_new_partner", () => ({ "res.partner": [] }));
}

async function openList() {
    const props = { partner: null, getPayload: () => {}, close: () => {} };
    const list = await mountWithCleanup(PartnerList, { props });
    return list;
}

async function search(list, text) {
    list.state.query = text;
    await list.onEnter();
    await animationFrame();
    return queryAllTexts(".partner-list .partner-info b, .partner-info b");
}

test("search more finds members, by what their masked record does not show, too", async () => {
    await setupPosEnv();
    noContactsOfOdoo();
    const asked = answerLookups([memberRow(701, "王芳", "139****0001")]);
    const list = await openList();
    for (const text of ["13912340001", "王", "0001"]) {
        expect(await search(list, text)).toEqual(["王芳"]);
    }
    expect(asked.map((args) => args[0])).toEqual(["13912340001", "王", "0001"]);
    expect(queryAllTexts(".vip-member-owner")).toEqual(["Mei"]);
    expect(queryAllTexts(".vip-member-badge .badge")).toEqual(["Gold"]);
    expect(list.state.loadedPartners).toHaveLength(1);
});

test("what was found for one question is not shown for the next", async () => {
    await setupPosEnv();
    noContactsOfOdoo();
    answerLookups([memberRow(702, "王芳")]);
    const list = await openList();
    await search(list, "13912340001");
    list.state.query = "nobody";
    await animationFrame();
    expect(queryAllTexts(".partner-info b")).toEqual([]);
});

test("the list stays as it is when members cannot be looked up", async () => {
    const store = await setupPosEnv();
    onRpc("res.partner", "get_new_partner", () => ({
        "res.partner": [{ id: 703, name: "Acme", write_date: "2026-07-03 12:38:12" }],
    }));
    answerLookups(makeServerError({ errorName: "builtins.KeyError", message: "broken" }));
    const list = await openList();
    expect(await search(list, "Acme")).toEqual(["Acme"]);
    expect(store.models["res.partner"].get(703).vip_member).not.toBe(true);
    expect(queryAllTexts(".vip-member-badge")).toEqual([]);
});

test("the line of a phone shows tier and owner as well", async () => {
    const store = await setupPosEnv();
    answerLookups([memberRow(704, "李娜")]);
    const [partner] = await store.vipLookup("李");
    store.ui.isSmall = true;
    const none = () => {};
    const props = { close: none, partner, isSelected: false, isBalanceDisplayed: false };
    const clicks = ["onClickEdit", "onClickUnselect", "onClickPartner", "onClickOrders"];
    await mountWithCleanup(PartnerLine, {
        props: { ...props, ...Object.fromEntries(clicks.map((name) => [name, none])) },
    });
    expect("div.partner-info .vip-member-badge").toHaveText(/Gold\s*Mei/);
});

test("a scanned card finds the member, two members or none find nobody", async () => {
    const store = await setupPosEnv();
    noContactsOfOdoo();
    const rows = [memberRow(705, "王芳")];
    answerLookups(rows);
    const order = store.addNewOrder();
    const screen = await mountWithCleanup(ProductScreen, { props: { orderUuid: order.uuid } });
    await screen._barcodePartnerAction({ code: "VIP00000001" });
    expect(order.partner_id.name).toBe("王芳");
    rows.push(memberRow(706, "李娜"));
    expect(await screen._getPartnerByBarcode({ code: "VIP2" })).toBe(undefined);
});

test("no receipt goes to a masked number", async () => {
    const store = await setupPosEnv();
    answerLookups([memberRow(707, "王芳")]);
    const [member] = await store.vipLookup("0001");
    const order = await getFilledOrder(store);
    order.setPartner(member);
    const screen = await mountWithCleanup(ReceiptScreen, { props: { orderUuid: order.uuid } });
    expect(screen.state.phone).toBe("");
    expect(screen.state.email).toBe("");
});
