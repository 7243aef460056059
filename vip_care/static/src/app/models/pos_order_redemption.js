import { patch } from "@web/core/utils/patch";
import { PosOrder } from "@point_of_sale/app/models/pos_order";
// Its patch, which asks nobody before it, must come before ours.
import "@pos_loyalty/app/models/pos_order";
import { isRefusedOffline, sayRefusedOffline } from "@vip_care/app/utils/offline_redemption";

/** All of Odoo's ways to claim a reward end here. */
patch(PosOrder.prototype, {
    _applyReward(reward) {
        if (!this.vipKeepsRewards && isRefusedOffline(reward)) {
            return sayRefusedOffline();
        }
        return super._applyReward(...arguments);
    },

    /** What was claimed while the till was online stays claimed. */
    _updateRewardLines() {
        this.vipKeepsRewards = true;
        try {
            return super._updateRewardLines(...arguments);
        } finally {
            this.vipKeepsRewards = false;
        }
    },
});
