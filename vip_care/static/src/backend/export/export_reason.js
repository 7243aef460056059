import { _t } from "@web/core/l10n/translation";
import { Dialog } from "@web/core/dialog/dialog";
import { useService } from "@web/core/utils/hooks";
import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";
import { ExportAll } from "@web/views/list/export_all/export_all";
import { ExportDataDialog } from "@web/views/view_dialogs/export_data_dialog";

import { Component, onWillStart, useState } from "@odoo/owl";

/** Models whose rows are members or hang on them; the server has the last word. */
export function isGuarded(resModel) {
    return resModel === "res.partner" || resModel.startsWith("vip.");
}

/** Head office gives a reason; everybody else is let through or refused by the server. */
export async function isAskedForReason() {
    return (
        (await user.hasGroup("vip_care.group_head_office")) ||
        (await user.hasGroup("vip_care.group_auditor"))
    );
}

/**
 * Call `send` with the reason in the context of `root`, which goes with the request.
 * The request is put together at once: afterwards the context is as before.
 */
export function sendWithReason(root, reason, send) {
    const context = root.config.context;
    root.config.context = { ...context, vip_export_reason: reason };
    try {
        return send();
    } finally {
        root.config.context = context;
    }
}

/** Asks for the reason where Odoo exports without a dialog. */
export class ExportReasonDialog extends Component {
    static template = "vip_care.ExportReasonDialog";
    static components = { Dialog };
    static props = { close: Function, confirm: Function };

    setup() {
        this.state = useState({ reason: "" });
    }

    onConfirm() {
        this.props.confirm(this.state.reason.trim());
        this.props.close();
    }
}

patch(ExportDataDialog.prototype, {
    setup() {
        super.setup();
        this.vipState = useState({ isAsked: false, reason: "" });
        onWillStart(async () => {
            this.vipState.isAsked = await isAskedForReason();
        });
    },

    /** Whether what is chosen so far may hold members, so that the reason is shown. */
    get vipNeedsReason() {
        if (!this.vipState.isAsked) {
            return false;
        }
        return (
            isGuarded(this.props.root.resModel) ||
            this.state.exportList.some(({ id }) => this.vipLeadsToMembers(id))
        );
    },

    vipLeadsToMembers(id) {
        const steps = id.split("/");
        return steps.slice(1).some((_step, place) => {
            const field = this.knownFields[steps.slice(0, place + 1).join("/")];
            return field?.params && isGuarded(field.params.model);
        });
    },

    async onClickExportButton() {
        if (!this.vipNeedsReason) {
            return super.onClickExportButton();
        }
        const reason = this.vipState.reason.trim();
        if (!reason) {
            return this.notification.add(_t("Say in a few words what the export is for."), {
                type: "danger",
            });
        }
        try {
            return await sendWithReason(this.props.root, reason, () => super.onClickExportButton());
        } finally {
            // Odoo leaves the button off when the server refuses.
            this.state.disabled = false;
        }
    },
});

patch(ExportAll.prototype, {
    setup() {
        super.setup(...arguments);
        this.dialog = useService("dialog");
    },

    async onDirectExportData() {
        const root = this.env.model.root;
        if (!isGuarded(root.resModel) || !(await isAskedForReason())) {
            return super.onDirectExportData();
        }
        this.dialog.add(ExportReasonDialog, {
            confirm: (reason) => sendWithReason(root, reason, () => super.onDirectExportData()),
        });
    },
});
