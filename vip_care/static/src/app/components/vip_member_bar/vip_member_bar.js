import { Component } from "@odoo/owl";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { birthdayWords, pointsWords } from "../../utils/member_words";

/** One line on the member: how to address her, tier, points, and what not to miss. */
export class VipMemberBar extends Component {
    static template = "vip_care.VipMemberBar";
    static props = { partner: Object, onOpen: Function };

    setup() {
        this.pos = usePos();
        Object.assign(this, { birthdayWords, pointsWords });
    }

    get member() {
        return this.pos.vipMember(this.props.partner);
    }
}
