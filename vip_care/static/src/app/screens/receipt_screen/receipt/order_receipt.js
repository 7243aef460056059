import { patch } from "@web/core/utils/patch";
import { OrderReceipt } from "@point_of_sale/app/screens/receipt_screen/receipt/order_receipt";
import { isTillOffline } from "@vip_care/app/utils/offline_redemption";

/** A member takes home whom to ask for, and nothing else about herself. */
patch(OrderReceipt.prototype, {
    /** { store, adviser, arePointsLate } for a member's ticket, else nothing. */
    get vipReceipt() {
        try {
            return this.vipReadReceipt();
        } catch {
            return null; // the receipt is printed without
        }
    },

    vipReadReceipt() {
        const { order } = this;
        const member = order.partner_id;
        if (!member?.vip_member) {
            return null;
        }
        const adviser =
            order.uiState?.vipAdviser?.name || order.employee_id?.name || order.user_id?.name;
        const arePointsLate = isTillOffline() && order.getLoyaltyPoints().length > 0;
        return { store: order.config._vip?.store || "", adviser: adviser || "", arePointsLate };
    },
});
