import { onRpc } from "@web/../tests/web_test_helpers";

/** A member's record as the server gives it to a till. */
export function memberRow(id, name, phone = "139****0001") {
    return {
        id,
        name,
        phone,
        vip_member: true,
        vip_tier: "Gold",
        vip_owner: "Mei",
        write_date: "2026-07-03 12:38:12",
    };
}

/** Answer lookups with `rows`, or fail with the error `rows` is; returns what was asked. */
export function answerLookups(rows) {
    const asked = [];
    onRpc("res.partner", "vip_till_lookup", ({ args }) => {
        asked.push(args);
        if (rows instanceof Error) {
            throw rows;
        }
        return rows.map((row) => ({ id: row.id, name: row.name, pos: row }));
    });
    return asked;
}

/** Answer for tickets' customers with `rows`; returns the ids asked for. */
export function answerCustomers(rows) {
    const asked = [];
    onRpc("res.partner", "vip_till_customers", ({ args }) => {
        asked.push(args[0]);
        if (rows instanceof Error) {
            throw rows;
        }
        return rows.filter((row) => args[0].includes(row.id));
    });
    onRpc("res.partner", "read", () => {
        throw new Error("contacts are never read past the mask");
    });
    return asked;
}
