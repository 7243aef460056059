/** What is typed about a contact and not saved yet: kept until the server has it. */
export function newDraft() {
    return {
        panel: "", // done, later, skip
        outcome: "",
        note: "",
        reason: "",
        day: "",
        gift: "",
        giftCost: "",
        answers: {},
        subject: "other",
        description: "",
        score: 0,
        words: null, // the words being rewritten
        contact: null, // her number, once asked for
        isCopied: false,
        problem: "",
        wordsProblem: "",
    };
}

function filled(answers) {
    const entries = Object.entries(answers).filter(([, value]) => value);
    return entries.length ? Object.fromEntries(entries) : null;
}

function feedback(draft) {
    if (draft.outcome === "complaint") {
        return { subject: draft.subject, description: draft.description };
    }
    return draft.score ? { score: draft.score } : null;
}

/** The arguments of `action_done` for what was typed. */
export function doneArguments(draft) {
    const cost = draft.giftCost === "" ? null : Number(draft.giftCost);
    return [
        draft.outcome,
        draft.note || null,
        filled(draft.answers),
        feedback(draft),
        draft.gift || null,
        Number.isNaN(cost) ? draft.giftCost : cost,
    ];
}
