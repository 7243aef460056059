/** Steps of Today; each returns steps. */

export function lists(names) {
    return [
        {
            content: `${names.length} contacts are to do`,
            trigger: `.o_vip_count_todo b:text(${names.length})`,
        },
        ...names.map((name) => ({
            content: `${name} is on the list`,
            trigger: `.o_vip_today_card:not(.o_vip_over) .o_vip_name:text(${name})`,
        })),
    ];
}

export function open(name) {
    return [
        {
            content: `open ${name}`,
            trigger: `.o_vip_today_card:contains(${name}) .o_vip_card_open`,
            run: "click",
        },
        {
            content: `${name} is open`,
            trigger: `.o_vip_today_task .o_vip_member:text(${name})`,
        },
        { content: "all of her is there", trigger: ".o_vip_today_task .o_vip_known" },
    ];
}

export function click(content, trigger) {
    return [{ content, trigger, run: "click" }];
}

export function type(content, trigger, text) {
    return [{ content, trigger, run: `edit ${text}` }];
}

export function sees(content, trigger) {
    return [{ content, trigger }];
}

export function note(outcome, text) {
    return [
        ...click("say that it is done", ".o_vip_steps .o_vip_done:not(.active)"),
        ...click(`it went so: ${outcome}`, `[data-outcome=${outcome}]`),
        ...type("note it", ".o_vip_note_box", text),
        ...click("save", ".o_vip_save_done"),
        ...sees("it is saved", ".o_vip_toast_undo"),
    ];
}
