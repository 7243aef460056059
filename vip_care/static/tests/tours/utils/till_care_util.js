import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import { inLeftSide } from "@point_of_sale/../tests/pos/tours/utils/common";
import * as Order from "@point_of_sale/../tests/generic_helpers/order_widget_util";

const PANEL = ".vip-member-panel";
const ENROL = ".vip-enrol";

export function panelSays(part, text) {
    return {
        content: `the panel says ${text}`,
        trigger: `${PANEL} ${part}:contains("${text}")`,
    };
}

export function panelNeverSays(text) {
    return {
        content: `the panel does not say ${text}`,
        trigger: `${PANEL}:not(:contains("${text}"))`,
    };
}

export function panelIsGone() {
    return { content: "no panel", trigger: `.product-screen:not(:has(${PANEL}))` };
}

export function priceIs(price) {
    return inLeftSide(Order.hasLine({ productName: "Desk Pad", price }));
}

/** Tap the answer to what is asked today, and save it. */
export function answers(label) {
    return [
        {
            content: `she says ${label}`,
            trigger: `${PANEL} .vip-ask-option:contains("${label}")`,
            run: "click",
        },
        { content: "save", trigger: `${PANEL} .vip-ask-save`, run: "click" },
        { content: "saved", trigger: `${PANEL} .vip-ask-saved` },
    ];
}

export function choosesAdviser(name) {
    return [
        { content: "change", trigger: `${PANEL} .vip-served button`, run: "click" },
        {
            content: name,
            trigger: `.modal .selection-item:contains("${name}")`,
            run: "click",
        },
        panelSays(".vip-served", name),
    ];
}

export function barOpensPanel(name) {
    return [
        {
            content: "the bar above the ticket",
            trigger: `.vip-member-bar:contains("${name}")`,
            run: "click",
        },
        { content: "the panel in a dialog", trigger: `.modal ${PANEL}:contains("${name}")` },
    ];
}

export function receiptSays(texts) {
    return texts.map((text) => ({
        content: `the receipt says ${text}`,
        trigger: `.pos-receipt:contains("${text}")`,
    }));
}

export function receiptNeverSays(texts) {
    return {
        content: "nothing private on the receipt",
        trigger: ".pos-receipt",
        run: ({ anchor }) => {
            const found = texts.filter((text) => anchor.textContent.includes(text));
            if (found.length) {
                throw new Error(`The receipt says ${found}`);
            }
        },
    };
}

export function opensEnrolment() {
    return [
        { content: "new member", trigger: ".modal .vip-enrol-button", run: "click" },
        { content: "the form", trigger: `${ENROL} [name=phone]` },
    ];
}

export function typesInto(name, text) {
    return { content: name, trigger: `${ENROL} [name=${name}]`, run: `edit ${text}` };
}

export function picksAdviser(name) {
    return {
        content: `looked after by ${name}`,
        trigger: `${ENROL} [name=employee_id]`,
        run: `selectByLabel ${name}`,
    };
}

export function agrees() {
    return { content: "she agrees", trigger: `${ENROL} [name=consent]`, run: "click" };
}

export function saves() {
    return { content: "enrol", trigger: `${ENROL} .vip-enrol-save:enabled`, run: "click" };
}

export function isRefused(text) {
    return { content: text, trigger: `${ENROL} .alert-warning:contains("${text}")` };
}

/** The till notices by itself at its next call; here at once. */
export function losesTheLine() {
    return { content: "offline", trigger: "body", run: () => odoo_pos().data.checkConnectivity() };
}

export function findsTheLine() {
    return { content: "online", trigger: "body", run: () => odoo_pos().data.checkConnectivity() };
}

function odoo_pos() {
    return window.posmodel;
}

export function refusesReward() {
    return [
        ProductScreen.clickControlButton("Reward"),
        {
            content: "the reward",
            trigger: '.modal .selection-item:contains("Points")',
            run: "click",
        },
        {
            content: "is refused",
            trigger: '.o_notification:contains("redeemed once it is online again")',
        },
    ].flat();
}

export function nothingIsKept() {
    return {
        content: "every kept enrolment was sent",
        trigger: "body",
        run: async () => {
            for (let tries = 0; tries < 50 && odoo_pos().vipKeptEnrolments().length; tries++) {
                await new Promise((resolve) => setTimeout(resolve, 200));
            }
            if (odoo_pos().vipKeptEnrolments().length) {
                throw new Error("An enrolment is still kept");
            }
        },
    };
}
