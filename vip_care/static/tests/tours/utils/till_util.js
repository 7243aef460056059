import * as PartnerList from "@point_of_sale/../tests/pos/tours/utils/partner_list_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";

const line = (name) => `.partner-list .partner-info:contains("${name}")`;

function pressEnter() {
    const input = document.querySelector(".modal-dialog .input-group input");
    input.dispatchEvent(new KeyboardEvent("keyup", { key: "" }));
    input.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, key: "Enter" }));
}

/** Type into the list of customers and press Enter: "search more". */
export function search(text) {
    return [
        {
            isActive: ["mobile"],
            content: "open the search field",
            trigger: ".modal-dialog .fa-search.undefined",
            run: "click",
        },
        {
            content: `search customers by ${text}`,
            trigger: ".modal-dialog .input-group input",
            run: `edit ${text}`,
        },
        {
            content: "let the field take the text over",
            trigger: ".modal-dialog .input-group input",
            run: () => new Promise((resolve) => setTimeout(resolve, 200)),
        },
        {
            content: "search more",
            trigger: ".modal-dialog .input-group input",
            run: pressEnter,
        },
    ];
}

/** The member's line shows her masked number, her tier and whose member she is. */
export function showsMember(name, phone, owner) {
    return [
        { content: `${name}: masked`, trigger: `${line(name)}:contains("${phone}")` },
        {
            content: `${name}: owner`,
            trigger: `${line(name)} .vip-member-owner:contains("${owner}")`,
        },
        { content: `${name}: tier`, trigger: `${line(name)} .vip-member-badge .badge` },
    ];
}

export function notifies(text) {
    return { content: `says ${text}`, trigger: `.o_notification:contains("${text}")` };
}

export function chooses(name) {
    return [
        PartnerList.clickPartner(name),
        { ...ProductScreen.back(), isActive: ["mobile"] },
        ProductScreen.customerIsSelected(name),
    ].flat();
}

export function pays(method = "Bank") {
    return [
        ProductScreen.clickPayButton(),
        PaymentScreen.clickPaymentMethod(method),
        PaymentScreen.clickValidate(),
        ReceiptScreen.isShown(),
    ].flat();
}

export function receiptShows(name) {
    return {
        content: `receipt for ${name}`,
        trigger: `.pos-receipt .pos-receipt-customer:contains("${name}")`,
    };
}

async function readStore(name) {
    const db = await new Promise((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    const texts = [];
    for (const store of db.objectStoreNames) {
        texts.push(
            await new Promise((resolve, reject) => {
                const request = db.transaction(store).objectStore(store).getAll();
                request.onsuccess = () => resolve(JSON.stringify(request.result));
                request.onerror = () => reject(request.error);
            })
        );
    }
    db.close();
    return texts.join("");
}

/** All the browser keeps has `kept` in it (so it was really read) and none of `secrets`. */
export function browserKeeps(kept, secrets) {
    return {
        content: "nothing private in the browser's store",
        trigger: "body",
        run: async () => {
            await new Promise((resolve) => setTimeout(resolve, 1000)); // it saves after a while
            const names = (await indexedDB.databases()).map((db) => db.name);
            const texts = await Promise.all(names.map(readStore));
            const text = texts.join("") + JSON.stringify({ ...localStorage });
            for (const name of kept) {
                if (!text.includes(name)) {
                    throw new Error(`The browser does not keep ${name}`);
                }
            }
            for (const secret of secrets) {
                if (text.includes(secret)) {
                    throw new Error(`The browser keeps ${secret}`);
                }
            }
        },
    };
}
