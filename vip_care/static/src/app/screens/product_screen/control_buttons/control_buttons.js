import { patch } from "@web/core/utils/patch";
import { ControlButtons } from "@point_of_sale/app/screens/product_screen/control_buttons/control_buttons";
import { VipAdviserButton } from "../../../components/vip_adviser_button/vip_adviser_button";
import { VipBoundary } from "../../../components/vip_boundary/vip_boundary";

/** "Served by" among the actions of any ticket (XML). */
patch(ControlButtons, {
    components: { ...ControlButtons.components, VipAdviserButton, VipBoundary },
});
