import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as Order from "@point_of_sale/../tests/generic_helpers/order_widget_util";
import * as PartnerList from "@point_of_sale/../tests/pos/tours/utils/partner_list_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as TicketScreen from "@point_of_sale/../tests/pos/tours/utils/ticket_screen_util";
import { inLeftSide } from "@point_of_sale/../tests/pos/tours/utils/common";
import { scan_barcode } from "@point_of_sale/../tests/generic_helpers/utils";
import { registry } from "@web/core/registry";
import * as Till from "./utils/till_util";

const SECRETS = ["13912340001", "13912340002", "13712345678", "wangfang@example", "Long Lane"];
const tours = registry.category("web_tour.tours");

tours.add("vip_care.till_sells_to_anybodys_member", {
    steps: () =>
        [
            Chrome.startPoS(),
            Dialog.confirm("Open Register"),
            ProductScreen.addOrderline("Desk Pad", "1"),
            ProductScreen.clickPartnerButton(),
            Till.search("0001"),
            Till.showsMember("王芳", "139****0001", "Mei"),
            Till.chooses("王芳"),
            Till.pays(),
            Till.receiptShows("王芳"),
            Till.browserKeeps(["王芳", "139****0001"], SECRETS),
            ReceiptScreen.clickNextOrder(),
            // Her card, then.
            ProductScreen.addOrderline("Desk Pad", "1"),
            scan_barcode("VIPTOUR0002"),
            ProductScreen.customerIsSelected("李娜"),
            Till.pays(),
            ReceiptScreen.clickNextOrder(),
            Chrome.endTour(),
        ].flat(),
});

tours.add("vip_care.till_reopens_tickets", {
    steps: () =>
        [
            Chrome.startPoS(),
            Chrome.clickOrders(),
            TicketScreen.nthRowContains(1, "李娜", false),
            TicketScreen.selectOrderByPrice("50.00"),
            TicketScreen.loadSelectedOrder(),
            ProductScreen.isShown(),
            ProductScreen.customerIsSelected("李娜"),
            ProductScreen.addOrderline("Desk Pad", "1"),
            Till.pays(),
            Till.receiptShows("李娜"),
            ReceiptScreen.clickNextOrder(),
            // An older ticket comes back.
            ProductScreen.clickRefund(),
            TicketScreen.filterIs("Paid"),
            TicketScreen.search("Customer", "王芳"),
            TicketScreen.selectOrderByPrice("1.98"),
            inLeftSide(Order.hasLine({ productName: "Desk Pad", withClass: ".selected" })),
            ProductScreen.clickNumpad("1"),
            TicketScreen.toRefundTextContains("To Refund: 1"),
            TicketScreen.confirmRefund(),
            PaymentScreen.isShown(),
            PaymentScreen.clickPaymentMethod("Bank"),
            PaymentScreen.clickValidate(),
            ReceiptScreen.isShown(),
            Till.receiptShows("王芳"),
            Till.browserKeeps(["王芳", "李娜"], SECRETS),
            ReceiptScreen.clickNextOrder(),
            Chrome.endTour(),
        ].flat(),
});

tours.add("vip_care.till_sells_on_when_lookup_is_refused", {
    steps: () =>
        [
            Chrome.startPoS(),
            Dialog.confirm("Open Register"),
            ProductScreen.addOrderline("Desk Pad", "1"),
            ProductScreen.clickPartnerButton(),
            Till.search("0001"),
            Till.showsMember("王芳", "139****0001", "Mei"),
            Till.search("0002"),
            Till.notifies("No more lookups with this login"),
            Till.search("Acme"),
            Till.chooses("Acme Corporation"),
            ProductScreen.clickPartnerButton(),
            PartnerList.clickPartnerOptions("王芳"),
            PartnerList.clickDropDownItemText("Edit Details"),
            Dialog.is({ title: "Another associate's member" }),
            Dialog.confirm(),
            PartnerList.isShown(),
            Dialog.discard(),
            Till.pays(),
            Till.receiptShows("Acme Corporation"),
            ReceiptScreen.clickNextOrder(),
            Chrome.endTour(),
        ].flat(),
});
