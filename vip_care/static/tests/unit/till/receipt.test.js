import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { OrderReceipt } from "@point_of_sale/app/screens/receipt_screen/receipt/order_receipt";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { getFilledOrder, setupPosEnv } from "@point_of_sale/../tests/unit/utils";
import { mountWithCleanup, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { answerLookups, goOffline, memberRow } from "./till_helpers";

describe.current.tags("desktop");

definePosModels();

async function memberTicket() {
    const store = await setupPosEnv();
    store.config._vip = { store: "Gate North" };
    answerLookups([memberRow(901, "王芳")]);
    const [member] = await store.vipLookup("0001");
    const order = await getFilledOrder(store);
    order.setPartner(member);
    return { store, order };
}

async function print(order) {
    await mountWithCleanup(OrderReceipt, { props: { order } });
    return queryAllTexts(".pos-receipt").at(-1);
}

test("a member's receipt names store and adviser and asks to come back to her", async () => {
    const { order } = await memberTicket();
    order.uiState.vipAdviser = { id: 31, name: "Mei" };
    const text = await print(order);
    expect(queryAllTexts(".vip-receipt > div")).toEqual([
        "Gate North",
        "Your adviser: Mei",
        "Please ask for Mei next time.",
    ]);
    for (const secret of ["139****0001", "Gold"]) {
        expect(text).not.toInclude(secret);
    }
});

test("without an adviser it names who sold, without a member nobody", async () => {
    const { store, order } = await memberTicket();
    order.user_id = store.user;
    await print(order);
    expect(".vip-receipt-adviser").toHaveText(`Your adviser: ${store.user.name}`);
    order.setPartner(store.models["res.partner"].get(3));
    await print(order);
    expect(queryAllTexts(".vip-receipt")).toHaveLength(1); // the first one's
});

test("offline it says that the points come later", async () => {
    const { store, order } = await memberTicket();
    patchWithCleanup(order, { getLoyaltyPoints: () => [{ couponId: 1, points: {}, program: {} }] });
    await print(order);
    expect(".vip-receipt-late").toHaveCount(0);
    goOffline(store);
    await print(order);
    expect(".vip-receipt-late").toHaveCount(1);
});

test("an error of ours prints the receipt without our lines", async () => {
    const { order } = await memberTicket();
    patchWithCleanup(OrderReceipt.prototype, {
        vipReadReceipt: () => {
            throw new Error("broken");
        },
    });
    expect(await print(order)).toInclude("王芳");
    expect(queryAllTexts(".vip-receipt")).toEqual([]);
});
