import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { PartnerList } from "@point_of_sale/app/screens/partner_list/partner_list";
import { SelectionPopup } from "@point_of_sale/app/components/popups/selection_popup/selection_popup";

/** "Search more" also finds members whom the seller may not read, masked. */
patch(PartnerList.prototype, {
    setup() {
        super.setup(...arguments);
        // Who was found by something the masked record does not show.
        this.state.vipFound = { query: "", ids: [] };
    },

    async searchPartner() {
        const query = this.state.query?.trim();
        const [partners, members] = await Promise.all([
            super.searchPartner(...arguments),
            query ? this.pos.vipLookup(query) : [],
        ]);
        this.vipShow(query, members);
        const ids = new Set(partners.map((partner) => partner.id));
        return [...partners, ...members.filter((member) => !ids.has(member.id))];
    },

    vipShow(query, members) {
        for (const member of members) {
            if (!this.loadedPartnerIds.has(member.id)) {
                this.loadedPartnerIds.add(member.id);
                this.state.loadedPartners.push(member);
            }
        }
        this.state.vipFound = { query, ids: members.map((member) => member.id) };
    },

    getPartners(partners) {
        const shown = super.getPartners(...arguments);
        const { query, ids } = this.state.vipFound;
        if (!ids.length || query !== this.state.query?.trim()) {
            return shown;
        }
        const others = partners.filter(
            (partner) => ids.includes(partner.id) && !shown.includes(partner)
        );
        return [...others, ...shown];
    },

    async editPartner(partner) {
        if (!partner && !(await this.pos.vipMayEdit())) {
            return this.vipEnrol(); // a member is what this login may create
        }
        return super.editPartner(...arguments);
    },

    /** The list closes: once enrolled, the member stands on the ticket. */
    vipEnrol() {
        const query = this.state.query;
        this.clickPartner(this.props.partner);
        this.pos.vipEnrol({ query });
    },

    vipOpenKept() {
        this.clickPartner(this.props.partner);
        this.dialog.add(SelectionPopup, {
            title: _t("Enrolments kept on this till"),
            list: this.pos.vipKeptEnrolments().map((entry) => ({
                id: entry.uuid,
                label: entry.name,
                description: entry.error || _t("Sent once the till is online again."),
                item: entry.uuid,
            })),
            getPayload: (uuid) => this.pos.vipMend(uuid),
        });
    },
});
