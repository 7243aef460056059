import { Component, useEffect, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { SIZES } from "@web/core/ui/ui_service";
import { useService } from "@web/core/utils/hooks";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { VipMemberBar } from "../vip_member_bar/vip_member_bar";
import { VipMemberDialog } from "../vip_member_dialog/vip_member_dialog";
import { VipMemberPanel } from "../vip_member_panel/vip_member_panel";

const COLLAPSED = "vip_care.member_panel_collapsed";

// A browser may refuse to keep anything: then it is remembered until the next reload.
function remembered() {
    try {
        return browser.sessionStorage.getItem(COLLAPSED) === "1";
    } catch {
        return false;
    }
}

function remember(isCollapsed) {
    try {
        browser.sessionStorage.setItem(COLLAPSED, isCollapsed ? "1" : "0");
    } catch {
        // Not remembered.
    }
}

/**
 * A place on the product screen for the member of the current ticket.
 *
 * On a wide screen the panel stands beside the ticket ("aside"); otherwise, or when it
 * is folded away, a bar above the order lines ("bar") opens it. Without a member: nothing.
 */
export class VipMemberSpot extends Component {
    static template = "vip_care.VipMemberSpot";
    static components = { VipMemberBar, VipMemberPanel };
    static props = { place: String };

    setup() {
        this.pos = usePos();
        this.ui = useState(useService("ui"));
        useEffect(
            () => {
                this.pos.vipKnowMember(this.partner);
            },
            () => [this.partner?.id, this.order?.uuid, Boolean(this.pos.vipCards[this.partner?.id])]
        );
    }

    get order() {
        return this.pos.getOrder();
    }

    get partner() {
        const partner = this.order?.getPartner();
        return partner?.vip_member ? partner : null;
    }

    get isWide() {
        return this.ui.size >= SIZES.XL;
    }

    get isCollapsed() {
        return this.pos.vipPanel.collapsed ?? remembered();
    }

    get isShown() {
        const place = this.isWide && !this.isCollapsed ? "aside" : "bar";
        return Boolean(this.partner) && this.props.place === place;
    }

    collapse(isCollapsed) {
        this.pos.vipPanel.collapsed = isCollapsed;
        remember(isCollapsed);
    }

    open() {
        if (this.isWide) {
            this.collapse(false);
        } else {
            const { partner, order } = this;
            this.pos.vipOpenDialog(VipMemberDialog, { partner, order });
        }
    }
}
