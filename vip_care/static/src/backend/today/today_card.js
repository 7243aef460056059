import { Component } from "@odoo/owl";
import { channelIcon, limitText } from "./today_words";

/** One contact in the list: who, why, how and until when. */
export class TodayCard extends Component {
    static template = "vip_care.TodayCard";
    static props = {
        card: Object,
        isSelected: { type: Boolean, optional: true },
        isSaving: { type: Boolean, optional: true },
        problem: { type: String, optional: true },
        onOpen: Function,
        onUndo: { type: Function, optional: true },
    };

    channelIcon = channelIcon;
    limitText = limitText;

    get isOver() {
        return this.props.card.state !== "planned";
    }

    get isPressing() {
        return this.props.card.is_overdue || this.props.card.is_last_day;
    }
}
