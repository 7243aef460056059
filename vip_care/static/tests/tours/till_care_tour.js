import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as Offline from "@point_of_sale/../tests/generic_helpers/offline_util";
import * as PosHr from "@pos_hr/../tests/tours/utils/pos_hr_helpers";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import { registry } from "@web/core/registry";
import * as Care from "./utils/till_care_util";
import * as Till from "./utils/till_util";

const SECRETS = ["13912340001", "wangfang@example", "Long Lane", "Linen", "王姐", "daughters"];
const tours = registry.category("web_tour.tours");

const choosesWang = () =>
    [
        ProductScreen.clickPartnerButton(),
        Till.search("139-1234-0001"),
        Till.chooses("王芳"),
    ].flat();

tours.add("vip_care.till_knows_her", {
    steps: () =>
        [
            Chrome.startPoS(),
            Dialog.confirm("Open Register"),
            ProductScreen.addOrderline("Desk Pad", "1"),
            // One Chinese character finds her.
            ProductScreen.clickPartnerButton(),
            Till.search("芳"),
            Till.showsMember("王芳", "139****0001", "Mei"),
            Till.chooses("王芳"),
            Care.panelSays(".vip-called", "王姐"),
            Care.panelSays(".vip-name", "王芳"),
            Care.panelSays(".vip-points", "120"),
            Care.panelSays(".vip-birthday", "today"),
            Care.panelSays(".vip-sizes", "M"),
            Care.panelSays(".vip-taste", "Linen, no prints"),
            Care.panelSays(".vip-owner", "Mei"),
            Care.panelNeverSays("daughters"),
            Care.priceIs("0.99"),
            Care.answers("Call"),
            Care.choosesAdviser("Hong"),
            Till.pays(),
            Till.receiptShows("王芳"),
            Care.receiptSays([
                "Gate North",
                "Your adviser: Hong",
                "Please ask for Hong next time.",
                "Points Won",
                "Balance Points",
            ]),
            Care.receiptNeverSays([...SECRETS, "139****0001"]),
            Till.browserKeeps(["王芳"], SECRETS),
            ReceiptScreen.clickNextOrder(),
            Care.panelIsGone(),
            Chrome.endTour(),
        ].flat(),
});

const enrols = () => [
    Care.typesInto("phone", "138 0013 8000"),
    Care.typesInto("name", "周琳"),
    Care.typesInto("referrer_phone", "13912340001"),
    Care.picksAdviser("Hong"),
    Care.agrees(),
    Care.saves(),
];

tours.add("vip_care.till_enrols", {
    steps: () =>
        [
            Chrome.startPoS(),
            Dialog.confirm("Open Register"),
            ProductScreen.addOrderline("Desk Pad", "1"),
            ProductScreen.clickPartnerButton(),
            Care.opensEnrolment(),
            Care.saves(),
            Care.isRefused("Type the member's mobile number."),
            Care.typesInto("phone", "021 5555"),
            Care.typesInto("name", "周琳"),
            Care.saves(),
            Care.isRefused("Choose the adviser who will look after the member."),
            Care.picksAdviser("Hong"),
            Care.saves(),
            Care.isRefused("is not a"),
            enrols(),
            Till.notifies("周琳"),
            ProductScreen.customerIsSelected("周琳"),
            Care.panelSays(".vip-called", "周琳"),
            Till.pays(),
            Till.receiptShows("周琳"),
            Till.browserKeeps(["周琳"], ["13800138000"]),
            ReceiptScreen.clickNextOrder(),
            Chrome.endTour(),
        ].flat(),
});

tours.add("vip_care.till_goes_on_offline", {
    steps: () =>
        [
            Chrome.startPoS(),
            Dialog.confirm("Open Register"),
            ProductScreen.addOrderline("Desk Pad", "1"),
            choosesWang(),
            Care.panelSays(".vip-points", "120"),
            Offline.setOfflineMode(),
            Care.losesTheLine(),
            Care.refusesReward(),
            Till.pays(),
            Care.receiptSays(["once our till is online again"]),
            ReceiptScreen.clickNextOrder(),
            ProductScreen.addOrderline("Desk Pad", "1"),
            ProductScreen.clickPartnerButton(),
            Care.opensEnrolment(),
            enrols(),
            Till.notifies("Kept: 周琳"),
            Till.pays(),
            ReceiptScreen.clickNextOrder(),
            Offline.setOnlineMode(),
            Care.findsTheLine(),
            Till.notifies("周琳"),
            Care.nothingIsKept(),
            Chrome.endTour(),
        ].flat(),
});

tours.add("vip_care.till_second_with_pins", {
    steps: () =>
        [
            Chrome.clickBtn("Open Register"),
            PosHr.loginScreenIsShown(),
            PosHr.login("Hong", "2580"),
            Dialog.confirm("Open Register"),
            ProductScreen.addOrderline("Desk Pad", "1"),
            choosesWang(),
            Care.panelSays(".vip-called", "王姐"),
            Care.panelSays(".vip-served", "Hong"),
            Till.pays(),
            Care.receiptSays(["Your adviser: Hong"]),
            ReceiptScreen.clickNextOrder(),
            Chrome.endTour(),
        ].flat(),
});

tours.add("vip_care.till_sells_whatever_breaks", {
    steps: () =>
        [
            // The open ticket of a member, whom the server cannot tell of.
            Chrome.startPoS(),
            Dialog.confirm("Open Register"),
            Care.panelSays(".vip-failed", "The sale goes on as usual"),
            ProductScreen.addOrderline("Letter Tray", "1"),
            Till.pays(),
            ReceiptScreen.clickNextOrder(),
            ProductScreen.addOrderline("Desk Pad", "1"),
            ProductScreen.clickPartnerButton(),
            Till.search("0001"),
            Till.notifies("Members cannot be looked up at the moment"),
            Till.search("Acme"),
            Till.chooses("Acme Corporation"),
            ProductScreen.clickPartnerButton(),
            Care.opensEnrolment(),
            Care.typesInto("phone", "13800138000"),
            Care.typesInto("name", "周琳"),
            Care.picksAdviser("Hong"),
            Care.saves(),
            Till.notifies("Kept: 周琳"),
            Till.pays(),
            Till.receiptShows("Acme Corporation"),
            ReceiptScreen.clickNextOrder(),
            Chrome.endTour(),
        ].flat(),
});

tours.add("vip_care.till_on_a_phone", {
    steps: () =>
        [
            Chrome.startPoS(),
            Dialog.confirm("Open Register"),
            ProductScreen.addOrderline("Desk Pad", "1"),
            choosesWang(),
            Care.barOpensPanel("王姐"),
            Care.answers("Call"),
            Dialog.cancel(),
            ProductScreen.back(),
            Till.pays(),
            Till.receiptShows("王芳"),
            ReceiptScreen.clickNextOrder(),
            Chrome.endTour(),
        ].flat(),
});
