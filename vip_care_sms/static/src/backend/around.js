import { analyse } from "./segments";

/** What goes around a text: the twin of `tools/around.py`, tested by the same rows. */

const BRACKETS = /^\s*[[【〔［](.*?)[\]】〕］]\s*/su;

/** For comparing: one width and case, no blanks, no marks. */
function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function beginsSigned(body, around) {
    const name = plain(around.before || around.latin_before);
    const match = BRACKETS.exec(body);
    if (match && plain(match[1]) === name) {
        return true;
    }
    const colon = body.indexOf(body.includes(":") ? ":" : "：");
    return colon >= 0 && plain(body.slice(0, colon)) === name;
}

function endsRefusable(body, around) {
    return [around.after, around.latin_after].some(
        (ending) => plain(ending) && plain(body).endsWith(plain(ending))
    );
}

/**
 * @param {string} words
 * @param {{before: string, after: string, latin_before: string, latin_after: string}} around
 * @returns {string} the words with what goes around them and is not there already
 */
export function wrap(words, around) {
    const body = words.trim();
    const isLatin = analyse(body).encoding === "GSM-7";
    let before = isLatin ? around.latin_before : around.before;
    let after = isLatin ? around.latin_after : around.after;
    if (before && beginsSigned(body, around)) {
        before = "";
    }
    if (after && endsRefusable(body, around)) {
        after = "";
    }
    // Chinese marks bring their own distance.
    const apart = /^\p{ASCII}*$/u.test(after) ? /\p{Z}$/u : /[\p{P}\p{Z}]$/u;
    if (after && body && !apart.test(body)) {
        after = ` ${after}`;
    }
    return before + body + after;
}
