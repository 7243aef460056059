import { registry } from "@web/core/registry";
import * as Overview from "./utils/overview_util";

registry.category("web_tour.tours").add("vip_care.overview_to_member", {
    steps: () =>
        [
            Overview.isShown(),
            Overview.hasMembers("3"),
            Overview.hasLifecycle("dormant", "1"),
            Overview.filterByStore("Tour Gate South"),
            Overview.hasMembers("1"),
            Overview.filterByStore("All stores"),
            Overview.hasMembers("3"),
            Overview.clickBar("Tour Gate North", "dormant"),
            Overview.listHas(["Tour Member Dormant"]),
            Overview.openMember("Tour Member Dormant"),
            Overview.goBackTo("Overview"),
            Overview.isShown(),
            // What was chosen is still chosen.
            Overview.hasMembers("3"),
            Overview.clickSales("sales"),
            Overview.listHas(["Tour Member Active"]),
        ].flat(),
});

registry.category("web_tour.tours").add("vip_care.menu_to_member", {
    steps: () =>
        [
            Overview.openMenu("vip_care.vip_care_menu_members"),
            Overview.openMenuItem("vip_care.res_partner_menu_members"),
            Overview.search("Tour Member Edge"),
            Overview.listHas(["Tour Member Edge"]),
            Overview.openMember("Tour Member Edge"),
            Overview.callHer("Sister Edge"),
        ].flat(),
});
