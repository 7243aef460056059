import { patch } from "@web/core/utils/patch";
import { ResPartner } from "@point_of_sale/app/models/res_partner";

const local = (name, type) => ({ model: "res.partner", name, type, local: true });

/** What the server adds to a member's record for the till's lines. */
patch(ResPartner, {
    extraFields: {
        ...(ResPartner.extraFields || {}),
        vip_member: local("vip_member", "boolean"),
        vip_tier: local("vip_tier", "char"),
        vip_owner: local("vip_owner", "char"),
    },
});
