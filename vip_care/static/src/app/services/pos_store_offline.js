import { patch } from "@web/core/utils/patch";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { watchTill } from "@vip_care/app/utils/offline_redemption";

patch(PosStore.prototype, {
    async setup() {
        await super.setup(...arguments);
        watchTill(
            () => this.data.network.offline,
            (text) => this.notification.add(text, { type: "warning" })
        );
    },
});
