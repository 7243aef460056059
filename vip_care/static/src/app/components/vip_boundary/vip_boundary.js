import { Component, onError, useState } from "@odoo/owl";
import { logPosMessage } from "@point_of_sale/app/utils/pretty_console_log";

/**
 * Whatever we show on Odoo's screens stands in here.
 *
 * An error while drawing its content removes the content, never the screen.
 */
export class VipBoundary extends Component {
    static template = "vip_care.VipBoundary";
    static props = {
        slots: { type: Object, optional: true },
        onFailed: { type: Function, optional: true },
    };

    setup() {
        this.state = useState({ failed: false });
        onError((error) => {
            // Only what is wrong, not what was shown: the log rests in the browser.
            const cause = error?.cause || error;
            logPosMessage("VipBoundary", "onError", "Part of VIP Care removed", "", [
                `${cause?.name}: ${cause?.message}`,
            ]);
            this.state.failed = true;
            this.props.onFailed?.();
        });
    }
}
