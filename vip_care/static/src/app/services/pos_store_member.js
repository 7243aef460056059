import { markRaw } from "@odoo/owl";
import { ConnectionLostError } from "@web/core/network/rpc";
import { patch } from "@web/core/utils/patch";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { logPosMessage } from "@point_of_sale/app/utils/pretty_console_log";
import { readCard } from "../utils/member_card";
import { FRESH_FOR, memberView } from "../utils/member_view";

const MODEL = "res.partner";
// What went wrong is not asked again at once for each switch between tickets.
const RETRY_AFTER = 60 * 1000;
// Nobody is served on these: the associate is away from the till.
const LOCKED = new Set(["LoginScreen", "SaverScreen"]);
const OURS = /\.(UserError|AccessError|ValidationError)$/;

/** Only what kind of error it is: its words may name a member, and the log is kept. */
export function logFailure(method, error) {
    const kind = error?.data?.name || error?.name || "Error";
    logPosMessage("PosStore", method, "Member not served by VIP Care", "", [kind]);
}

/** What happened to a call: "offline", "refused" (with the server's words) or "failed". */
export function failureOf(error) {
    if (error instanceof ConnectionLostError) {
        return { status: "offline", message: "" };
    }
    return OURS.test(error?.data?.name || "")
        ? { status: "refused", message: error.data.message || "" }
        : { status: "failed", message: "" };
}

/**
 * What the till knows of the members on its tickets.
 *
 * In memory only, for five minutes; gone when she has paid and when the till is left.
 * Nothing in here throws into Odoo's flow.
 */
patch(PosStore.prototype, {
    async setup() {
        this.vipCards = {};
        this.vipDrafts = {};
        this.vipTickets = {};
        this.vipPanel = { collapsed: null };
        this.vipDialogs = markRaw(new Set());
        window.addEventListener("pos-network-online", () => this.vipAskAgain());
        return super.setup(...arguments);
    },

    /** What to show of a member on the till. */
    vipMember(partner) {
        return memberView(partner, this.vipCards[partner.id], this.models);
    },

    /** Ask the server about a member unless it was asked lately; never throws. */
    async vipKnowMember(partner, { again = false } = {}) {
        const id = partner?.vip_member && partner.id;
        if (typeof id !== "number") {
            return;
        }
        if (!this.vipCards[id]) {
            this.vipCards[id] = { status: "new", card: null, at: 0, askedAt: 0, message: "" };
        }
        const entry = this.vipCards[id];
        if (entry.asking || (!again && this.vipIsFresh(entry))) {
            return;
        }
        if (this.data.network.offline) {
            entry.status = "offline";
            return;
        }
        entry.asking = true;
        try {
            const args = [id, this.config.id];
            const answer = await this.data.call(MODEL, "vip_till_member", args);
            await this.vipLearn(partner, entry, answer);
        } catch (error) {
            Object.assign(entry, failureOf(error));
            logFailure("vipKnowMember", error);
        } finally {
            Object.assign(entry, { asking: false, askedAt: Date.now() });
        }
    },

    vipIsFresh(entry) {
        const age = Date.now() - entry.askedAt;
        const isOffline = this.data.network.offline;
        return age < (entry.status === "known" && !isOffline ? FRESH_FOR : RETRY_AFTER);
    },

    /** Take over the server's answer; of a member forgotten meanwhile nothing is kept. */
    async vipLearn(partner, entry, answer) {
        if (this.vipCards[partner.id] !== entry) {
            return;
        }
        const card = readCard(answer, partner.id);
        if (!card) {
            entry.status = "failed";
            return;
        }
        Object.assign(entry, { status: "known", message: "", card, at: Date.now() });
        await this.vipRefreshRecord(partner, answer.pos);
    },

    /** Her record on the till as the server has it now, and the prices of her tickets. */
    async vipRefreshRecord(partner, row) {
        if (row?.id !== partner.id || !row.vip_member) {
            return;
        }
        try {
            const before = this.vipPricelistOf(partner);
            const orders = this.models["pos.order"].filter(
                (order) =>
                    order.partner_id?.id === partner.id &&
                    !order.finalized &&
                    order.pricelist_id?.id === before?.id
            );
            await this.data.vipLoad([row], { keep: true });
            const after = this.vipPricelistOf(partner);
            if (after?.id !== before?.id) {
                orders.forEach((order) => this.vipReprice(order, after));
            }
        } catch (error) {
            logFailure("vipRefreshRecord", error);
        }
    },

    /** The price list her tickets get by themselves, as Odoo chooses it. */
    vipPricelistOf(partner) {
        const id = partner.property_product_pricelist?.id;
        const own = this.models["product.pricelist"].find((pricelist) => pricelist.id === id);
        return own || this.config.pricelist_id;
    },

    vipReprice(order, pricelist) {
        const isPreset = this.config.use_presets && order.preset_id?.pricelist_id;
        // Once she is paying, the total she was told stands.
        if (!isPreset && !order.payment_ids.length) {
            order.setPricelist(pricelist);
            if (order.uuid === this.getOrder()?.uuid) {
                this.updateRewards?.();
            }
        }
    },

    /** The connection is back: ask about the member on the ticket that is open. */
    vipAskAgain() {
        const partner = this.getOrder?.()?.getPartner?.();
        if (partner && this.vipCards[partner.id]?.status !== "known") {
            this.vipKnowMember(partner, { again: true });
        }
    },

    vipForget(id) {
        delete this.vipCards[id];
        delete this.vipDrafts[id];
    },

    /** Whoever comes to the till next finds nothing of the members served before. */
    vipForgetAll() {
        this.vipCards = {};
        this.vipDrafts = {};
        for (const close of [...(this.vipDialogs || [])]) {
            close();
        }
    },

    /** Open one of our dialogs; it is closed when the till is left. */
    vipOpenDialog(component, props) {
        const options = { onClose: () => this.vipDialogs.delete(close) };
        const close = this.dialog.add(component, props, options);
        this.vipDialogs.add(close);
    },

    navigate(routeName) {
        const result = super.navigate(...arguments);
        if (LOCKED.has(routeName)) {
            this.vipForgetAll();
        }
        return result;
    },

    resetCashier() {
        const result = super.resetCashier(...arguments);
        this.vipForgetAll();
        return result;
    },

    setCashier(user) {
        const before = this.cashier?.id;
        const result = super.setCashier(...arguments);
        if (before && this.cashier?.id !== before) {
            this.vipForgetAll();
        }
        return result;
    },

    /** She has paid: her points are others now. */
    async postSyncAllOrders(orders) {
        const result = await super.postSyncAllOrders(...arguments);
        for (const order of orders || []) {
            if (order.finalized) {
                this.vipForget(order.partner_id?.id);
                delete this.vipTickets[order.uuid];
            }
        }
        return result;
    },

    setPartnerToCurrentOrder(partner) {
        const result = super.setPartnerToCurrentOrder(...arguments);
        this.vipKnowMember(partner);
        return result;
    },
});
