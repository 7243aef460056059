import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { failureOf, logFailure } from "./pos_store_member";

const MODEL = "res.partner";

/** The one question for a member, and her number; nothing in here throws. */
patch(PosStore.prototype, {
    /** What to ask her on this ticket; null when nothing is missing or it was put off. */
    vipQuestion(partner, order) {
        const done = this.vipTickets[order?.uuid];
        return done ? null : this.vipCards[partner.id]?.card?.ask || null;
    },

    /** One question a ticket: "saved" or "later". In memory only. */
    vipCloseQuestion(order, how) {
        this.vipTickets[order.uuid] = how;
    },

    /**
     * Save what she answered. Returns "" or why it was not saved, to be shown there.
     */
    async vipAnswer(partner, order, value) {
        const entry = this.vipCards[partner.id];
        const ask = entry?.card?.ask;
        if (!ask) {
            return "";
        }
        const offline = _t(
            "The till is offline. What you typed is kept: save it when the connection is back."
        );
        if (this.data.network.offline) {
            return offline;
        }
        try {
            const args = [partner.id, this.config.id, ask.key, value];
            const answer = await this.data.call(MODEL, "vip_till_answer", args);
            Object.assign(entry.card, { ask: null });
            delete this.vipDrafts[partner.id];
            this.vipCloseQuestion(order, "saved");
            await this.vipLearn(partner, entry, answer);
            return "";
        } catch (error) {
            logFailure("vipAnswer", error);
            const { status, message } = failureOf(error);
            const failed = _t(
                "This could not be saved. What you typed is kept: try again in a moment."
            );
            return { offline, refused: message }[status] || failed;
        }
    },

    /** A member's full number, or why it is not shown: {number} or {message}. */
    async vipReveal(partner, reason) {
        try {
            const number = await this.data.call(MODEL, "vip_reveal_phone", [partner.id, reason]);
            if (typeof number === "string" && number) {
                return { number };
            }
            return { message: _t("No number is known.") };
        } catch (error) {
            logFailure("vipReveal", error);
            const { status, message } = failureOf(error);
            const offline = _t("Numbers are shown only while the till is online.");
            const failed = _t("The number cannot be shown at the moment.");
            return { message: { offline, refused: message }[status] || failed };
        }
    },
});
