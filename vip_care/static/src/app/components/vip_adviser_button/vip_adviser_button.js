import { Component } from "@odoo/owl";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";

/** Among the ticket's actions: choose who served the customer. */
export class VipAdviserButton extends Component {
    static template = "vip_care.VipAdviserButton";
    static props = { class: { type: String, optional: true } };

    setup() {
        this.pos = usePos();
    }

    get isShown() {
        return this.pos.vipAdvisers().length > 0 && Boolean(this.pos.getOrder());
    }

    get adviser() {
        return this.pos.getOrder().getVipAdviser();
    }
}
