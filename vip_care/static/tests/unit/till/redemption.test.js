import { describe, expect, test } from "@odoo/hoot";
import { ControlButtons } from "@point_of_sale/app/screens/product_screen/control_buttons/control_buttons";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { getFilledOrder, setupPosEnv } from "@point_of_sale/../tests/unit/utils";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { goOffline, noteNotifications } from "./till_helpers";

describe.current.tags("desktop");

definePosModels();

async function setup() {
    const store = await setupPosEnv();
    const told = noteNotifications(store);
    const order = await getFilledOrder(store);
    const [reward, wallet] = [1, 2].map((id) => store.models["loyalty.reward"].get(id));
    return { store, order, told, reward, wallet };
}

test("points are not redeemed offline, whichever way, and that is said", async () => {
    const { store, order, told, reward, wallet } = await setup();
    const goOnline = goOffline(store);
    expect(String(order._applyReward(reward, 1, {}))).toInclude("The till is offline");
    expect(String(order._applyReward(wallet, 2, {}))).toInclude("The till is offline");
    expect(order._get_reward_lines()).toEqual([]);
    const buttons = await mountWithCleanup(ControlButtons, { props: {} });
    expect(await buttons._applyReward(reward, 1)).toBe(false);
    expect(told).toHaveLength(3);
    expect(told.at(-1)).toInclude("redeemed once it is online again. They are not lost.");
    goOnline();
    expect(order._applyReward(reward, 1, {})).toBe(true);
});

test("an eWallet does not pay offline", async () => {
    const { store, order, told, wallet } = await setup();
    const buttons = await mountWithCleanup(ControlButtons, { props: {} });
    buttons._getEWalletRewards = () => [{ reward: wallet, coupon_id: 2 }];
    goOffline(store);
    await buttons.onClickWallet();
    expect(told).toHaveLength(1);
    expect(order._get_reward_lines()).toEqual([]);
});

test("promotions, which spend no balance, go on offline", async () => {
    const { store, order, told, reward } = await setup();
    goOffline(store);
    reward.program_id.program_type = "promotion";
    order._applyReward(reward, 1, {});
    expect(told).toEqual([]);
});

test("what was claimed before the line was lost stays claimed", async () => {
    const { store, order, told, reward } = await setup();
    const [line] = order.lines;
    line.update({ is_reward_line: true, reward_id: reward, coupon_id: 1, points_cost: 0 });
    goOffline(store);
    order._updateRewardLines();
    expect(told).toEqual([]);
    expect(order.vipKeepsRewards).toBe(false);
});
