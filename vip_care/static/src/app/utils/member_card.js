/** What the server says of a member, made safe to show: nothing missing, no wrong type. */

const text = (value) => (typeof value === "string" ? value.trim() : "");
const number = (value) => (Number.isFinite(value) ? value : null);
const isObject = (value) => Boolean(value) && typeof value === "object" && !Array.isArray(value);
const texts = (value) => (Array.isArray(value) ? value.map(text).filter(Boolean) : []);
const objects = (value) => (Array.isArray(value) ? value.filter(isObject) : []);
const nameOf = (value) => text(isObject(value) ? value.name : value);

const INPUTS = new Set(["text", "selection", "birthday", "phone", "hours"]);

function readBirthday(value) {
    return isObject(value) && number(value.days) !== null
        ? { days: value.days, date: text(value.date) }
        : null;
}

function readVisit(value) {
    return isObject(value) && (number(value.days) !== null || text(value.date))
        ? { date: text(value.date), days: number(value.days), store: nameOf(value.store) }
        : null;
}

function readMatter(value) {
    return {
        kind: text(value.kind),
        text: text(value.text),
        due: text(value.due),
        late: value.late === true,
        owner: nameOf(value.owner),
    };
}

function readPurchase(value) {
    return {
        date: text(value.date),
        name: text(value.name),
        qty: number(value.qty) ?? 1,
        returned: value.returned === true,
    };
}

function readAsk(value) {
    if (!isObject(value) || !text(value.key) || !text(value.label)) {
        return null;
    }
    const options = Array.isArray(value.options) ? value.options : [];
    return {
        key: value.key,
        label: value.label,
        input: INPUTS.has(value.input) ? value.input : "text",
        options: options.filter((option) => Array.isArray(option) && option.length === 2),
        placeholder: text(value.placeholder),
    };
}

/** The member's card, or null when `answer` is not one of the member `id`. */
export function readCard(answer, id) {
    if (!isObject(answer) || answer.id !== id) {
        return null;
    }
    const sizes = isObject(answer.sizes) ? answer.sizes : {};
    const taste = isObject(answer.taste) ? answer.taste : {};
    return {
        id,
        name: text(answer.name),
        salutation: text(answer.salutation),
        tier: nameOf(answer.tier),
        points: number(answer.points),
        asOf: text(answer.as_of),
        phone: text(answer.phone),
        owner: nameOf(answer.owner),
        ownerId: isObject(answer.owner) ? number(answer.owner.id) : null,
        own: answer.own === true,
        mayReveal: answer.may_reveal === true,
        birthday: readBirthday(answer.birthday),
        lastVisit: readVisit(answer.last_visit),
        sizes: { top: text(sizes.top), bottom: text(sizes.bottom), shoe: text(sizes.shoe) },
        taste: { tags: texts(taste.tags), text: text(taste.text) },
        purchases: objects(answer.purchases).map(readPurchase).filter((line) => line.name),
        service: texts(answer.service),
        matters: objects(answer.matters).map(readMatter),
        ask: readAsk(answer.ask),
    };
}
