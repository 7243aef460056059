import { _t } from "@web/core/l10n/translation";

// Balances the server keeps: what the till has loaded may be spent elsewhere by now.
const BALANCES = new Set(["loyalty", "ewallet", "gift_card"]);
const till = { isOffline: () => false, say: () => {} };

/** Say once how the till knows that it is offline and how it tells the seller. */
export function watchTill(isOffline, say) {
    Object.assign(till, { isOffline, say });
}

export function isTillOffline() {
    return till.isOffline();
}

/** Tell whether claiming `reward` now would spend a balance nobody can check. */
export function isRefusedOffline(reward) {
    return till.isOffline() && BALANCES.has(reward?.program_id?.program_type);
}

export function sayRefusedOffline() {
    const text = _t(
        "The till is offline: points and balances are redeemed once it is online again. They are not lost."
    );
    till.say(text);
    return text;
}
