import { patch } from "@web/core/utils/patch";
import { ReceiptScreen } from "@point_of_sale/app/screens/receipt_screen/receipt_screen";

/** A masked number is no number to send a receipt to: she says where it goes. */
patch(ReceiptScreen.prototype, {
    setup() {
        super.setup(...arguments);
        if (this.currentOrder.getPartner()?.vip_member) {
            this.state.phone = "";
        }
    },
});
