import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { Today } from "@vip_care/backend/today/today";

/** What is queued can be taken back as what is done can: from the list and the toast. */
patch(Today.prototype, {
    async step(card, method, args, changes) {
        await super.step(...arguments);
        const { toast } = this.state;
        if (method !== "action_send_message" || toast?.id !== card.id || toast.isProblem) {
            return;
        }
        const { message } = this.find(card.id) || {};
        if (message) {
            const { story } = message;
            toast.text = _t("%(name)s: %(story)s", { name: card.name, story });
            toast.canUndo = message.can_withdraw;
        }
    },

    onUndo(card) {
        if (!card.message?.can_withdraw) {
            return super.onUndo(card);
        }
        const toast = _t("%(name)s is on the list again.", { name: card.name });
        return this.step(card, "action_withdraw_message", [], { state: "planned", toast });
    },
});
