import { browser } from "@web/core/browser/browser";

/**
 * Enrolments taken while the till could not reach the server.
 *
 * In the browser's local storage, so that a reload or an empty battery loses none; each
 * leaves it as soon as the server has her.
 */
export class KeptEnrolments {
    constructor(place) {
        this.key = `vip_care.enrolments.${place}`;
    }

    list() {
        try {
            const entries = JSON.parse(browser.localStorage.getItem(this.key) || "[]");
            return Array.isArray(entries) ? entries.filter((entry) => entry?.uuid) : [];
        } catch {
            return [];
        }
    }

    get(uuid) {
        return this.list().find((entry) => entry.uuid === uuid);
    }

    has(uuid) {
        return Boolean(this.get(uuid));
    }

    /** Keep `entry`, in the place of an older one of the same uuid. */
    put(entry) {
        const others = this.list().filter((other) => other.uuid !== entry.uuid);
        return this.write([...others, entry]);
    }

    remove(uuid) {
        const entries = this.list();
        const left = entries.filter((entry) => entry.uuid !== uuid);
        return left.length === entries.length || this.write(left);
    }

    /** Tell whether it could be written: a full or closed storage is no error of ours. */
    write(entries) {
        try {
            if (entries.length) {
                browser.localStorage.setItem(this.key, JSON.stringify(entries));
            } else {
                browser.localStorage.removeItem(this.key);
            }
            return true;
        } catch {
            return false;
        }
    }
}
