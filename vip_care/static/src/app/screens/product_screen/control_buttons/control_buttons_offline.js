import { patch } from "@web/core/utils/patch";
import { ControlButtons } from "@point_of_sale/app/screens/product_screen/control_buttons/control_buttons";
import "@pos_loyalty/app/screens/product_screen/control_buttons/control_buttons"; // patched before us
import { isRefusedOffline, sayRefusedOffline } from "@vip_care/app/utils/offline_redemption";

/** Refused before anything is asked or put on the ticket. */
patch(ControlButtons.prototype, {
    async _applyReward(reward) {
        if (isRefusedOffline(reward)) {
            sayRefusedOffline();
            return false;
        }
        return super._applyReward(...arguments);
    },

    async onClickWallet() {
        const [wallet] = this._getEWalletRewards(this.pos.getOrder());
        if (isRefusedOffline(wallet?.reward)) {
            sayRefusedOffline();
            return;
        }
        return super.onClickWallet(...arguments);
    },
});
