import { _t } from "@web/core/l10n/translation";
import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { ConnectionLostError } from "@web/core/network/rpc";
import { patch } from "@web/core/utils/patch";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { isRefusal } from "@vip_care/app/utils/errors";

const MODEL = "res.partner";

patch(PosStore.prototype, {
    /**
     * Find members by number, last digits, card or name, anybody's.
     *
     * Returns their masked records. What goes wrong is said and never thrown: the sale
     * goes on without.
     */
    async vipLookup(query) {
        try {
            const args = [query, this.config.id];
            const found = await this.data.call(MODEL, "vip_till_lookup", args);
            const rows = found.map((member) => member.pos);
            // In the browser's store only once she is chosen.
            return rows.length ? await this.data.vipLoad(rows, { keep: false }) : [];
        } catch (error) {
            this.notification.add(this.vipErrorText(error), { type: "warning" });
            return [];
        }
    },

    vipErrorText(error) {
        if (error instanceof ConnectionLostError) {
            return _t("Members cannot be looked up while the till is offline.");
        }
        return isRefusal(error)
            ? error.data.message
            : _t("Members cannot be looked up at the moment. Sell without a member for now.");
    },

    /** The one member whose card this is, if any. */
    async vipMemberByCard(code) {
        const found = await this.vipLookup(code);
        return found.length === 1 ? found[0] : undefined;
    },

    setPartnerToCurrentOrder(partner) {
        const result = super.setPartnerToCurrentOrder(...arguments);
        this.vipKeep(partner);
        return result;
    },

    /** Keep a looked-up member in the browser: her ticket survives a reload. */
    vipKeep(partner) {
        const record = partner?.vip_member && this.models[MODEL].get(partner.id);
        if (record) {
            this.data.synchronizeServerDataInIndexedDB({ [MODEL]: [record.raw] });
        }
    },

    /** A loyalty card's code sets its holder, whom a plain read may not give. */
    async activateCode(code) {
        try {
            const args = [code];
            const method = "get_loyalty_card_partner_by_code";
            const holder = await this.data.call("loyalty.card", method, args);
            const id = holder?.[0];
            if (id && !this.models[MODEL].get(id)) {
                this.vipKeep(await this.vipMemberByCard(code));
                if (!this.models[MODEL].get(id)) {
                    return _t("The holder of this card was not found: choose the member.");
                }
            }
        } catch {
            // The original asks again and says what is wrong.
        }
        return super.activateCode(...arguments);
    },

    async editPartner(partner) {
        if (await this.vipMayEdit(partner)) {
            return super.editPartner(...arguments);
        }
        if (!partner) {
            return this.vipEnrol();
        }
        this.dialog.add(AlertDialog, {
            title: _t("Another associate's member"),
            body: _t(
                "%(member)s is looked after by %(owner)s, who can change her details. You can sell to her.",
                { member: partner.name, owner: partner.vip_owner || _t("the store manager") }
            ),
        });
    },

    async vipMayEdit(partner) {
        if (partner && !partner.vip_member) {
            return true;
        }
        const [ids, operation] = partner ? [[partner.id], "write"] : [[], "create"];
        try {
            return await this.data.call(MODEL, "has_access", [ids, operation]);
        } catch {
            return true; // the form itself says what is wrong
        }
    },
});
