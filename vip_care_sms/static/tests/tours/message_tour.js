import { registry } from "@web/core/registry";

function click(content, trigger) {
    return { content, trigger, run: "click" };
}

function sees(content, trigger) {
    return { content, trigger };
}

function type(content, trigger, text) {
    return { content, trigger, run: `edit ${text}` };
}

function open(name) {
    return [
        click(`open ${name}`, `.o_vip_today_card:contains(${name}) .o_vip_card_open`),
        sees("all is there", ".o_vip_today_task .o_vip_known"),
    ];
}

function send(name) {
    return [
        ...open(name),
        click("send with one tap", ".o_vip_send"),
        sees("told when it goes", ".o_vip_toast:not(:contains(queued)) .o_vip_toast_undo"),
    ];
}

registry.category("web_tour.tours").add("vip_care_sms.send_on_the_phone", {
    steps: () => [
        sees("two to do", ".o_vip_count_todo b:text(2)"),
        ...send("Tour Li"),
        sees("one is left", ".o_vip_count_todo b:text(1)"),
        click("think again", ".o_vip_toast_undo"),
        sees("both are there", ".o_vip_count_todo b:text(2)"),
        ...send("Tour Li"),
        click("look at what is on its way", ".o_vip_queued summary"),
        ...open("Tour Li"),
        sees("its hour is told", ".o_vip_story_line .o_vip_story"),
        click("take it back", ".o_vip_withdraw"),
        sees("it is on the list again", ".o_vip_toast:contains(on the list again)"),
        sees("both are there", ".o_vip_count_todo b:text(2)"),
        ...send("Tour Wang"),
        sees("one is left", ".o_vip_count_todo b:text(1)"),
    ],
});

registry.category("web_tour.tours").add("vip_care_sms.confirm_at_the_desk", {
    steps: () => [
        click("something waits", ".o_vip_alert_batches button"),
        click("open it", ".o_data_row .o_data_cell"),
        sees("samples of the words", ".o_field_widget[name=sample_ids]:contains(plum trees)"),
        sees("how many", ".o_field_widget[name=message_count]:contains(2)"),
        click("confirm", ".o_form_view button[name=action_confirm]"),
        click("be sure", ".modal .btn-primary"),
        sees("it is confirmed", ".o_field_widget[name=confirmed_by_id]:contains(vip_he)"),
    ],
});

registry.category("web_tour.tours").add("vip_care_sms.settle_replies", {
    steps: () => [
        sees("how many", ".o_vip_alert_replies:contains(2)"),
        click("look at them", ".o_vip_alert_replies button"),
        sees("both are marked", ".o_data_row.text-danger .badge:contains(Not carried out)"),
        click("carry out what can be", ".o_data_row:contains(139) button[name=action_carry_out]"),
        sees("one is left", ".o_list_view:not(:has(.o_data_row:contains(139)))"),
        click("open it", ".o_data_row .o_data_cell"),
        click("in vain", ".o_form_view button[name=action_carry_out]"),
        sees("it says so", ".o_notification:contains(Still not carried out)"),
        click("it was done by hand", ".o_form_view button[name=action_done]"),
        click("be sure", ".modal .btn-primary"),
        sees("by whom", ".o_field_widget[name=settled_by_id]:contains(vip_he)"),
        sees("nothing left", ".o_form_view:not(:has(.alert-danger))"),
    ],
});

registry.category("web_tour.tours").add("vip_care_sms.set_up_a_gateway", {
    steps: () => [
        click("a new gateway", ".o_list_button_add"),
        type("its name", "[name=name] input", "Tour Kannel"),
        click("its kind", "[name=kind] input[data-value=kannel]"),
        sees("where to find what", ".o_form_view p:contains(kannel.conf):visible"),
        type("its address", "[name=url] input", "http://127.0.0.1:13013/cgi-bin/sendsms"),
        type("its user", "[name=user] input", "vip"),
        type("its password", "[name=password] input", "secret"),
        click("save", ".o_form_button_save"),
        sees("addresses to copy", "[name=report_url] .o_clipboard_button"),
        click("send by this one", "button[name=action_choose]"),
        sees("it is chosen", ".o_form_view:not(:has(button[name=action_choose]))"),
    ],
});
