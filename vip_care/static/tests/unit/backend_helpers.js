import { registry } from "@web/core/registry";

/**
 * Leave the till's services out of a test of the back office.
 *
 * Our add-on depends on Point of Sale, so Odoo loads its services into our tests, where
 * they would start to load a till. The registry is restored after each test.
 */
export function withoutTill() {
    const services = registry.category("services");
    const gone = new Set(["pos_data"]);
    const isGone = ([name, { dependencies = [] }]) =>
        gone.has(name) || dependencies.some((dependency) => gone.has(dependency));
    let found;
    do {
        found = services.getEntries().filter(isGone);
        for (const [name] of found) {
            gone.add(name);
            services.remove(name);
        }
    } while (found.length);
}
