/** Tell whether the server refused in words meant for the seller. */
export function isRefusal(error) {
    return /\.(UserError|AccessError|ValidationError)$/.test(error?.data?.name || "");
}
