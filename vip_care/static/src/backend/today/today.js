import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { TodayCard } from "./today_card";
import { newDraft } from "./today_drafts";
import { findCard, moveCard, restoreCard } from "./today_lists";
import { TodayTask } from "./today_task";
import { TodayTeam } from "./today_team";
import { longDay, moment, problemText } from "./today_words";

/**
 * Whom to care for today, why, how and with which words; for managers also how their
 * stores stand. On a phone a contact opens as a sheet, on a desk beside the list.
 */
export class Today extends Component {
    static template = "vip_care.Today";
    static components = { Layout, TodayCard, TodayTask, TodayTeam };
    static props = { ...standardActionServiceProps };

    longDay = longDay;
    moment = moment;

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.ui = useService("ui");
        this.lists = new KeepLast();
        this.details = new KeepLast();
        this.display = {};
        const kept = this.props.state || {};
        this.state = useState({
            data: null,
            team: null,
            view: kept.view || "",
            place: kept.place || {}, // whose list, or which store, a manager looks at
            openId: kept.openId || false,
            detail: null,
            detailProblem: "",
            drafts: kept.drafts || {},
            saving: {},
            isLoading: false,
            toast: null,
        });
        useSetupAction({ getLocalState: () => this.keep() });
        onWillStart(() => this.start());
    }

    /** What is typed survives a look at the member's form. */
    keep() {
        const { view, place, openId, drafts } = this.state;
        return { view, place, openId, drafts: JSON.parse(JSON.stringify(drafts)) };
    }

    async start() {
        this.state.data = await this.loadList();
        this.state.view ||= this.state.data.is_manager ? "team" : "mine";
        if (this.state.view === "team") {
            await this.load();
        }
        const card = this.find(this.state.openId);
        if (card) {
            await this.open(card);
        } else if (!this.ui.isSmall && this.state.view !== "team") {
            await this.openFirst();
        }
    }

    get filters() {
        const { view, place } = this.state;
        return view === "owner" ? { owner_id: place.owner_id, store_id: place.store_id } : null;
    }

    async load() {
        const isTeam = this.state.view === "team";
        this.state.isLoading = true;
        try {
            const answer = await this.lists.add(isTeam ? this.loadTeam() : this.loadList());
            this.state[isTeam ? "team" : "data"] = answer;
        } finally {
            this.state.isLoading = false;
        }
    }

    loadList() {
        return this.orm.call("vip.care.today", "get_data", [this.filters]);
    }

    loadTeam() {
        const store_id = this.state.place.store_id || false;
        return this.orm.call("vip.care.today", "get_team", [{ store_id }]);
    }

    /** After the words changed: the card and what is open. */
    async reload() {
        await Promise.all([this.load(), this.loadDetail()]);
    }

    async show(view, place = {}) {
        Object.assign(this.state, { view, place, openId: false, detail: null });
        await this.load();
        if (view !== "team" && !this.ui.isSmall) {
            await this.openFirst();
        }
    }

    /** Open a row of the manager's glance: a store's associates, or one's list. */
    openRow(row) {
        const { team } = this.state;
        if (!team.store_id && row.id) {
            return this.show("team", { store_id: row.id });
        }
        return this.show("owner", {
            owner_id: team.store_id ? row.id || 0 : undefined,
            store_id: team.store_id || 0,
            store: team.store,
            name: row.name || _t("Without owner"),
        });
    }

    /** What went wrong with a contact that is not open: its own sheet tells it, too. */
    problemOf(card) {
        return (card.id !== this.state.openId && this.state.drafts[card.id]?.problem) || "";
    }

    find(id) {
        return findCard(this.state.data, id);
    }

    /** The contact that is open, as the list has it, with what opening it told. */
    get opened() {
        const card = this.state.openId && this.find(this.state.openId);
        const { detail } = this.state;
        return card && { ...(detail?.id === card.id ? detail : {}), ...card };
    }

    draft(id) {
        this.state.drafts[id] ||= newDraft();
        return this.state.drafts[id];
    }

    async openFirst() {
        const [first] = this.state.data.tasks;
        this.close();
        if (first) {
            await this.open(first);
        }
    }

    close() {
        Object.assign(this.state, { openId: false, detail: null, detailProblem: "" });
    }

    async open(card) {
        this.draft(card.id);
        Object.assign(this.state, { openId: card.id, detailProblem: "" });
        if (!this.state.toast?.canUndo) {
            this.state.toast = null;
        }
        await this.loadDetail();
    }

    async loadDetail() {
        const id = this.state.openId;
        try {
            this.state.detail = await this.details.add(
                this.orm.call("vip.care.today", "get_task", [id])
            );
        } catch (error) {
            this.state.detailProblem = problemText(error);
        }
    }

    /**
     * Take a step: the list shows it at once, and as it was, with the reason, if the
     * server refuses. What was typed is dropped only when it is saved.
     */
    async step(card, method, args, changes) {
        const draft = this.draft(card.id);
        draft.problem = "";
        const list = moveCard(this.state.data, card, changes);
        this.state.saving[card.id] = true;
        this.state.toast = null;
        this.close();
        try {
            await this.orm.call("vip.care.task", method, [[card.id], ...args]);
        } catch (error) {
            restoreCard(this.state.data, card, list);
            draft.problem = problemText(error);
            await this.tellProblem(card, draft.problem);
            return;
        } finally {
            delete this.state.saving[card.id];
        }
        delete this.state.drafts[card.id];
        const canUndo = ["done", "skipped"].includes(changes.state);
        this.state.toast = { id: card.id, text: changes.toast, canUndo };
        await this.load();
        if (!this.state.openId && !this.ui.isSmall) {
            await this.openFirst();
        }
    }

    /** Open the contact again, unless somebody is at work on another one by now. */
    async tellProblem(card, problem) {
        if (this.state.openId) {
            const text = _t("%(name)s: %(problem)s", { name: card.name, problem });
            this.state.toast = { id: card.id, text, isProblem: true };
        } else {
            await this.open(card);
        }
    }

    onUndo(card) {
        const toast = _t("%(name)s is on the list again.", { name: card.name });
        return this.step(card, "action_reopen", [], { state: "planned", toast });
    }

    onUndoToast() {
        const card = this.find(this.state.toast.id);
        return card && this.onUndo(card);
    }

    async openMember(card) {
        const args = [[card.partner_id]];
        const action = await this.orm.call("res.partner", "action_vip_open_member", args);
        return this.action.doAction(action);
    }

    openVoice(voice) {
        return this.openForm({ res_model: "vip.feedback", res_id: voice.id });
    }

    giveOut() {
        return this.openForm({ name: _t("Give out"), res_model: "vip.care.event" });
    }

    openForm(action) {
        const views = [[false, "form"]];
        return this.action.doAction({ type: "ir.actions.act_window", views, ...action });
    }
}

registry.category("actions").add("vip_care.today", Today);
