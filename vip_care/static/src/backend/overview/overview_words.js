import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { formatInteger } from "@web/views/fields/formatters";

const { DateTime } = luxon;

export function integer(value) {
    return formatInteger(value);
}

export function percent(part, whole) {
    if (!whole) {
        return "–";
    }
    const share = (100 * part) / whole;
    return `${share > 0 && share < 1 ? "< 1" : Math.round(share)} %`;
}

/** The change against last year as text, or nothing to compare with. */
export function change(now, before) {
    if (before <= 0) {
        return "";
    }
    const points = Math.round((100 * (now - before)) / before);
    return points > 0 ? `+${points} %` : points < 0 ? `−${-points} %` : "±0 %";
}

export function changeClass(now, before) {
    if (before <= 0 || now === before) {
        return "text-muted";
    }
    return now > before ? "o_vip_up" : "o_vip_down";
}

export function time(text) {
    if (!text) {
        return "–";
    }
    const moment = deserializeDateTime(text);
    return moment.hasSame(DateTime.now(), "day")
        ? moment.toLocaleString(DateTime.TIME_WITH_SECONDS)
        : moment.toLocaleString(DateTime.DATETIME_MED_WITH_SECONDS);
}

export function ago(text) {
    return text ? deserializeDateTime(text).toRelative() : "";
}

export function jobLevel(job) {
    if (job.error_count) {
        return "danger";
    }
    return job.is_stale ? "warning" : "success";
}

/** What the last run of a job comes to, in one sentence. */
export function jobSentence(job) {
    const values = {
        since: time(job.date_start),
        ago: ago(job.date_end || job.date_start),
        done: integer(job.done),
        left: integer(job.left),
        errors: integer(job.error_count),
        success: job.last_success ? ago(job.last_success) : _t("never"),
    };
    if (job.state === "never") {
        return _t("Has never run. Ask the administrator whether scheduled actions run.");
    }
    if (job.state === "running") {
        return job.is_stale
            ? _t("Running since %(since)s: longer than it should take.", values)
            : _t("Running since %(since)s.", values);
    }
    if (job.error_count) {
        return _t("Last run %(ago)s, errors: %(errors)s; the rest is done.", values);
    }
    if (job.is_stale) {
        return _t("Last success: %(success)s. It should run every few minutes.", values);
    }
    if (job.state === "interrupted") {
        return _t("Stopped %(ago)s with %(left)s left; the next run goes on.", values);
    }
    return job.done
        ? _t("Up to date %(ago)s: %(done)s done.", values)
        : _t("Up to date %(ago)s: nothing new.", values);
}
