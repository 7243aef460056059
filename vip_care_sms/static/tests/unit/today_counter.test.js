import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { describe, expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { contains, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { TodayTask } from "@vip_care/backend/today/today_task";
import { withoutTill } from "@vip_care/../tests/unit/backend_helpers";

describe.current.tags("desktop");

defineMailModels();

const CARD = {
    id: 7,
    name: "Li Mei",
    hints: [],
    channel: "message",
    channel_name: "Message",
    outcomes: ["sent"],
    why: "Her birthday.",
    due: "2026-06-15",
    until: "2026-06-20",
    today: "2026-06-15",
    state: "planned",
    body: "好",
    text_kind: "Birthday",
    guide: "",
    event: false,
    sizes: {},
    contacts: [],
    purchase: false,
    questions: [],
    picks: [],
};

async function openTask(values) {
    withoutTill();
    onRpc("vip.sms.counter", "of_task", ({ args }) => {
        expect.step(args);
        const around = { before: "【店】", after: "", latin_before: "", latin_after: "" };
        return { counting: "gsm", price: 0.05, currency_id: 1, around, sample: false };
    });
    await mountWithCleanup(TodayTask, {
        props: {
            card: { ...CARD, ...values },
            draft: { words: null, panel: "", problem: "", answers: {} },
            words: { outcomes: {}, reasons: [], subjects: [], send: "link" },
            isSmall: false,
            onClose: () => {},
            onStep: () => {},
            onUndo: () => {},
            onOpenMember: () => {},
            reload: () => {},
        },
    });
}

test("who rewords a message sees what it takes while she types", async () => {
    await openTask();
    expect(".o_vip_sms_counter").toHaveCount(0);
    await contains(".o_vip_reword").click();
    await animationFrame();
    expect(".o_vip_sms_count").toHaveText("4 characters, 1 part, about $ 0.05");
    await contains(".o_vip_words textarea").edit("好".repeat(68), { confirm: false });
    expect(".o_vip_sms_count").toHaveText("71 characters, 2 parts, about $ 0.10");
    expect.verifySteps([[7]]);
});

test("words for a call are not counted", async () => {
    await openTask({ channel: "call" });
    await contains(".o_vip_reword").click();
    await animationFrame();
    expect(".o_vip_sms_counter").toHaveCount(0);
    expect.verifySteps([]);
});
