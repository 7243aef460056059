import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatInteger } from "@web/views/fields/formatters";

/** How the stores, or the associates of one, stand today: a row of numbers each. */
export class TodayTeam extends Component {
    static template = "vip_care.TodayTeam";
    static props = { team: Object, onOpen: Function };

    get columns() {
        return [
            { key: "planned", name: _t("To do") },
            { key: "overdue", name: _t("Overdue"), isAlarm: true },
            { key: "done", name: _t("Done") },
            { key: "wordless", name: _t("Words missing"), isAlarm: true },
            { key: "voices", name: _t("Open voices") },
            { key: "week", name: _t("Next 7 days") },
        ];
    }

    number(value) {
        return value ? formatInteger(value) : "–";
    }

    name(row) {
        if (row.name) {
            return row.name;
        }
        return this.props.team.store_id ? _t("Without owner") : _t("Without home store");
    }
}
