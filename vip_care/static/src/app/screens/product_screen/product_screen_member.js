import { patch } from "@web/core/utils/patch";
import { ProductScreen } from "@point_of_sale/app/screens/product_screen/product_screen";
import { VipBoundary } from "../../components/vip_boundary/vip_boundary";
import { VipMemberSpot } from "../../components/vip_member_spot/vip_member_spot";

/** The member of the ticket stands beside it, or in a bar above it (XML). */
patch(ProductScreen, {
    components: { ...ProductScreen.components, VipBoundary, VipMemberSpot },
});
