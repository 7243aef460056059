import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { OrderReceipt } from "@point_of_sale/app/screens/receipt_screen/receipt/order_receipt";
import { isTillOffline } from "@vip_care/app/utils/offline_redemption";

/** A member takes home whom to ask for, and nothing else about herself. */
patch(OrderReceipt.prototype, {
    /** What a member's receipt says at its end: [[text, class]], for others nothing. */
    get vipReceipt() {
        try {
            return this.vipReadReceipt();
        } catch {
            return []; // the receipt is printed without
        }
    },

    vipReadReceipt() {
        const { order } = this;
        const member = order.partner_id;
        if (!member?.vip_member) {
            return [];
        }
        const adviser =
            order.uiState?.vipAdviser?.name || order.employee_id?.name || order.user_id?.name;
        const lines = [
            [order.config._vip?.store, "vip-receipt-store fw-bolder"],
            [adviser && _t("Your adviser: %s", adviser), "vip-receipt-adviser"],
            [adviser && _t("Please ask for %s next time.", adviser), "vip-receipt-again"],
        ];
        if (isTillOffline() && order.getLoyaltyPoints().length) {
            lines.unshift([
                _t("The points of this ticket are added once our till is online again."),
                "vip-receipt-late small",
            ]);
        }
        return lines.filter(([text]) => text);
    },
});
