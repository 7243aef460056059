import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { Overview } from "@vip_care/backend/overview/overview";
import { integer } from "@vip_care/backend/overview/overview_words";

/** What of the messages head office has to decide. */
patch(Overview.prototype, {
    get messageAlerts() {
        const { batches, unknown, replies, gateway } = this.state.data.messages || {};
        const alerts = [];
        if (gateway) {
            alerts.push({
                key: "gateway",
                level: "danger",
                text: this.gatewayText(gateway),
                button: _t("Open the gateway"),
                open: () => this.openGateway(gateway),
            });
        }
        if (replies) {
            alerts.push({
                key: "replies",
                level: "danger",
                text: _t(
                    "Replies that could not be carried out: %s. Somebody may have refused messages.",
                    integer(replies)
                ),
                button: _t("Look at them"),
                open: () => this.action.doAction("vip_care_sms.vip_message_reply_action_failed"),
            });
        }
        if (batches) {
            alerts.push({
                key: "batches",
                level: "warning",
                text:
                    batches === 1
                        ? _t("The messages of one rule wait until you confirm them.")
                        : _t("The messages of %s rules wait until you confirm them.", batches),
                button: _t("Look at them"),
                open: () => this.action.doAction("vip_care_sms.vip_message_batch_action"),
            });
        }
        if (unknown) {
            alerts.push({
                key: "unknown",
                level: "warning",
                text: _t("Messages of which nobody knows whether they arrived: %s.", integer(unknown)),
                button: _t("Look at them"),
                open: () => this.action.doAction("vip_care_sms.vip_message_action_unknown"),
            });
        }
        return alerts;
    },

    gatewayText({ name, reason, queued }) {
        const text = reason
            ? _t("The gateway %(name)s stands still: %(reason)s", { name, reason })
            : _t("The gateway %(name)s stands still.", { name });
        return queued ? `${text} ${_t("Messages that wait: %s.", integer(queued))}` : text;
    },

    openGateway({ id }) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "vip.sms.gateway",
            res_id: id,
            views: [[false, "form"]],
        });
    },
});
