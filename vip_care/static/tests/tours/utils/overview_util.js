/** Steps of the Overview and of the way from it to members; each returns steps. */

export function isShown() {
    return [{ content: "the overview is shown", trigger: ".o_vip_overview .o_vip_tiles" }];
}

export function hasMembers(count) {
    return [
        {
            content: `${count} members are counted`,
            trigger: `.o_vip_members_total:text(${count})`,
        },
    ];
}

export function hasLifecycle(key, count) {
    return [
        {
            content: `${count} members are ${key}`,
            trigger: `.o_vip_legend [data-lifecycle=${key}] b:text(${count})`,
        },
    ];
}

export function filterByStore(name) {
    return [
        {
            content: `choose the store ${name}`,
            trigger: "select.o_vip_store",
            run: `selectByLabel ${name}`,
        },
    ];
}

export function clickBar(store, key) {
    return [
        {
            content: `open the ${key} members of ${store}`,
            trigger: `.o_vip_store_row:contains(${store}) .o_vip_bar .o_vip_${key}`,
            run: "click",
        },
    ];
}

export function clickSales(period) {
    return [
        {
            content: `open the purchases of ${period}`,
            trigger: `.o_vip_sales [data-period=${period}] button`,
            run: "click",
        },
    ];
}

export function listHas(names) {
    return [
        {
            content: `the list has ${names.length} rows`,
            trigger: `.o_list_view .o_data_row:count(${names.length})`,
        },
        ...names.map((name) => ({
            content: `${name} is in the list`,
            trigger: `.o_data_row:contains(${name})`,
        })),
    ];
}

export function openMember(name) {
    return [
        {
            content: `open ${name}`,
            trigger: `.o_data_row .o_data_cell:contains(${name})`,
            run: "click",
        },
        {
            content: `the form of ${name} is shown`,
            trigger: `.o_form_view .o_last_breadcrumb_item:contains(${name})`,
        },
    ];
}

export function goBackTo(name) {
    return [
        {
            content: `go back to ${name}`,
            trigger: `.breadcrumb-item:contains(${name}) a, .o_back_button:contains(${name})`,
            run: "click",
        },
    ];
}

export function openMenu(xmlid) {
    return [
        {
            content: `open the menu ${xmlid}`,
            trigger: `.o_menu_sections [data-menu-xmlid='${xmlid}']`,
            run: "click",
        },
    ];
}

export function openMenuItem(xmlid) {
    return [
        {
            content: `choose ${xmlid}`,
            trigger: `.o-dropdown--menu [data-menu-xmlid='${xmlid}']`,
            run: "click",
        },
    ];
}

export function search(text) {
    return [
        {
            content: `search ${text}`,
            trigger: ".o_searchview_input",
            run: `edit ${text}`,
        },
        {
            content: "take the first suggestion",
            trigger: ".o_searchview_autocomplete .o-dropdown-item.focus, .o_searchview_autocomplete .focus",
            run: "click",
        },
    ];
}

export function callHer(salutation) {
    return [
        {
            content: `write that she likes to be called ${salutation}`,
            trigger: ".o_form_view [name=vip_salutation] input",
            run: `edit ${salutation}`,
        },
        {
            content: "save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        { content: "it is saved", trigger: ".o_form_view .o_form_saved" },
    ];
}
