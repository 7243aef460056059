import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { ConnectionLostError } from "@web/core/network/rpc";
import { doneArguments, newDraft } from "@vip_care/backend/today/today_drafts";
import { moveCard, restoreCard } from "@vip_care/backend/today/today_lists";
import { dayText, limitText, problemText, smsLink } from "@vip_care/backend/today/today_words";

describe.current.tags("headless");

beforeEach(allowTranslations);

const today = "2026-06-15";

test("days are named as people name them", () => {
    expect(dayText("2026-06-15", today)).toBe("today");
    expect(dayText("2026-06-16", today)).toBe("tomorrow");
    expect(dayText("2026-06-14", today)).toBe("yesterday");
    expect(dayText("2026-06-20", today)).toBe("Sat, Jun 20");
    expect(dayText("2024-06-20", today)).toBe("Jun 20, 2024");
});

test("a card says until when, since when, or that it is the last day", () => {
    const card = { today, due: "2026-06-14", until: "2026-06-16" };
    expect(limitText(card)).toBe("until tomorrow");
    expect(limitText({ ...card, is_overdue: true })).toBe("since yesterday");
    expect(limitText({ ...card, is_last_day: true })).toBe("last day");
});

test("words in a link survive lines, signs and other scripts", () => {
    const link = smsLink({ number: "+8613900000001", body: "王姐，\n100% & more" });
    expect(link.startsWith("sms:+8613900000001?&body=")).toBe(true);
    expect(decodeURIComponent(link.split("body=")[1])).toBe("王姐，\n100% & more");
    expect(link.split("body=")[1]).not.toMatch(/[&\s]/);
});

test("a lost line is told, a fault of ours is not hidden", () => {
    expect(problemText(new ConnectionLostError("/web"))).toMatch(/Nothing is lost/);
    expect(() => problemText(new TypeError("ours"))).toThrow();
});

test("empty boxes are not sent, what is no number is sent as typed", () => {
    const draft = { ...newDraft(), outcome: "given", answers: { work: "", taste: "Linen" } };
    expect(doneArguments(draft)).toEqual(["given", null, { taste: "Linen" }, null, null, null]);
    expect(doneArguments({ ...draft, giftCost: "12.5" })[5]).toBe(12.5);
    expect(doneArguments({ ...draft, giftCost: "ten" })[5]).toBe("ten");
});

test("a refused step puts back its own contact only", () => {
    const [one, two] = [
        { id: 1, state: "planned" },
        { id: 2, state: "planned" },
    ];
    const data = { tasks: [one, two], over: [] };
    const list = moveCard(data, one, { state: "done", outcome: "Reached" });
    moveCard(data, two, { state: "done", outcome: "Reached" });
    restoreCard(data, one, list);
    expect(data.tasks).toEqual([one]);
    expect(data.over.map((card) => card.id)).toEqual([2]);
});
