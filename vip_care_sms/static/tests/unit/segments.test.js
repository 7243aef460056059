import { describe, expect, globals, test } from "@odoo/hoot";
import { wrap } from "@vip_care_sms/backend/around";
import { counted, filled } from "@vip_care_sms/backend/counter";
import { analyse } from "@vip_care_sms/backend/segments";

describe.current.tags("headless");

const UNIT = "/vip_care_sms/static/tests/unit";

async function rows(name) {
    const response = await globals.fetch(`${UNIT}/${name}_vectors.json`);
    return response.json();
}

test("parts are counted as on the server, row by row", async () => {
    const vectors = await rows("segment");
    expect(vectors.length).toBeGreaterThan(70);
    for (const { name, text, counting, encoding, units, parts, left } of vectors) {
        const whole = text.map(([piece, times]) => piece.repeat(times)).join("");
        expect(analyse(whole, counting)).toEqual(
            { encoding, units, parts, left },
            { message: name }
        );
    }
});

test("what goes around a text is as on the server, row by row", async () => {
    const vectors = await rows("around");
    expect(vectors.length).toBeGreaterThan(15);
    for (const { name, around, words, whole } of vectors) {
        expect(wrap(words, around)).toBe(whole, { message: name });
        expect(wrap(whole, around)).toBe(whole, { message: name });
    }
});

test("placeholders are filled once, and counted with all around", () => {
    const sample = { name: "{store}", honorific: "女士", store: "店", associate: "林" };
    expect(filled("{name}{honorific}{other} {store}{associate}", sample)).toBe(
        "{store}女士{other} 店林"
    );
    expect(filled("{name}", false)).toBe("{name}");
    const around = { before: "【店】", after: "拒收请回复R", latin_before: "", latin_after: "" };
    const counter = { counting: "mainland", price: 0.045, around, sample };
    const { whole, units, parts, cost } = counted("好".repeat(62), counter);
    expect(whole.length).toBe(72);
    expect([units, parts, cost]).toEqual([72, 2, 0.09]);
});
