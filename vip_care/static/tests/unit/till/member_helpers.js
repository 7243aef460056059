import { animationFrame } from "@odoo/hoot-mock";
import { ProductScreen } from "@point_of_sale/app/screens/product_screen/product_screen";
import { mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { memberRow } from "./till_helpers";

/** What nobody but the associate may see. */
export const SECRETS = [
    "Sister Wang",
    "1,280",
    "1280",
    "Wool coat",
    "linen",
    "Green tea",
    "Shorten the coat",
    "Mei",
    "13912340001",
    "139****0001",
];

/** The card of a member, as the server gives it (vip_till_member). */
export function cardOf(id, name, values = {}) {
    return {
        id,
        name,
        salutation: "Sister Wang",
        tier: { id: 1, name: "Gold" },
        points: 1280,
        as_of: luxon.DateTime.utc().toFormat("yyyy-MM-dd HH:mm:ss"),
        phone: "139****0001",
        owner: { id: 7, name: "Mei" },
        own: true,
        may_reveal: true,
        birthday: { days: 3, date: "06-30" },
        last_visit: { date: "2026-06-18", days: 12, store: "Gate North" },
        sizes: { top: "M", bottom: "29", shoe: "38" },
        taste: { tags: ["minimal", "linen"], text: "No bright red" },
        purchases: [
            { date: "2026-06-18", name: "Wool coat (M)", qty: 1, returned: false },
            { date: "2026-06-18", name: "Silk scarf", qty: 2, returned: true },
            ...[1, 2, 3].map((nr) => ({ date: "2026-05-01", name: `Shirt ${nr}`, qty: 1 })),
        ],
        service: ["Green tea"],
        matters: [
            { kind: "promise", text: "Shorten the coat", due: "2026-06-20", late: true, owner: "Mei" },
        ],
        ask: { key: "size_shoe", label: "Shoe size", input: "text", options: [], placeholder: "38" },
        pos: memberRow(id, name),
        ...values,
    };
}

/** Answer vip_till_member with `cards` (an error is thrown); returns who was asked for. */
export function answerCards(...cards) {
    const asked = [];
    onRpc("res.partner", "vip_till_member", async ({ args }) => {
        asked.push(args);
        const card = cards.find((one) => one?.id === args[0]) ?? cards[0];
        const answer = await (typeof card === "function" ? card() : card);
        if (answer instanceof Error) {
            throw answer;
        }
        return answer;
    });
    return asked;
}

/** The member's record on the till. */
export async function loadMember(store, id = 801, name = "王芳", values = {}) {
    const [partner] = await store.data.vipLoad([{ ...memberRow(id, name), ...values }], {
        keep: false,
    });
    return partner;
}

export async function settle() {
    for (let round = 0; round < 3; round++) {
        await animationFrame();
    }
}

/** The product screen with a ticket of the member on it. */
export async function openScreen(store, partner) {
    const order = store.addNewOrder();
    if (partner) {
        order.setPartner(partner);
    }
    const screen = await mountWithCleanup(ProductScreen, { props: { orderUuid: order.uuid } });
    await settle();
    return { order, screen };
}

/** Odoo's sizes: 4 is a desk, 3 a tablet, 1 a phone. */
export function setSize(store, size) {
    store.ui.size = size;
    store.ui.isSmall = size <= 1;
}
