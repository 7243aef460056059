import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    makeServerError,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { withoutTill } from "@vip_care/../tests/unit/backend_helpers";

describe.current.tags("desktop");

class CareText extends models.Model {
    _name = "vip.care.text";

    body = fields.Text();
    lang = fields.Char();
    kind = fields.Char();

    _records = [{ id: 1, body: "{name}{honorific}，生日快乐！", lang: "zh_CN", kind: "birthday" }];
}

class CareTask extends models.Model {
    _name = "vip.care.task";

    body = fields.Text();
    channel = fields.Char();

    _records = [
        { id: 1, body: "Happy birthday!", channel: "message" },
        { id: 2, body: "Happy birthday!", channel: "call" },
    ];
}

defineMailModels();
defineModels([CareText, CareTask]);

const FIELDS = `<field name="body" widget="vip_sms_text"/>`;
let told;

beforeEach(() => {
    withoutTill();
    told = {
        counting: "mainland",
        price: 0.05,
        currency_id: 1,
        around: {
            before: "【衣品女装】",
            after: "拒收请回复R",
            latin_before: "Mode: ",
            latin_after: "Reply STOP to opt out",
        },
        sample: { name: "欧阳晓燕", honorific: "女士", store: "店", associate: "林" },
    };
    onRpc("vip.sms.counter", "of_text", ({ args }) => {
        expect.step(args.join());
        return told;
    });
    onRpc("vip.sms.counter", "of_task", ({ args }) => {
        expect.step(args.join());
        return { ...told, counting: "gsm", sample: false };
    });
});

async function openForm(resModel, resId, more) {
    const arch = `<form>${more}${FIELDS}</form>`;
    await mountView({ type: "form", resModel, resId, arch });
    await animationFrame();
}

const openText = () => openForm("vip.care.text", 1, `<field name="lang"/><field name="kind"/>`);
const openTask = (id) => openForm("vip.care.task", id, `<field name="channel"/>`);

test("a text is counted for a long name, with signature and ending, while it is typed", async () => {
    await openText();
    // 6 + 4 + 2 + 6 + 6
    expect(".o_vip_sms_count").toHaveText("24 characters, 1 part, about $ 0.05");
    expect(".o_vip_sms_remark").toHaveText("· Counted for a long name: 欧阳晓燕女士");
    await contains(".o_field_widget[name=body] textarea").edit("好".repeat(61), {
        confirm: false,
    });
    expect(".o_vip_sms_count").toHaveText("74 characters, 2 parts, about $ 0.10");
    expect(".o_vip_sms_remark").toHaveCount(0);
    await contains(".o_field_widget[name=lang] input").edit("zh_TW");
    expect.verifySteps(["zh_CN,birthday,", "zh_TW,birthday,"]);
});

test("a contact by message is counted as her country wants it, a call is not", async () => {
    await openTask(1);
    expect(".o_vip_sms_count").toHaveText("43 characters, 1 part, about $ 0.05");
    expect(".o_vip_sms_counter").toHaveAttribute(
        "title",
        "Mode: Happy birthday! Reply STOP to opt out"
    );
    expect.verifySteps(["1"]);
});

test("a call has no counter", async () => {
    await openTask(2);
    expect(".o_vip_sms_counter").toHaveCount(0);
    expect.verifySteps([]);
});

test("without a price, a gateway or a line the words can be written all the same", async () => {
    told.price = 0;
    await openTask(1);
    expect(".o_vip_sms_count").toHaveText("43 characters, 1 part");
    expect.verifySteps(["1"]);
});

test("no gateway, no counter", async () => {
    onRpc("vip.sms.counter", "of_task", () => false);
    await openTask(1);
    expect(".o_vip_sms_counter").toHaveCount(0);
});

test("a server that does not answer is no hindrance", async () => {
    onRpc("vip.sms.counter", "of_task", () => {
        throw makeServerError({ message: "Down" });
    });
    await openTask(1);
    expect(".o_vip_sms_counter").toHaveCount(0);
    await contains(".o_field_widget[name=body] textarea").edit("Hello");
    expect(".o_field_widget[name=body] textarea").toHaveValue("Hello");
});
