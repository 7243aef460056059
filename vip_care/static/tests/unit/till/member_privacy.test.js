import { describe, expect, test } from "@odoo/hoot";
import { CustomerDisplayPosAdapter } from "@point_of_sale/app/customer_display/customer_display_adapter";
import { OrderReceipt } from "@point_of_sale/app/screens/receipt_screen/receipt/order_receipt";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { getFilledOrder, setupPosEnv } from "@point_of_sale/../tests/unit/utils";
import { mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { answerCards, cardOf, loadMember, openScreen, SECRETS } from "./member_helpers";

describe.current.tags("desktop");

definePosModels();

/** A ticket of a member about whom the till knows everything. */
async function fullTicket() {
    const store = await setupPosEnv();
    answerCards(cardOf(801, "王芳"));
    const partner = await loadMember(store);
    const order = await getFilledOrder(store);
    order.setPartner(partner);
    await store.vipKnowMember(partner);
    expect(store.vipMember(partner).salutation).toBe("Sister Wang");
    return { store, order, partner };
}

function findSecrets(text) {
    return SECRETS.filter((secret) => text.includes(secret));
}

test("the customer display is told nothing of her", async () => {
    const { store, order } = await fullTicket();
    const shown = [];
    onRpc("pos.config", "update_customer_display", ({ args }) => {
        shown.push(JSON.stringify(args));
        return true;
    });
    const adapter = new CustomerDisplayPosAdapter();
    const sent = [];
    adapter.channel = { postMessage: (data) => sent.push(JSON.stringify(data)) };
    adapter.formatOrderData(order);
    adapter.dispatch(store);
    await Promise.resolve();
    expect(adapter.data.lines).toHaveLength(2);
    expect(sent).toHaveLength(1);
    expect(findSecrets([...shown, ...sent].join())).toEqual([]);
    expect(sent[0]).not.toInclude("王芳");
});

test("nothing of her card is printed", async () => {
    const { order } = await fullTicket();
    await mountWithCleanup(OrderReceipt, { props: { order } });
    const text = document.querySelector(".pos-receipt").textContent;
    expect(text).toInclude(order.lines[0].getFullProductName());
    // Store and associate are meant to be on it, her details are not.
    expect(findSecrets(text).filter((secret) => secret !== "Mei")).toEqual([]);
});

test("what the browser keeps of the ticket and what the server gets has no card", async () => {
    const { store, partner } = await fullTicket();
    const { order } = await openScreen(store, partner);
    const kept = JSON.stringify(order.serializeForIndexedDB());
    const sent = JSON.stringify(order.serializeForORM());
    expect(findSecrets(kept + sent)).toEqual([]);
});
