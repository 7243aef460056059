import { _t } from "@web/core/l10n/translation";
import { deserializeDate, deserializeDateTime } from "@web/core/l10n/dates";
import { formatFloat } from "@web/core/utils/numbers";

const { DateTime } = luxon;

/** A day as one says it in passing: "12 Jul", with the year when it is not this one. */
export function shortDay(value) {
    const day = value ? deserializeDate(value) : null;
    if (!day?.isValid) {
        return "";
    }
    const format = { month: "short", day: "numeric" };
    return day.toLocaleString(
        day.year === DateTime.now().year ? format : { ...format, year: "numeric" }
    );
}

/** A moment (UTC as the server writes it): the time when it is today, else the day too. */
export function shortMoment(value) {
    const moment = value ? deserializeDateTime(value) : null;
    if (!moment?.isValid) {
        return "";
    }
    return moment.hasSame(DateTime.now(), "day")
        ? moment.toLocaleString(DateTime.TIME_SIMPLE)
        : moment.toLocaleString({ month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });
}

export function birthdayWords({ days, date }) {
    const day = date ? DateTime.fromFormat(date, "MM-dd") : null;
    const shown = day?.isValid ? day.toLocaleString({ month: "long", day: "numeric" }) : "";
    return { when: birthdayNear(days), day: shown };
}

function birthdayNear(days) {
    if (days === 0) {
        return _t("Birthday today");
    }
    if (days === 1) {
        return _t("Birthday tomorrow");
    }
    if (days === -1) {
        return _t("Birthday was yesterday");
    }
    return days > 0
        ? _t("Birthday in %s days", days)
        : _t("Birthday was %s days ago", Math.abs(days));
}

export function visitWords({ days, date }) {
    if (days === null) {
        return shortDay(date);
    }
    if (days <= 0) {
        return _t("Today");
    }
    if (days === 1) {
        return _t("Yesterday");
    }
    if (days < 90) {
        return _t("%s days ago", days);
    }
    return days < 730
        ? _t("%s months ago", Math.floor(days / 30.4))
        : _t("%s years ago", Math.floor(days / 365.25));
}

export function matterWords(matter) {
    const titles = { promise: _t("Promised"), complaint: _t("Open complaint") };
    const due = shortDay(matter.due);
    const title = titles[matter.kind] || _t("Open matter");
    return {
        title: matter.text || (matter.owner ? _t("Ask %s about it", matter.owner) : ""),
        kind: title,
        due: due && (matter.late ? _t("was due %s", due) : _t("due %s", due)),
    };
}

export function pointsWords(points) {
    return _t("%s points", formatFloat(points, { digits: [16, 2], trailingZeros: false }));
}

// Plurals, as "Top" and "Bottom" are Odoo's words for the edges of a page.
export function sizeWords({ top, bottom, shoe }) {
    return [
        top && { key: "top", label: _t("Tops"), size: top },
        bottom && { key: "bottom", label: _t("Bottoms"), size: bottom },
        shoe && { key: "shoe", label: _t("Shoes"), size: shoe },
    ].filter(Boolean);
}
