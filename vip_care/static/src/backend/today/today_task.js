import { Component, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { formatCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { addDays, channelIcon, dayText, limitText, problemText, smsLink } from "./today_words";
import { doneArguments } from "./today_drafts";

/**
 * A contact, opened: her words and what to say, what is known of her and what to ask,
 * and the steps. What is typed lives in `draft`, which outlives this component.
 */
export class TodayTask extends Component {
    static template = "vip_care.TodayTask";
    static props = {
        card: Object,
        draft: Object,
        words: Object,
        problem: { type: String, optional: true },
        isSmall: Boolean,
        onClose: Function,
        onStep: Function,
        onUndo: Function,
        onOpenMember: Function,
        reload: Function,
    };

    channelIcon = channelIcon;
    limitText = limitText;

    setup() {
        this.orm = useService("orm");
        this.draft = useState(this.props.draft);
    }

    get card() {
        return this.props.card;
    }

    get isLoaded() {
        return "guide" in this.card;
    }

    get isOpen() {
        return this.card.state === "planned";
    }

    /** Words are copied and sent, everybody else is called. */
    get isMessage() {
        return this.card.channel === "message";
    }

    day(date) {
        return dayText(date, this.card.today);
    }

    money({ amount, currency_id }) {
        return formatCurrency(amount, currency_id);
    }

    toggle(panel) {
        const { draft } = this;
        draft.panel = draft.panel === panel ? "" : panel;
        draft.problem = "";
    }

    // How the contact goes ---------------------------------------------------

    /** Ask the server whether she may be contacted now; its sentence stays in place. */
    async contact(how) {
        const { draft } = this;
        draft.problem = "";
        try {
            const told = await this.orm.call("vip.care.task", "action_contact", [
                [this.card.id],
                how,
            ]);
            if (how !== "copy") {
                draft.contact = told;
            }
            return told;
        } catch (error) {
            draft.problem = problemText(error);
            return null;
        }
    }

    async onCall() {
        const told = await this.contact("call");
        if (told) {
            this.draft.panel = "done";
            this.follow(`tel:${told.number}`);
        }
    }

    async onCopy() {
        const told = await this.contact("copy");
        if (!told) {
            return;
        }
        const { draft } = this;
        try {
            await browser.navigator.clipboard.writeText(told.body);
        } catch {
            draft.problem = _t("This device does not let us copy: mark the words by hand.");
            return;
        }
        Object.assign(draft, { isCopied: true, panel: "done", outcome: "sent" });
    }

    async onSend() {
        const told = await this.contact("send");
        if (told) {
            this.sendWords(told);
            Object.assign(this.draft, { panel: "done", outcome: "sent" });
        }
    }

    /** Open the phone's own messages; override where something else sends. */
    sendWords(told) {
        this.follow(smsLink(told));
    }

    /** Hand a link to the phone; at a desk the number is shown instead. */
    follow(link) {
        if (this.props.isSmall) {
            browser.open(link, "_self");
        }
    }

    get canSend() {
        return this.props.isSmall || this.props.words.send !== "link";
    }

    // The words ----------------------------------------------------------------

    onReword() {
        Object.assign(this.draft, { words: this.card.body || "", wordsProblem: "" });
    }

    async saveWords() {
        const { draft } = this;
        draft.wordsProblem = "";
        try {
            const body = draft.words.trim() || false;
            await this.orm.write("vip.care.task", [this.card.id], { body });
        } catch (error) {
            draft.wordsProblem = problemText(error);
            return;
        }
        Object.assign(draft, { words: null, isCopied: false });
        await this.props.reload();
    }

    // The steps ----------------------------------------------------------------

    get outcomes() {
        const { outcomes } = this.props.words;
        return this.card.outcomes.map((key) => ({ key, name: outcomes[key] }));
    }

    get asksForScore() {
        const { channel } = this.card;
        const { outcome } = this.draft;
        const talks = ["reached", "visited", "coming", "bought"].includes(outcome);
        return talks && ["call", "visit", "service"].includes(channel);
    }

    get asksForGift() {
        return this.card.channel === "gift" || this.draft.outcome === "given";
    }

    get tomorrow() {
        return addDays(this.card.today, 1);
    }

    get canWait() {
        return this.card.until > this.card.today;
    }

    onDone() {
        const { draft } = this;
        const { words } = this.props;
        if (!draft.outcome) {
            draft.problem = _t("Choose how the contact went.");
            return;
        }
        const outcome = words.outcomes[draft.outcome];
        const toast = _t("%(name)s: %(outcome)s", { name: this.card.name, outcome });
        return this.props.onStep(this.card, "action_done", doneArguments(draft), {
            state: "done",
            outcome,
            toast,
        });
    }

    onPostpone(day) {
        const { draft } = this;
        if (!day) {
            draft.problem = _t("Choose a day.");
            return;
        }
        const toast = _t("%(name)s: put off, %(day)s", {
            name: this.card.name,
            day: this.day(day),
        });
        return this.props.onStep(this.card, "action_postpone", [day, draft.note || null], {
            toast,
        });
    }

    onSkip() {
        const { draft } = this;
        const { words } = this.props;
        const reason = words.reasons.find(([key]) => key === draft.reason);
        if (!reason) {
            draft.problem = _t("Choose why she is not contacted.");
            return;
        }
        const toast = _t("%(name)s: skipped", { name: this.card.name });
        return this.props.onStep(this.card, "action_skip", [draft.reason, draft.note || null], {
            state: "skipped",
            outcome: reason[1],
            toast,
        });
    }
}
