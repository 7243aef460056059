import { patch } from "@web/core/utils/patch";
import { ProductScreen } from "@point_of_sale/app/screens/product_screen/product_screen";

/** A member's card is scanned: her number is not on the till, the server knows it. */
patch(ProductScreen.prototype, {
    async _getPartnerByBarcode(code) {
        const partner = await super._getPartnerByBarcode(...arguments);
        return partner || this.pos.vipMemberByCard(code.code);
    },
});
