import { _t } from "@web/core/l10n/translation";
import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useAutofocus } from "@web/core/utils/hooks";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";

const plain = (text) => (text || "").replace(/[\s\-().－]/g, "");
const isNumber = (text) => /^\+?\d{4,}$/.test(plain(text));

/** A newcomer becomes a member: number, name and what she agrees to. */
export class EnrolPopup extends Component {
    static template = "vip_care.EnrolPopup";
    static components = { Dialog };
    static props = {
        query: { type: String, optional: true },
        entry: { type: [Object, { value: null }], optional: true },
        close: Function,
    };

    setup() {
        this.pos = usePos();
        this.state = useState({ ...this.startingValues(), refusal: "", isSending: false });
        useAutofocus({ refName: isNumber(this.props.query) ? "name" : "phone", mobile: true });
    }

    startingValues() {
        const query = (this.props.query || "").trim();
        const entry = this.props.entry || {};
        return {
            phone: entry.phone || (isNumber(query) ? query : ""),
            name: entry.name || (/\d/.test(query) ? "" : query),
            referrer_phone: entry.referrer_phone || "",
            employee_id: entry.employee_id || this.pos.vipEnrolsBy()?.id || false,
            consent: entry.consent || false,
            consent_marketing: entry.consent_marketing || false,
        };
    }

    get title() {
        return this.props.entry ? _t("Correct the enrolment") : _t("New member");
    }

    get texts() {
        const { consent_text, marketing_text } = this.pos.config._vip || {};
        return { consent: consent_text, marketing: marketing_text };
    }

    get advisers() {
        return this.pos.config._vip?.advisers || [];
    }

    get offline() {
        return this.pos.data.network.offline;
    }

    /** What the till can see for itself; the server checks everything again. */
    problem() {
        const digits = plain(this.state.phone).replace(/^\+/, "");
        if (!this.state.phone.trim()) {
            return _t("Type the member's mobile number.");
        }
        if (!/^\d{6,15}$/.test(digits)) {
            return _t("“%s” is not a phone number: type the whole mobile number.", this.state.phone);
        }
        if (!this.state.name.trim()) {
            return _t("Type her name.");
        }
        const isNamed = this.state.employee_id || !this.advisers.length;
        return isNamed ? "" : _t("Choose the adviser who will look after the member.");
    }

    values() {
        const { phone, name, referrer_phone, employee_id } = this.state;
        const consent = Boolean(this.texts.consent && this.state.consent);
        const marketing = Boolean(this.texts.marketing && this.state.consent_marketing);
        return {
            phone: phone.trim(),
            name: name.trim(),
            referrer_phone: referrer_phone.trim() || false,
            employee_id: Number(employee_id) || false,
            consent,
            consent_marketing: marketing,
            consent_text: consent ? this.texts.consent : false,
            marketing_text: marketing ? this.texts.marketing : false,
        };
    }

    async save() {
        this.state.refusal = this.problem();
        if (this.state.refusal || this.state.isSending) {
            return;
        }
        this.state.isSending = true;
        const entry = this.props.entry
            ? { ...this.props.entry, ...this.values(), error: false }
            : this.pos.vipNewEnrolment(this.values());
        const { refusal } = await this.pos.vipSendEnrolment(entry);
        this.state.isSending = false;
        if (refusal) {
            this.state.refusal = refusal;
        } else {
            this.props.close();
        }
    }

    discardKept() {
        this.pos.vipKept.remove(this.props.entry.uuid);
        this.props.close();
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.isComposing) {
            ev.preventDefault();
            ev.stopPropagation(); // the list below would search
            this.save();
        }
    }
}
