import { describe, expect, test } from "@odoo/hoot";
import { mockDate } from "@odoo/hoot-mock";
import { readCard } from "@vip_care/app/utils/member_card";
import {
    birthdayWords,
    matterWords,
    shortDay,
    sizeWords,
    visitWords,
} from "@vip_care/app/utils/member_words";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { setupPosEnv } from "@point_of_sale/../tests/unit/utils";
import { cardOf } from "./member_helpers";

describe.current.tags("desktop");

definePosModels();

test("an answer that is not her card is none", () => {
    for (const answer of [null, undefined, true, {}, [], "card", { id: 2, name: "x" }]) {
        expect(readCard(answer, 1)).toBe(null);
    }
});

test("whatever is missing or of a wrong type is left out of a card", () => {
    const junk = [null, 5, "text", {}, [], [null, 5, {}], { name: 5 }];
    const keys = Object.keys(cardOf(1, "王芳")).filter((key) => key !== "id");
    const empty = readCard({ id: 1 }, 1);
    expect(empty).toMatchObject({ name: "", points: null, purchases: [], matters: [], ask: null });
    for (const key of keys) {
        for (const value of junk) {
            const card = readCard({ id: 1, [key]: value }, 1);
            expect(Object.keys(card)).toEqual(Object.keys(empty));
            expect(Array.isArray(card.purchases)).toBe(true);
            expect(card.purchases.every((line) => line.name)).toBe(true);
            expect(typeof card.owner).toBe("string");
        }
    }
});

test("a whole card is read as it is", () => {
    const card = readCard(cardOf(1, "王芳"), 1);
    expect(card).toMatchObject({
        salutation: "Sister Wang",
        tier: "Gold",
        owner: "Mei",
        ownerId: 7,
        sizes: { top: "M", bottom: "29", shoe: "38" },
        birthday: { days: 3, date: "06-30" },
        lastVisit: { days: 12, store: "Gate North" },
    });
    expect(card.purchases[1]).toEqual({
        date: "2026-06-18",
        name: "Silk scarf",
        qty: 2,
        returned: true,
    });
    expect(card.ask.input).toBe("text");
    expect(card.matters[0].late).toBe(true);
});

test("days are told as one says them", async () => {
    await setupPosEnv();
    mockDate("2026-06-27 10:00:00");
    const near = (days) => birthdayWords({ days }).when.toString();
    expect([0, 1, 3, -1, -2].map(near)).toEqual([
        "Birthday today",
        "Birthday tomorrow",
        "Birthday in 3 days",
        "Birthday was yesterday",
        "Birthday was 2 days ago",
    ]);
    expect(birthdayWords({ days: 3, date: "06-30" }).day).toBe("June 30");
    const visit = (days) => visitWords({ days, date: "2026-06-18" }).toString();
    expect([0, 1, 12, 100, 800, null].map(visit)).toEqual([
        "Today",
        "Yesterday",
        "12 days ago",
        "3 months ago",
        "2 years ago",
        "Jun 18",
    ]);
    expect(shortDay("2024-02-29")).toBe("Feb 29, 2024");
    expect(shortDay("nonsense")).toBe("");
});

test("who may not read her is told whom to ask about a promise", async () => {
    await setupPosEnv();
    const words = matterWords({ kind: "promise", text: "", owner: "Mei", due: "", late: false });
    expect(words.kind.toString()).toBe("Promised");
    expect(words.title.toString()).toBe("Ask Mei about it");
    expect(matterWords({ kind: "new", text: "", owner: "", due: "" }).kind.toString()).toBe(
        "Open matter"
    );
    expect(sizeWords({ top: "M", bottom: "", shoe: "38" }).map((size) => size.size)).toEqual([
        "M",
        "38",
    ]);
});
