import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { TodayTask } from "@vip_care/backend/today/today_task";

/** Where a gateway runs, "Send" queues the words; else the phone's own app sends them. */
patch(TodayTask.prototype, {
    get canSend() {
        return !this.isQueued && (this.card.by_gateway || this.props.isSmall);
    },

    get isQueued() {
        return Boolean(this.card.message?.is_pending);
    },

    async onSend() {
        if (!this.card.by_gateway) {
            return super.onSend();
        }
        const toast = _t("%(name)s: queued", { name: this.card.name });
        return this.props.onStep(this.card, "action_send_message", [], { toast });
    },
});
