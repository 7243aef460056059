import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { PosData } from "@point_of_sale/app/services/data_service";
import { logPosMessage } from "@point_of_sale/app/utils/pretty_console_log";

const MODEL = "res.partner";
// What a till keeps of a member, as on the server (TILL_FIELDS of res_partner_till.py).
const TILL_FIELDS = new Set([
    "id",
    "name",
    "lang",
    "write_date",
    "is_company",
    "property_product_pricelist",
    "fiscal_position_id",
    "property_account_receivable_id",
]);

/**
 * Contacts come to the till through our own method, with members masked.
 *
 * Whatever the till reads it keeps in the browser. And a ticket whose customer did not
 * come along would lose her when it is saved again.
 */
patch(PosData.prototype, {
    async getCachedServerDataFromIndexedDB() {
        const data = await super.getCachedServerDataFromIndexedDB(...arguments);
        const kept = (data?.[MODEL] || []).filter((row) => !row.vip_member);
        this.vipKeptIds = kept.map((row) => row.id);
        return data;
    },

    async initData() {
        const result = await super.initData(...arguments);
        this.vipMaskKept(); // the till opens meanwhile
        return result;
    },

    /** Mask contacts the browser kept from before they became members. */
    async vipMaskKept() {
        const records = (this.vipKeptIds || [])
            .map((id) => this.models[MODEL].get(id))
            .filter((record) => record && !record.vip_member);
        if (!records.length || this.network.offline) {
            return;
        }
        try {
            const args = [records.map((record) => record.id), odoo.pos_config_id];
            const members = new Set(await this.orm.call(MODEL, "vip_till_members", args));
            const rows = records
                .filter((record) => members.has(record.id))
                .map((record) => this.vipMasked(record.raw));
            if (rows.length) {
                this.models.connectNewData({ [MODEL]: rows });
                this.synchronizeServerDataInIndexedDB({ [MODEL]: rows });
            }
        } catch (error) {
            logPosMessage("DataService", "vipMaskKept", "Members not masked", "", [error]);
        }
    },

    vipMasked(row) {
        const masked = ([name, value]) => [name, Array.isArray(value) ? [] : false];
        const entries = Object.entries(row).map((entry) =>
            TILL_FIELDS.has(entry[0]) ? entry : masked(entry)
        );
        return { ...Object.fromEntries(entries), vip_member: true };
    },

    async missingRecursive(recordMap, idsMap = {}, acc = {}) {
        const ids = this.network.offline ? [] : this.vipMissingPartnerIds(recordMap, idsMap);
        if (ids.length) {
            // Asked for here: the original does not ask again.
            idsMap[MODEL] = new Set([...(idsMap[MODEL] || []), ...ids]);
            const rows = await this.vipReadCustomers(ids);
            recordMap = { ...recordMap, [MODEL]: [...(recordMap[MODEL] || []), ...rows] };
        }
        return super.missingRecursive(recordMap, idsMap, acc);
    },

    /** The ids of contacts which `recordMap` refers to and the till does not have. */
    vipMissingPartnerIds(recordMap, idsMap) {
        const known = new Set([
            ...(idsMap[MODEL] || []),
            ...(recordMap[MODEL] || []).map((record) => record.id),
        ]);
        const missing = new Set();
        for (const [model, records] of Object.entries(recordMap)) {
            const names = Object.values(this.relations[model] || {})
                .filter((relation) => relation.relation === MODEL && relation.type)
                .map((relation) => relation.name)
                .filter((name) => !this.opts.prohibitedAutoLoadedFields[model]?.includes(name));
            for (const id of records.flatMap((record) => names.flatMap((name) => record[name]))) {
                if (typeof id === "number" && !known.has(id) && !this.models[MODEL]?.get(id)) {
                    missing.add(id);
                }
            }
        }
        return [...missing];
    },

    /** The contacts' masked records; nameless ones if the server cannot answer. */
    async vipReadCustomers(ids) {
        try {
            return await this.orm.call(MODEL, "vip_till_customers", [ids, odoo.pos_config_id]);
        } catch (error) {
            logPosMessage("DataService", "vipReadCustomers", "Customers not read", "", [error]);
            return ids.map((id) => ({ id, name: _t("Customer no. %s", id), vip_member: true }));
        }
    },

    async execute(params) {
        if (params.model === MODEL && params.type === "read") {
            const args = [params.ids, odoo.pos_config_id];
            return this.vipLoad(await this.vipCall("vip_till_customers", args));
        }
        if (params.model === MODEL && params.type === "search_read") {
            const args = [odoo.pos_config_id, params.args, 0];
            const data = await this.vipCall("get_new_partner", args);
            return this.vipLoad(data[MODEL]);
        }
        return super.execute(params);
    },

    vipCall(method, args) {
        return super.execute({ type: "call", model: MODEL, method, args, queue: false });
    },

    /** Make records of masked rows, with what they refer to, and keep them. */
    async vipLoad(rows, { keep = true } = {}) {
        const data = await this.missingRecursive({ [MODEL]: rows });
        if (keep) {
            this.synchronizeServerDataInIndexedDB(data);
        }
        return this.models.connectNewData(data)[MODEL] || [];
    },
});
