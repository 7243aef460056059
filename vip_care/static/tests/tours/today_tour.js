import { registry } from "@web/core/registry";
import * as Today from "./utils/today_util";

registry.category("web_tour.tours").add("vip_care.today_on_the_phone", {
    steps: () =>
        [
            Today.lists(["Tour Wang", "Tour Li"]),
            Today.open("Tour Li"),
            Today.click("reword", ".o_vip_reword"),
            Today.type("write an offer", ".o_vip_words textarea", "Coats at 30% off"),
            Today.click("save the words", ".o_vip_save_words"),
            Today.sees("the guard objects", ".o_vip_words .o_vip_problem:contains(30% off)"),
            Today.click("leave them", ".o_vip_words .btn-secondary"),
            Today.click("back to the list", ".o_vip_back"),
            Today.open("Tour Wang"),
            Today.type("she tells her size", "#vip_ask_size_top", "M"),
            Today.note("reached", "Likes the coat"),
            Today.lists(["Tour Li"]),
            Today.open("Tour Li"),
            Today.click("not today", ".o_vip_skip"),
            Today.click("met her", "[data-reason=met]"),
            Today.click("skip", ".o_vip_save_skip"),
            Today.sees("nothing is left", ".o_vip_today_empty"),
            Today.click("take it back", ".o_vip_toast_undo"),
            Today.lists(["Tour Li"]),
        ].flat(),
});

registry.category("web_tour.tours").add("vip_care.today_at_the_desk", {
    steps: () =>
        [
            Today.click("open the associate", ".o_vip_team [role=row]:contains(Tour Lin)"),
            Today.lists(["Tour Wang", "Tour Li"]),
            Today.open("Tour Wang"),
            Today.click("later", ".o_vip_later"),
            Today.click("tomorrow", ".o_vip_tomorrow"),
            Today.lists(["Tour Li"]),
            Today.click("back to the store", ".o_vip_today_list header .o_vip_link"),
            Today.sees("one is left", ".o_vip_team [data-key=planned]:text(1)"),
            Today.click("give something out", ".o_vip_give_out"),
            Today.sees("the form is open", ".o_form_view [name=kind]"),
        ].flat(),
});
