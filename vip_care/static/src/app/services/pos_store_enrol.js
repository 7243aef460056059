import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { Mutex } from "@web/core/utils/concurrency";
import { patch } from "@web/core/utils/patch";
import { uuidv4 } from "@point_of_sale/utils";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { logPosMessage } from "@point_of_sale/app/utils/pretty_console_log";
import { EnrolPopup } from "@vip_care/app/components/popups/enrol_popup/enrol_popup";
import { KeptEnrolments } from "@vip_care/app/utils/kept_enrolments";
import { isRefusal } from "@vip_care/app/utils/errors";

const REST = 60_000; // milliseconds before a server in trouble is asked again
const now = () => luxon.DateTime.utc().toFormat("yyyy-MM-dd HH:mm:ss");

/** Enrolling members at the till, also while it is offline. */
patch(PosStore.prototype, {
    async setup() {
        this.vipEnrolMutex = new Mutex();
        this.vipKept = new KeptEnrolments(`${odoo.info?.db}-${odoo.pos_config_id}`);
        await super.setup(...arguments);
        window.addEventListener("pos-network-online", () => this.vipSendKept());
        this.vipSendKept();
    },

    async syncAllOrders() {
        const synced = await super.syncAllOrders(...arguments);
        if (Array.isArray(synced) && synced.length) {
            this.vipSendKept();
        }
        return synced;
    },

    /** Open the form for a newcomer; `query` is what the seller has just searched for. */
    vipEnrol({ query = "", entry = null } = {}) {
        this.dialog.add(EnrolPopup, { query, entry });
    },

    vipKeptEnrolments() {
        return this.vipKept.list();
    },

    /** Who enrols when nobody else is named: the ticket's adviser, else the cashier. */
    vipEnrolsBy() {
        const advisers = this.config._vip?.advisers || [];
        const id =
            this.getOrder()?.uiState?.vipAdviser?.id ||
            (this.config.module_pos_hr && this.getCashier()?.id);
        return advisers.find((one) => one.id === id) || advisers.find((one) => one.is_me);
    },

    /**
     * What the form sends: `values` with the ticket and the time it was taken at.
     *
     * She becomes the ticket's customer unless it gets another one meanwhile.
     */
    vipNewEnrolment(values) {
        const order = this.getOrder();
        const isOpen = order && !order.finalized && !order.getHasRefundLines();
        const ticket = { order_uuid: isOpen && order.uuid, replaces: order?.getPartner()?.id };
        return { uuid: uuidv4(), taken_at: now(), ...ticket, ...values };
    },

    /**
     * Enrol, or keep the enrolment for later when the server cannot be reached.
     *
     * Returns { member } or { kept: true } or { refusal: text }. Never throws.
     */
    async vipSendEnrolment(entry) {
        try {
            return { member: await this.vipEnrolMutex.exec(() => this.vipCallEnrol(entry)) };
        } catch (error) {
            if (isRefusal(error)) {
                return { refusal: error.data.message };
            }
            this.vipLogEnrolment(error);
            return this.vipKeepEnrolment(entry, error);
        }
    },

    vipKeepEnrolment(entry, error) {
        if (!this.vipKept.put({ ...entry, error: false })) {
            return {
                refusal: _t(
                    "This browser keeps nothing: write the number down and enrol her later."
                ),
            };
        }
        const text =
            error instanceof ConnectionLostError
                ? _t("Kept: %s is enrolled once the till is online again.", entry.name)
                : _t("Kept: %s cannot be enrolled now, the till tries again.", entry.name);
        this.notification.add(text, { type: "info" });
        return { kept: true };
    },

    async vipCallEnrol(entry) {
        const { uuid, error, replaces, ...values } = entry;
        const order = this.models["pos.order"].getBy("uuid", entry.order_uuid);
        if (order && !order.finalized) {
            delete values.order_uuid; // still open here: it gets her below
        }
        const args = [values, this.config.id];
        const found = await this.data.call("res.partner", "vip_till_enrol", args);
        const [member] = await this.data.vipLoad([found.pos]);
        this.vipKept.remove(entry.uuid);
        this.notification.add(found.message, { type: "success" });
        if (order && !order.finalized && order.getPartner()?.id === replaces) {
            this.vipChoose(order, member);
        }
        return member;
    },

    vipChoose(order, member) {
        if (order === this.getOrder()) {
            this.setPartnerToCurrentOrder(member);
        } else {
            order.setPartner(member);
        }
    },

    /** Send what was kept, each once; what is refused waits for somebody to mend it. */
    async vipSendKept() {
        if (Date.now() < this.vipRestUntil) {
            return;
        }
        for (const entry of this.vipKeptEnrolments()) {
            if (this.data.network.offline) {
                return;
            }
            if (!entry.error) {
                await this.vipSendOne(entry);
            }
        }
    },

    /** A paid ticket goes first: the server gives it to her once it has it. */
    vipMaySend(entry) {
        const order = this.models["pos.order"].getBy("uuid", entry.order_uuid);
        const { orderToCreate, orderToUpdate } = this.getPendingOrder();
        const isPending = [...orderToCreate, ...orderToUpdate].includes(order);
        return !order?.finalized || (order.isSynced && !isPending);
    },

    async vipSendOne(entry) {
        try {
            await this.vipEnrolMutex.exec(async () => {
                if (this.vipKept.has(entry.uuid) && this.vipMaySend(entry)) {
                    await this.vipCallEnrol(entry);
                }
            });
        } catch (error) {
            if (isRefusal(error)) {
                this.vipKept.put({ ...entry, error: error.data.message });
                const text = _t("%(name)s was not enrolled: %(reason)s", {
                    name: entry.name || entry.phone,
                    reason: error.data.message,
                });
                const buttons = [{ name: _t("Correct it"), onClick: () => this.vipMend(entry.uuid) }];
                this.notification.add(text, { type: "warning", sticky: true, buttons });
            } else if (!(error instanceof ConnectionLostError)) {
                this.vipRestUntil = Date.now() + REST; // not after each ticket
            }
            this.vipLogEnrolment(error);
        }
    },

    vipMend(uuid) {
        const entry = this.vipKept.get(uuid);
        if (entry) {
            this.vipEnrol({ entry });
        }
    },

    vipLogEnrolment(error) {
        logPosMessage("Store", "vipEnrol", "Enrolment not sent", "", [error]);
    },
});
