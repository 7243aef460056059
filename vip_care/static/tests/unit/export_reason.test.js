import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { download } from "@web/core/network/download";
import { user } from "@web/core/user";
import { withoutTill } from "./backend_helpers";

describe.current.tags("desktop");

class Purchase extends models.Model {
    _name = "vip.purchase";
    name = fields.Char();
    _records = [{ id: 1, name: "T1" }];
}
class Product extends models.Model {
    _name = "product";
    name = fields.Char();
    _records = [{ id: 1, name: "Coat" }];
}
class IrExports extends models.Model {
    _name = "ir.exports";
    name = fields.Char();
    resource = fields.Char();
}

defineMailModels();
defineModels([Purchase, Product, IrExports]);

const NAME = {
    children: false,
    default_export: true,
    field_type: "char",
    id: "name",
    string: "Name",
    value: "name",
};
const SELLER = {
    children: true,
    field_type: "many2one",
    id: "seller_id",
    params: { model: "res.partner", prefix: "seller_id", name: "Seller" },
    string: "Seller",
    value: "seller_id/id",
};
const SELLER_PHONE = { ...NAME, id: "seller_id/phone", string: "Seller/Phone" };
let groups, requests;

beforeEach(() => {
    withoutTill();
    groups = ["base.group_allow_export", "vip_care.group_head_office"];
    requests = [];
    patchWithCleanup(user, { hasGroup: async (group) => groups.includes(group) });
    patchWithCleanup(download, {
        _download: async ({ url, data }) => {
            const { context, model } = JSON.parse(data.data);
            requests.push([url, model, context.vip_export_reason]);
        },
    });
    onRpc("/web/export/formats", () => [{ tag: "csv", label: "CSV" }]);
    onRpc("/web/export/get_fields", async (request) => {
        const { params } = await request.json();
        return params.parent_field ? [SELLER_PHONE] : [NAME, SELLER];
    });
});

async function openList(resModel) {
    await mountView({
        type: "list",
        resModel,
        arch: `<list export_xlsx="1"><field name="name"/></list>`,
        loadActionMenus: true,
    });
}

async function openDialog(resModel) {
    await openList(resModel);
    await contains(".o_list_record_selector input[type='checkbox']").click();
    await contains(".o_control_panel .o_cp_action_menus .dropdown-toggle").click();
    await contains(".dropdown-menu span:contains(Export)").click();
    await animationFrame();
}

async function exportAll() {
    await contains(".o_cp_action_menus .dropdown-toggle").click();
    await contains(".o-dropdown--menu .dropdown-item:contains(Export)").click();
}

test("members leave with a reason", async () => {
    await openDialog("vip.purchase");
    await contains(".o_select_button").click();
    expect(requests).toEqual([]);
    expect(".o_notification_bar.bg-danger").toHaveCount(1);
    await contains("#vip_export_reason").edit("  Autumn catalogue ");
    await contains(".o_select_button").click();
    expect(requests).toEqual([["/web/export/csv", "vip.purchase", "Autumn catalogue"]]);
    await contains("#vip_export_reason").edit("");
    await contains(".o_select_button").click();
    expect(requests.length).toBe(1, { message: "the reason is not kept for the next" });
});

test("after a refusal one can try again", async () => {
    await openDialog("vip.purchase");
    await contains("#vip_export_reason").edit("Catalogue");
    patchWithCleanup(download, { _download: () => Promise.reject(new Error("Beyond the limit")) });
    expect.errors(1);
    await contains(".o_select_button").click();
    await animationFrame();
    expect.verifyErrors(["Beyond the limit"]);
    expect(".o_select_button").toBeEnabled();
});

test("what holds no member is exported as ever", async () => {
    await openDialog("product");
    expect("#vip_export_reason").toHaveCount(0);
    await contains(".o_select_button").click();
    expect(requests).toEqual([["/web/export/csv", "product", undefined]]);
});

test("a path to contacts asks for the reason", async () => {
    await openDialog("product");
    await contains("[data-field_id='seller_id'] .o_expand_parent").click();
    await contains("[data-field_id='seller_id/phone'] .o_add_field").click();
    expect("#vip_export_reason").toHaveCount(1);
    await contains("#vip_export_reason").edit("Supplier list");
    await contains(".o_select_button").click();
    expect(requests[0][2]).toBe("Supplier list");
});

test("others are not asked: the server decides", async () => {
    groups = ["base.group_allow_export"];
    await openDialog("vip.purchase");
    expect("#vip_export_reason").toHaveCount(0);
    await contains(".o_select_button").click();
    expect(requests).toEqual([["/web/export/csv", "vip.purchase", undefined]]);
});

test("export of all asks first", async () => {
    await openList("vip.purchase");
    await exportAll();
    expect(requests).toEqual([]);
    expect(".o_vip_export_confirm").not.toBeEnabled();
    await contains("#vip_export_reason").edit("Year end audit");
    await contains(".o_vip_export_confirm").click();
    await animationFrame();
    expect(requests).toEqual([["/web/export/xlsx", "vip.purchase", "Year end audit"]]);
    expect("#vip_export_reason").toHaveCount(0);
});

test("export of all without members does not ask", async () => {
    await openList("product");
    await exportAll();
    await animationFrame();
    expect(requests).toEqual([["/web/export/xlsx", "product", undefined]]);
});
