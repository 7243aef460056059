import { describe, expect, test } from "@odoo/hoot";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { getFilledOrder, setupPosEnv } from "@point_of_sale/../tests/unit/utils";
import { answerCards, cardOf, loadMember } from "./member_helpers";
import { memberRow } from "./till_helpers";

describe.current.tags("desktop");

definePosModels();

/** A ticket of a member who by now has price list 3; the till still has `before`. */
async function serve(store, before, change = () => {}, usesPresets = false) {
    store.config.use_presets = usesPresets;
    const row = { ...memberRow(801, "王芳"), property_product_pricelist: 3 };
    answerCards(cardOf(801, "王芳", { pos: row }));
    const partner = await loadMember(store, 801, "王芳", { property_product_pricelist: before });
    const order = await getFilledOrder(store);
    order.setPartner(partner);
    change(order);
    const total = order.priceIncl;
    await store.vipKnowMember(partner);
    return { order, total, partner };
}

test("her new price list comes with her", async () => {
    const store = await setupPosEnv();
    const { order, total, partner } = await serve(store, false);
    expect(partner.property_product_pricelist.id).toBe(3);
    expect(order.pricelist_id.id).toBe(3);
    expect(order.priceIncl).toBeLessThan(total);
});

test("a price list the cashier chose stays", async () => {
    const store = await setupPosEnv();
    const other = store.models["product.pricelist"].get(2);
    const { order } = await serve(store, false, (ticket) => ticket.setPricelist(other));
    expect(order.pricelist_id.id).toBe(2);
});

test("a ticket that is being paid keeps the total she was told", async () => {
    const store = await setupPosEnv();
    const list = store.models["product.pricelist"].get(3);
    const setPricelist = ({ id }) => expect.step(id);
    store.vipReprice({ payment_ids: [{}], setPricelist }, list);
    expect.verifySteps([]);
    store.vipReprice({ payment_ids: [], setPricelist }, list);
    expect.verifySteps([3]);
});

test("a ticket of somebody else is left alone", async () => {
    const store = await setupPosEnv();
    const { order } = await serve(store, false, (ticket) =>
        ticket.setPartner(store.models["res.partner"].get(3))
    );
    expect(order.pricelist_id?.id).not.toBe(3);
});

test("a preset with a price list of its own keeps it", async () => {
    const store = await setupPosEnv();
    const { order } = await serve(store, false, () => {}, true);
    expect(order.preset_id.pricelist_id.id).toBe(1);
    expect(order.pricelist_id.id).toBe(1);
});
