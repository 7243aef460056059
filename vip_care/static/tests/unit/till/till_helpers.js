import { onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";

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

/**
 * Answer enrolments with `rows`, or with `refusal` while there are none; returns the calls.
 *
 * `rows` may also be the error itself.
 */
export function answerEnrolments(rows, refusal) {
    const sent = [];
    onRpc("res.partner", "vip_till_enrol", ({ args }) => {
        sent.push(args);
        if (rows instanceof Error || !rows.length) {
            throw rows instanceof Error ? rows : refusal;
        }
        const [row] = rows;
        return { id: row.id, known: false, message: `${row.name} is a member now.`, pos: row };
    });
    return sent;
}

/** Cut the connection; returns what brings it back. */
export function goOffline(store) {
    store.data.network.offline = true;
    return () => {
        store.data.network.offline = false;
    };
}

/** What the seller is told from now on. */
export function noteNotifications(store) {
    const told = [];
    patchWithCleanup(store.notification, { add: (text) => told.push(String(text)) });
    return told;
}
