import { describe, expect, test } from "@odoo/hoot";
import { Component, xml } from "@odoo/owl";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { setupPosEnv } from "@point_of_sale/../tests/unit/utils";
import { ConnectionLostError } from "@web/core/network/rpc";
import {
    contains,
    makeServerError,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { VipBoundary } from "@vip_care/app/components/vip_boundary/vip_boundary";
import { VipAdviserButton } from "@vip_care/app/components/vip_adviser_button/vip_adviser_button";
import { VipMemberBar } from "@vip_care/app/components/vip_member_bar/vip_member_bar";
import { VipMemberPanel } from "@vip_care/app/components/vip_member_panel/vip_member_panel";
import { VipMemberSpot } from "@vip_care/app/components/vip_member_spot/vip_member_spot";
import { ControlButtons } from "@point_of_sale/app/screens/product_screen/control_buttons/control_buttons";
import { answerCards, cardOf, loadMember, openScreen, setSize, settle } from "./member_helpers";

describe.current.tags("desktop");

definePosModels();

/** The screen is there, and a product can be added to the ticket. */
async function sells(screen, order) {
    const lines = order.lines.length;
    await screen.addProductToOrder(screen.pos.models["product.template"].get(5));
    await settle();
    expect(".product-screen .order-container .orderline").toHaveCount(1);
    expect(order.lines.length).toBe(Math.max(lines, 1));
    expect(".o_error_dialog").toHaveCount(0);
}

const FAULTS = {
    "network lost": () => {
        throw new ConnectionLostError("/web");
    },
    "server error": makeServerError({ errorName: "psycopg2.Error", message: "SELECT" }),
    refusal: makeServerError({ type: "UserError", message: "No." }),
    "access error": makeServerError({ type: "AccessError", message: "No." }),
    null: null,
    "empty answer": {},
    "a list": [],
    "a text": "out of order",
    "another member's card": cardOf(999, "Nobody"),
    "her id only": { id: 801 },
    "wrong types": Object.fromEntries(
        Object.keys(cardOf(801, "")).map((key) => [key, key === "id" ? 801 : 5])
    ),
};

for (const [name, fault] of Object.entries(FAULTS)) {
    test(`choosing a member, ${name}: the sale goes on`, async () => {
        const store = await setupPosEnv();
        await mountWithCleanup(MainComponentsContainer);
        onRpc("res.partner", "vip_till_member", () => {
            if (fault instanceof Error) {
                throw fault;
            }
            return typeof fault === "function" ? fault() : fault;
        });
        const { screen, order } = await openScreen(store, await loadMember(store));
        expect(".vip-member-panel .vip-called").toHaveText("王芳");
        await sells(screen, order);
    });

    test(`answer and number, ${name}: the sale goes on`, async () => {
        const store = await setupPosEnv();
        await mountWithCleanup(MainComponentsContainer);
        answerCards(cardOf(801, "王芳"));
        const partner = await loadMember(store);
        const { screen, order } = await openScreen(store, partner);
        for (const method of ["vip_till_answer", "vip_reveal_phone"]) {
            onRpc("res.partner", method, () => {
                if (fault instanceof Error) {
                    throw fault;
                }
                return typeof fault === "function" ? fault() : fault;
            });
        }
        await contains("#vip_ask").edit("39", { confirm: false });
        await contains(".vip-ask-save").click();
        expect(await store.vipReveal(partner, "parcel")).toBeOfType("object");
        await settle();
        await sells(screen, order);
    });
}

const BROKEN = {
    panel: [VipMemberPanel, 4],
    bar: [VipMemberBar, 3],
    place: [VipMemberSpot, 4],
    "bar of a phone": [VipMemberBar, 1],
};

for (const [name, [component, size]] of Object.entries(BROKEN)) {
    test(`the ${name} breaks while it is drawn: only it is removed`, async () => {
        const store = await setupPosEnv();
        setSize(store, size);
        answerCards(cardOf(801, "王芳"));
        patchWithCleanup(component.prototype, {
            setup() {
                super.setup(...arguments);
                throw new Error("broken");
            },
        });
        const { screen, order } = await openScreen(store, await loadMember(store));
        expect(".vip-member-panel").toHaveCount(0);
        expect(".vip-member-bar").toHaveCount(0);
        store.mobile_pane = "left";
        await sells(screen, order);
    });
}

test("a panel that breaks later is removed, and tried again for the next member", async () => {
    const store = await setupPosEnv();
    answerCards(cardOf(801, "王芳"), cardOf(802, "李娜"));
    const { screen, order } = await openScreen(store, await loadMember(store));
    expect(".vip-member-panel").toHaveCount(1);
    patchWithCleanup(VipMemberPanel.prototype, {
        purchases() {
            throw new Error("broken");
        },
    });
    store.vipCards[801].card.name = "王";
    await settle();
    expect(".vip-member-panel").toHaveCount(0);
    patchWithCleanup(VipMemberPanel.prototype, { purchases: () => [] });
    order.setPartner(await loadMember(store, 802, "李娜"));
    await settle();
    expect(".vip-member-panel").toHaveCount(1);
    await sells(screen, order);
});

test("a dialog whose panel breaks closes", async () => {
    const store = await setupPosEnv();
    setSize(store, 3);
    answerCards(cardOf(801, "王芳"));
    await mountWithCleanup(MainComponentsContainer);
    const { screen, order } = await openScreen(store, await loadMember(store));
    patchWithCleanup(VipMemberPanel.prototype, {
        get member() {
            throw new Error("broken");
        },
    });
    await contains(".vip-member-bar").click();
    await settle();
    expect(".modal").toHaveCount(0);
    await sells(screen, order);
});

test("the actions stay when our button breaks", async () => {
    const store = await setupPosEnv();
    store.addNewOrder();
    patchWithCleanup(VipAdviserButton.prototype, {
        get isShown() {
            throw new Error("broken");
        },
    });
    await mountWithCleanup(ControlButtons, { props: { showRemainingButtons: true } });
    expect(".o_pricelist_button").toHaveCount(1);
    expect(".vip-adviser-button").toHaveCount(0);
});

test("the boundary shows its content and says once that it failed", async () => {
    class Broken extends Component {
        static template = xml`<i t-esc="this.props.text.length" />`;
        static props = ["text"];
    }
    class Parent extends Component {
        static components = { Broken, VipBoundary };
        static template = xml`
            <b>stays</b>
            <VipBoundary onFailed="() => this.props.failed()"><Broken text="props.text" /></VipBoundary>`;
        static props = ["text", "failed"];
    }
    const failed = () => expect.step("failed");
    await mountWithCleanup(Parent, { props: { text: "abc", failed } });
    expect("i").toHaveText("3");
    expect.verifySteps([]);
    await mountWithCleanup(Parent, { props: { text: null, failed } });
    expect("b").toHaveCount(2);
    expect.verifySteps(["failed"]);
});
