"""Alibaba Cloud's request signature ACS3-HMAC-SHA256, without its SDK.

The SDK writes numbers and names into the address, where proxies keep them; here they
are a form in the body, which the signature covers by its hash. Written after "V3
request structure and signature" (help.aliyun.com, document 2593177).
"""

import hashlib
import hmac
from urllib.parse import quote, urlencode

ALGORITHM = "ACS3-HMAC-SHA256"
FORM = "application/x-www-form-urlencoded"


def form_body(params: dict[str, str]) -> bytes:
    """Return the parameters as a form, encoded by RFC 3986 in the order of names."""
    return urlencode(sorted(params.items()), quote_via=quote, safe="-_.~").encode()


def authorization(
    headers: dict[str, str], key: str, secret: str, query: str = ""
) -> str:
    """Return the Authorization of a POST to "/" with these lower-case headers.

    All of them are signed; `query` is the encoded, sorted part behind the "?".
    """
    names = sorted(headers)
    canonical = "\n".join(
        [
            "POST",
            "/",
            query,
            *(f"{name}:{headers[name].strip()}" for name in names),
            "",
            ";".join(names),
            headers["x-acs-content-sha256"],
        ]
    )
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    signature = hmac.new(
        secret.encode(), f"{ALGORITHM}\n{digest}".encode(), hashlib.sha256
    ).hexdigest()
    return (
        f"{ALGORITHM} Credential={key},SignedHeaders={';'.join(names)},"
        f"Signature={signature}"
    )


def signed_headers(
    host: str,
    action: str,
    version: str,
    body: bytes,
    *,
    key: str,
    secret: str,
    date: str,
    nonce: str,
) -> dict[str, str]:
    """Return the headers of a call; `date` is UTC as 2026-03-05T09:30:00Z."""
    headers = {
        "content-type": FORM,
        "host": host,
        "x-acs-action": action,
        "x-acs-content-sha256": hashlib.sha256(body).hexdigest(),
        "x-acs-date": date,
        "x-acs-signature-nonce": nonce,
        "x-acs-version": version,
    }
    return headers | {"authorization": authorization(headers, key, secret)}
