import { Component, onMounted, status, useComponent, useState } from "@odoo/owl";
import { formatCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { wrap } from "./around";
import { analyse } from "./segments";

/** The words as one member would read them, where placeholders are to be filled. */
export function filled(words, sample) {
    return sample
        ? words.replace(/\{(name|honorific|store|associate)\}/g, (_all, key) => sample[key])
        : words;
}

/** What a text message with these words takes and costs. */
export function counted(words, { counting, price, around, sample }) {
    const whole = wrap(filled(words, sample), around);
    const { units, parts } = analyse(whole, counting);
    return { whole, units, parts, cost: parts * price };
}

/**
 * Says under words how many parts they take, with all that is put around them. The
 * server is asked once what that is; without a gateway, or a line, nothing is shown.
 */
export class SmsCounter extends Component {
    static template = "vip_care_sms.SmsCounter";
    static props = {
        words: String,
        method: String,
        args: Array,
    };

    setup() {
        const orm = useService("orm").silent;
        const component = useComponent();
        this.state = useState({ counter: false });
        // Typing does not wait for it.
        onMounted(async () => {
            const { method, args } = this.props;
            const told = await orm.call("vip.sms.counter", method, args).catch(() => false);
            if (status(component) !== "destroyed") {
                this.state.counter = told;
            }
        });
    }

    get count() {
        return counted(this.props.words, this.state.counter);
    }

    get text() {
        const { units, parts, cost } = this.count;
        if (!cost) {
            return parts === 1
                ? _t("%(units)s characters, 1 part", { units })
                : _t("%(units)s characters, %(parts)s parts", { units, parts });
        }
        const price = formatCurrency(cost, this.state.counter.currency_id);
        return parts === 1
            ? _t("%(units)s characters, 1 part, about %(price)s", { units, price })
            : _t("%(units)s characters, %(parts)s parts, about %(price)s", {
                  units,
                  parts,
                  price,
              });
    }

    get remark() {
        const { sample } = this.state.counter;
        return sample && filled(this.props.words, sample) !== this.props.words
            ? _t("Counted for a long name: %(name)s", { name: sample.name + sample.honorific })
            : "";
    }
}
