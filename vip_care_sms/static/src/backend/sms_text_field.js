import { useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { TextField, textField } from "@web/views/fields/text/text_field";
import { SmsCounter } from "./counter";

/** Words for a member, with what they take as a text message under them. */
export class SmsTextField extends TextField {
    static template = "vip_care_sms.SmsTextField";
    static components = { ...TextField.components, SmsCounter };

    setup() {
        super.setup();
        this.typed = useState({ words: "" });
        useRecordObserver((record) => {
            this.typed.words = record.data[this.props.name] || "";
        });
    }

    /** The record knows the words when the field is left; the counter at once. */
    onInput(ev) {
        this.typed.words = ev.target.value;
    }

    get isMessage() {
        const { data, resModel } = this.props.record;
        return resModel !== "vip.care.task" || data.channel === "message";
    }

    get counter() {
        const { data, resId, resModel } = this.props.record;
        const { words } = this.typed;
        if (resModel === "vip.care.task") {
            return { words, method: "of_task", args: [resId || 0] };
        }
        const company = data.company_id?.id || null;
        return { words, method: "of_text", args: [data.lang || "", data.kind || "", company] };
    }
}

export const smsTextField = {
    ...textField,
    component: SmsTextField,
    // Lines stay lines where nobody may write.
    additionalClasses: ["o_field_text"],
};

registry.category("fields").add("vip_sms_text", smsTextField);
