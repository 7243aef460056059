import { serializeDateTime } from "@web/core/l10n/dates";
import { readCard } from "./member_card";
import { shortMoment } from "./member_words";

const { DateTime } = luxon;
export const FRESH_FOR = 5 * 60 * 1000;
// Points the server itself counted some time ago are said to be so.
const COUNTED_LATELY = 15 * 60 * 1000;

/** The points of a loyalty card which the till has loaded, or null. */
function loadedPoints(partner, models) {
    const cards = (models["loyalty.card"]?.getAll() || []).filter(
        (card) =>
            card.partner_id?.id === partner.id && card.program_id?.program_type === "loyalty"
    );
    return cards.length ? cards.reduce((sum, card) => sum + (card.points || 0), 0) : null;
}

function countedAt(card, entry) {
    const counted = card.asOf ? DateTime.fromSQL(card.asOf, { zone: "utc" }).toMillis() : NaN;
    const isStale = entry.status !== "known" || Date.now() - entry.at > FRESH_FOR;
    if (!isStale && !(entry.at - counted > COUNTED_LATELY)) {
        return "";
    }
    return shortMoment(card.asOf || serializeDateTime(DateTime.fromMillis(entry.at)));
}

/**
 * What is shown of a member: her card, else what the till has of her.
 *
 * `entry` is what the store remembers of her (pos_store_member.js), if anything.
 */
export function memberView(partner, entry, models) {
    const known = entry?.card;
    const card = known || readCard({ id: partner.id }, partner.id);
    const name = card.name || partner.name || "";
    return {
        ...card,
        name,
        called: card.salutation || name,
        tier: known ? card.tier : partner.vip_tier || "",
        owner: known ? card.owner : partner.vip_owner || "",
        phone: card.phone || partner.phone || "",
        points: known ? card.points : loadedPoints(partner, models),
        asOf: known ? countedAt(card, entry) : "",
        isKnown: Boolean(known),
        isAsking: Boolean(entry?.asking),
        isOffline: entry?.status === "offline",
        message: entry?.status === "refused" ? entry.message : "",
        hasFailed: entry?.status === "failed",
    };
}
