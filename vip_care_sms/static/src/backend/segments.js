/**
 * How many parts a text message takes: the twin of `tools/segments.py`, tested by the
 * same rows.
 */

const GSM_BASIC = new Set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ" +
        " !\"#¤%&'()*+,-./0123456789:;<=>?" +
        "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§" +
        "¿abcdefghijklmnopqrstuvwxyzäöñüà"
);
const GSM_EXTENSION = new Set("^{}\\[]~|€\f");
const LIMITS = { "GSM-7": [160, 153], "UCS-2": [70, 67] };

/**
 * @param {string} text whole, as it is sent
 * @param {"gsm"|"mainland"} [counting]
 * @returns {{ encoding: string, units: number, parts: number, left: number }}
 */
export function analyse(text, counting = "gsm") {
    // By code points: a character of two units is never cut.
    const chars = [...text];
    const isGsm =
        counting !== "mainland" &&
        chars.every((char) => GSM_BASIC.has(char) || GSM_EXTENSION.has(char));
    const encoding = isGsm ? "GSM-7" : "UCS-2";
    const sizes = chars.map((char) => (isGsm ? 1 + GSM_EXTENSION.has(char) : char.length));
    const [alone, several] = LIMITS[encoding];
    const units = sizes.reduce((sum, size) => sum + size, 0);
    if (units <= alone) {
        return { encoding, units, parts: Math.min(units, 1), left: alone - units };
    }
    let parts = 1;
    let used = 0;
    for (const size of sizes) {
        if (used + size > several) {
            parts += 1;
            used = 0;
        }
        used += size;
    }
    return { encoding, units, parts, left: several - used };
}
