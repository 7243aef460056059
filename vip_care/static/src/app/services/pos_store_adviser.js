import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { SelectionPopup } from "@point_of_sale/app/components/popups/selection_popup/selection_popup";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";

const isAdviser = (row) => Number.isInteger(row?.id) && typeof row.name === "string";

/** Who served her: the cashier, unless an adviser of the store is chosen. */
patch(PosStore.prototype, {
    /** The store's advisers, the one of this login first; none when the server knows none. */
    vipAdvisers() {
        const rows = this.config?._vip?.advisers;
        const advisers = Array.isArray(rows) ? rows.filter(isAdviser) : [];
        return [...advisers.filter((row) => row.is_me), ...advisers.filter((row) => !row.is_me)];
    },

    /** Whose sale the ticket is, by name. */
    vipServedBy(order) {
        return (
            order?.getVipAdviser()?.name ||
            order?.employee_id?.name ||
            this.getCashier()?.name ||
            ""
        );
    },

    async vipChooseAdviser(order) {
        if (!order || order.finalized) {
            return;
        }
        const chosen = order.getVipAdviser()?.id;
        const advisers = this.vipAdvisers().map((row) => ({
            id: row.id,
            label: row.name,
            isSelected: row.id === chosen,
            item: row,
        }));
        const cashier = { id: 0, label: _t("The cashier"), isSelected: !chosen, item: "cashier" };
        const answer = await makeAwaitable(this.dialog, SelectionPopup, {
            title: _t("Who served the customer?"),
            list: [cashier, ...advisers],
            size: "md",
        });
        if (answer) {
            order.setVipAdviser(answer === "cashier" ? false : answer);
            this.data.debouncedSynchronizeLocalDataInIndexedDB();
        }
    },
});
