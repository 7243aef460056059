import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";

const NO_BIRTHDAY = { calendar: "solar", month: "", day: "", year: "", leap: false };
// More of them are no longer taken in at a glance: they fold into a list.
const BUTTONS_AT_MOST = 6;
const upTo = (count) => Array.from({ length: count }, (_, index) => String(index + 1));

/**
 * One thing to ask the member, with the input that fits it.
 *
 * What was typed stays until it is saved, also when saving fails or the panel is closed.
 */
export class VipMemberAsk extends Component {
    static template = "vip_care.VipMemberAsk";
    static props = { ask: Object, partner: Object, order: Object };

    setup() {
        this.pos = usePos();
        this.months = upTo(12);
        const { key, input } = this.props.ask;
        const draft = this.pos.vipDrafts[this.props.partner.id];
        const empty = input === "birthday" ? { ...NO_BIRTHDAY } : "";
        this.state = useState({
            value: draft?.key === key ? draft.value : empty,
            message: "",
            isBusy: false,
        });
    }

    get input() {
        const { input, options } = this.props.ask;
        if (input === "birthday") {
            return "birthday";
        }
        if (!options.length) {
            return "text";
        }
        return options.length > BUTTONS_AT_MOST ? "list" : "options";
    }

    get days() {
        return upTo(this.state.value.calendar === "lunar" ? 30 : 31);
    }

    get calendars() {
        return [
            ["solar", _t("Solar calendar")],
            ["lunar", _t("Lunar calendar")],
        ];
    }

    /** What the server is given: a text, an option's value, or a birthday's parts. */
    get answer() {
        const { value } = this.state;
        if (this.input !== "birthday") {
            return typeof value === "string" ? value.trim() : value;
        }
        const { calendar, month, day, year, leap } = value;
        return month && day
            ? {
                  calendar,
                  month: Number(month),
                  day: Number(day),
                  year: Number(year) || false,
                  leap: calendar === "lunar" && leap,
              }
            : "";
    }

    type(value) {
        Object.assign(this.state, { value, message: "" });
        this.pos.vipDrafts[this.props.partner.id] = { key: this.props.ask.key, value };
    }

    typeBirthday(part, value) {
        this.type({ ...this.state.value, [part]: value });
    }

    typeYear(text) {
        this.typeBirthday("year", text.replace(/\D/g, ""));
    }

    async save() {
        if (this.state.isBusy || this.answer === "") {
            return;
        }
        this.state.isBusy = true;
        const { partner, order } = this.props;
        const message = await this.pos.vipAnswer(partner, order, this.answer);
        Object.assign(this.state, { message, isBusy: false });
    }

    later() {
        this.pos.vipCloseQuestion(this.props.order, "later");
    }

    onKeydown(event) {
        if (event.key === "Enter") {
            this.save();
        }
    }
}
