import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { VipBoundary } from "../vip_boundary/vip_boundary";
import { VipMemberPanel } from "../vip_member_panel/vip_member_panel";

/** The member panel where there is no room for it beside the ticket. */
export class VipMemberDialog extends Component {
    static template = "vip_care.VipMemberDialog";
    static components = { Dialog, VipBoundary, VipMemberPanel };
    static props = { partner: Object, order: Object, close: Function };
}
