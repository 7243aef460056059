import { Component, useState } from "@odoo/owl";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import {
    birthdayWords,
    matterWords,
    pointsWords,
    shortDay,
    sizeWords,
    visitWords,
} from "../../utils/member_words";
import { VipMemberAsk } from "../vip_member_ask/vip_member_ask";
import { VipRevealPopup } from "../vip_reveal_popup/vip_reveal_popup";

const FIRST_LINES = 4;

/** What the associate needs to know of the member she serves, most urgent first. */
export class VipMemberPanel extends Component {
    static template = "vip_care.VipMemberPanel";
    static components = { VipMemberAsk };
    static props = {
        partner: Object,
        order: Object,
        onCollapse: { type: Function, optional: true },
    };

    setup() {
        this.pos = usePos();
        this.state = useState({ isLong: false });
        Object.assign(this, { birthdayWords, matterWords, pointsWords });
        Object.assign(this, { shortDay, sizeWords, visitWords });
    }

    get member() {
        return this.pos.vipMember(this.props.partner);
    }

    get question() {
        return this.pos.vipQuestion(this.props.partner, this.props.order);
    }

    get isSaved() {
        return this.pos.vipTickets[this.props.order.uuid] === "saved";
    }

    purchases(view) {
        return this.state.isLong ? view.purchases : view.purchases.slice(0, FIRST_LINES);
    }

    hidden(view) {
        return view.purchases.length - this.purchases(view).length;
    }

    quantity({ qty }) {
        return Math.abs(qty) === 1 ? "" : ` × ${Math.abs(qty)}`;
    }

    askAgain() {
        this.pos.vipKnowMember(this.props.partner, { again: true });
    }

    reveal() {
        this.pos.vipOpenDialog(VipRevealPopup, { partner: this.props.partner });
    }

    isMine(view) {
        const me = this.pos.vipAdvisers().find((adviser) => adviser.is_me);
        return Boolean(me) && me.id === view.ownerId;
    }

    get canChooseAdviser() {
        return this.pos.vipAdvisers().length > 0 && !this.props.order.finalized;
    }
}
