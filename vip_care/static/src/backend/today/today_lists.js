/** The two lists of the screen, `tasks` and `over`, while the server is being asked. */

export function findCard({ tasks, over }, id) {
    return [...tasks, ...over].find((card) => card.id === id);
}

function takeCard(data, card) {
    data.tasks = data.tasks.filter((other) => other.id !== card.id);
    data.over = data.over.filter((other) => other.id !== card.id);
}

/** Show a contact where a step will bring it; return the list it came from. */
export function moveCard(data, card, { state, outcome }) {
    const list = data.tasks.some((other) => other.id === card.id) ? "tasks" : "over";
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
