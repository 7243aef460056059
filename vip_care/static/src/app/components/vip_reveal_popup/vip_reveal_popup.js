import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";

/** Asks why, then shows a member's number until it is closed; it is kept nowhere. */
export class VipRevealPopup extends Component {
    static template = "vip_care.VipRevealPopup";
    static components = { Dialog };
    static props = { partner: Object, close: Function };

    setup() {
        this.pos = usePos();
        this.state = useState({ reason: "", number: "", message: "", isBusy: false });
    }

    async show() {
        if (this.state.isBusy || !this.state.reason.trim()) {
            return;
        }
        Object.assign(this.state, { isBusy: true, message: "" });
        const answer = await this.pos.vipReveal(this.props.partner, this.state.reason.trim());
        Object.assign(this.state, { number: "", message: "", isBusy: false, ...answer });
    }

    onKeydown(event) {
        if (event.key === "Enter") {
            this.show();
        }
    }
}
