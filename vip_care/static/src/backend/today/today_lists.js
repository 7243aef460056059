/** The lists of the screen while the server is asked; `queued`: where something sends. */
const LISTS = ["tasks", "queued", "over"];

export function findCard(data, id) {
    return LISTS.flatMap((list) => data[list] || []).find((card) => card.id === id);
}

function listOf(data, card) {
    return LISTS.find((list) => data[list]?.some((other) => other.id === card.id)) || "over";
}

function takeCard(data, card) {
    for (const list of LISTS) {
        data[list] = data[list]?.filter((other) => other.id !== card.id);
    }
}

/** Show a contact where a step will bring it; return the list it came from. */
export function moveCard(data, card, { state, outcome }) {
    const list = listOf(data, card);
    takeCard(data, card);
    if (state) {
        const target = state === "planned" ? "tasks" : "over";
        data[target] = [{ ...card, state, outcome }, ...data[target]];
    }
    return list;
}

/** Put a contact back: others may have been done meanwhile, only this one goes. */
export function restoreCard(data, card, list) {
    takeCard(data, card);
    data[list] = [card, ...data[list]];
}
