import { deserializeDate, deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";

const { DateTime } = luxon;

const ICONS = {
    call: "fa-phone",
    visit: "fa-home",
    gift: "fa-gift",
    message: "fa-comment-o",
    service: "fa-scissors",
};

export function channelIcon(channel) {
    return ICONS[channel] || "fa-circle-o";
}

/** A day as people say it, seen from `today` (both as the server writes them). */
export function dayText(day, today) {
    const date = deserializeDate(day);
    const days = Math.round(date.diff(deserializeDate(today), "days").days);
    if (days === 0) {
        return _t("today");
    }
    if (days === 1) {
        return _t("tomorrow");
    }
    if (days === -1) {
        return _t("yesterday");
    }
    const format = { weekday: "short", day: "numeric", month: "short" };
    return date.toLocaleString(Math.abs(days) < 300 ? format : DateTime.DATE_MED);
}

export function longDay(day) {
    const format = { weekday: "long", day: "numeric", month: "long" };
    return deserializeDate(day).toLocaleString(format);
}

export function addDays(day, days) {
    return deserializeDate(day).plus({ days }).toISODate();
}

export function moment(text) {
    return text ? deserializeDateTime(text).toLocaleString(DateTime.DATETIME_MED) : "";
}

/** Until when a contact may wait, or that it may not. */
export function limitText(card) {
    if (card.is_last_day) {
        return card.is_overdue ? _t("late, last day") : _t("last day");
    }
    if (card.is_overdue) {
        return _t("since %(day)s", { day: dayText(card.due, card.today) });
    }
    return _t("until %(day)s", { day: dayText(card.until, card.today) });
}

/** What to tell about a failed call; anything but a refusal or a lost line is thrown on. */
export function problemText(error) {
    if (error instanceof ConnectionLostError) {
        return _t("No connection. Nothing is lost: try again in a moment.");
    }
    if (error instanceof RPCError) {
        return error.data?.message || error.message;
    }
    throw error;
}

/** A link that opens the phone's own messages with the words in them. */
export function smsLink({ number, body }) {
    return `sms:${number}?&body=${encodeURIComponent(body)}`;
}
