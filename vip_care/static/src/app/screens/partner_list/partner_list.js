import { patch } from "@web/core/utils/patch";
import { PartnerList } from "@point_of_sale/app/screens/partner_list/partner_list";

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
});
