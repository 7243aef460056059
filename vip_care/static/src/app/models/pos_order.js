import { patch } from "@web/core/utils/patch";
import { PosOrder } from "@point_of_sale/app/models/pos_order";

/** Who served her stands on the ticket and survives a reload; the server checks it. */
patch(PosOrder.prototype, {
    getVipAdviser() {
        const adviser = this.uiState?.vipAdviser;
        return Number.isInteger(adviser?.id) ? adviser : null;
    },

    /** `adviser` {id, name}, or nobody: then the cashier did. */
    setVipAdviser(adviser) {
        const isTaken = Number.isInteger(adviser?.id);
        this.uiState.vipAdviser = isTaken ? { id: adviser.id, name: adviser.name } : false;
        this._markDirty();
    },

    serializeForORM() {
        const data = super.serializeForORM(...arguments);
        // Said only when somebody chose, also that it is the cashier again after all.
        if (data && this.uiState?.vipAdviser !== undefined) {
            data.vip_adviser_id = this.getVipAdviser()?.id || false;
        }
        return data;
    },
});
