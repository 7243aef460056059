"""A server that stands in for Alibaba Cloud SMS, written after its documentation.

It checks the V3 signature on its own (nothing of the product is imported), the clock,
the nonce and the parameters, keeps what was sent, and answers with documented codes or
with a fault of a shaky network. Numbers and texts in an address are an error here.
"""

import functools
import hashlib
import hmac
import json
import socket
import struct
import threading
import time
from collections import deque
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

THERE = timezone(timedelta(hours=8))
REQUIRED = {
    "SendSms": ("PhoneNumbers", "SignName", "TemplateCode"),
    "QuerySendDetails": ("PhoneNumber", "SendDate", "PageSize", "CurrentPage"),
    "GetSmsSign": ("SignName",),
}


class Refused(Exception):
    """An answer of the provider's own front door, with its HTTP status."""

    def __init__(self, status, code):
        super().__init__(code)
        self.status, self.code = status, code


class AlibabaStandIn:
    """`with AlibabaStandIn() as there:` serves at `there.url` until the end.

    `there.will(...)` queues what the next calls of SendSms get: a code ("isv.…"), or
    "Throttling.…", "InternalError" and "503" before it takes the message, or after it
    "500", "garbage", "list", "deep", "huge", "slow", "drip", "reset", "no BizId";
    "reset first" is before. Afterwards and otherwise it accepts.
    """

    def __init__(self, key="LTAI-test", secret="secret-test", signature="衣品女装"):
        self.key, self.secret, self.signature = key, secret, signature
        self.signatures = {signature: 1}
        self.script = deque()
        self.calls = []  # (action, parameters)
        self.addresses = []  # request lines
        self.sent = []  # what it has taken, in order
        self.nonces = set()
        self.pause = 3.0  # seconds of "slow" and "drip"
        self.lock = threading.Lock()

    def __enter__(self):
        handler = type("Handler", (_Handler,), {"there": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        serve = functools.partial(self.server.serve_forever, poll_interval=0.01)
        threading.Thread(target=serve, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.server.shutdown()
        self.server.server_close()

    def will(self, *faults):
        self.script.extend(faults)

    def receipts(self, success=True, code="DELIVERED"):
        """Return the body of the push that tells of everything sent."""
        now = datetime.now(THERE).strftime("%Y-%m-%d %H:%M:%S")
        return json.dumps(
            [
                {
                    "phone_number": row["PhoneNum"],
                    "send_time": row["SendDate"],
                    "report_time": now,
                    "success": success,
                    "err_code": code,
                    "err_msg": "",
                    "sms_size": "1",
                    "biz_id": row["BizId"],
                    "out_id": row["OutId"],
                }
                for row in self.sent
            ]
        ).encode()

    def answer(self, action, params):
        """Return the answer to a call that came through the front door."""
        missing = [name for name in REQUIRED.get(action, ()) if not params.get(name)]
        if action not in REQUIRED:
            raise Refused(404, "InvalidAction.NotFound")
        if missing:
            raise Refused(400, f"Missing{missing[0]}")
        return getattr(self, f"_{action}")(params)

    def _SendSms(self, params):
        fault = self.script.popleft() if self.script else ""
        if fault.startswith(("isv.", "isp.", "SIGNATURE_", "PORT_")):
            return {"Code": fault, "Message": f"{params['PhoneNumbers']} refused"}
        if fault in ("reset first", "503") or fault.startswith(("Throttling", "Inter")):
            return fault
        if params["SignName"] not in self.signatures:
            return {"Code": "isv.SMS_SIGNATURE_ILLEGAL", "Message": "illegal"}
        json.loads(params.get("TemplateParam", "{}"))
        return self._lose(fault, params) if fault else self._take(params)

    def _take(self, params):
        with self.lock:
            ref = f"{len(self.sent) + 1:012d}^0"
            self.sent.append(
                {
                    "PhoneNum": params["PhoneNumbers"],
                    "OutId": params.get("OutId", ""),
                    "BizId": ref,
                    "TemplateCode": params["TemplateCode"],
                    "TemplateParam": params.get("TemplateParam", "{}"),
                    "SendDate": datetime.now(THERE).strftime("%Y-%m-%d %H:%M:%S"),
                    "SendStatus": 1,
                    "ErrCode": "",
                }
            )
        return {"Code": "OK", "Message": "OK", "BizId": ref, "RequestId": "A"}

    def _lose(self, fault, params):
        """Take the message, and break the answer."""
        answer = self._take(params)
        if fault == "no BizId":
            del answer["BizId"]
            return answer
        return fault

    def _GetSmsSign(self, params):
        status = self.signatures.get(params["SignName"])
        if status is None:
            return {"Code": "isv.SIGN_NAME_ILLEGAL", "Message": "no such signature"}
        return {"Code": "OK", "Message": "OK", "SignStatus": status}

    def _QuerySendDetails(self, params):
        day = datetime.strptime(params["SendDate"], "%Y%m%d").strftime("%Y-%m-%d")
        rows = [
            row
            for row in self.sent
            if row["PhoneNum"] == params["PhoneNumber"]
            and row["SendDate"].startswith(day)
            and params.get("BizId", row["BizId"]) == row["BizId"]
        ]
        size = int(params["PageSize"])
        start = (int(params["CurrentPage"]) - 1) * size
        page = [{k: v for k, v in row.items() if k != "BizId"} for row in rows]
        found = {"SmsSendDetailDTO": page[start : start + size]}
        return {
            "Code": "OK",
            "Message": "OK",
            "TotalCount": len(rows),
            "SmsSendDetailDTOs": found,
        }

    def admit(self, handler, body):
        """Return (action, parameters) of a call, or refuse it at the front door."""
        path, _mark, query = handler.path.partition("?")
        headers = {name.lower(): value for name, value in handler.headers.items()}
        self._check_signature(path, query, headers, body)
        self._check_clock(headers)
        with self.lock:
            if headers["x-acs-signature-nonce"] in self.nonces:
                raise Refused(400, "SignatureNonceUsed")
            self.nonces.add(headers["x-acs-signature-nonce"])
        if headers.get("x-acs-version") != "2017-05-25":
            raise Refused(400, "InvalidVersion")
        params = dict(parse_qsl(query, keep_blank_values=True))
        if headers.get("content-type") == "application/x-www-form-urlencoded":
            params |= dict(parse_qsl(body.decode(), keep_blank_values=True))
        return headers["x-acs-action"], params

    def _check_signature(self, path, query, headers, body):
        """The documented steps: canonical request, string to sign, HMAC."""
        algorithm, _space, rest = headers.get("authorization", "").partition(" ")
        given = dict(part.split("=", 1) for part in rest.split(",") if "=" in part)
        if algorithm != "ACS3-HMAC-SHA256" or "Signature" not in given:
            raise Refused(400, "IncompleteSignature")
        if given.get("Credential") != self.key:
            raise Refused(404, "InvalidAccessKeyId.NotFound")
        names = given.get("SignedHeaders", "").split(";")
        must = {name for name in headers if name.startswith("x-acs-")} | {"host"}
        must |= {"content-type"} & set(headers)
        digest = hashlib.sha256(body).hexdigest()
        if not must.issubset(names) or headers.get("x-acs-content-sha256") != digest:
            raise Refused(400, "SignatureDoesNotMatch")
        request = f"POST\n{path}\n{query}\n"
        for name in sorted(names):
            request += f"{name}:{headers.get(name, '').strip()}\n"
        request += f"\n{';'.join(sorted(names))}\n{digest}"
        to_sign = "ACS3-HMAC-SHA256\n" + hashlib.sha256(request.encode()).hexdigest()
        made = hmac.digest(self.secret.encode(), to_sign.encode(), "sha256").hex()
        if not hmac.compare_digest(made, given["Signature"]):
            raise Refused(400, "SignatureDoesNotMatch")

    def _check_clock(self, headers):
        try:
            told = datetime.strptime(headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ")
        except (KeyError, ValueError):
            raise Refused(400, "InvalidTimeStamp.Format") from None
        away = abs(datetime.now(timezone.utc) - told.replace(tzinfo=timezone.utc))
        if away > timedelta(minutes=15):
            raise Refused(400, "InvalidTimeStamp.Expired")


class _Handler(BaseHTTPRequestHandler):
    there: AlibabaStandIn

    def log_message(self, *args):
        """Say nothing."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.there.addresses.append(self.requestline)
        try:
            action, params = self.there.admit(self, body)
            self.there.calls.append((action, params))
            answer = self.there.answer(action, params)
        except Refused as refused:
            told = {"Code": refused.code, "Message": "refused", "RequestId": "A"}
            return self._tell(json.dumps(told).encode(), refused.status)
        if isinstance(answer, dict):
            return self._tell(json.dumps(answer, ensure_ascii=False).encode())
        return self._break(answer)

    def _tell(self, body, status=200):
        self.send_response(status)
        self.send_header("Content-Type", "application/json;charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _break(self, fault):
        if fault.startswith("reset"):
            # Linger of 0: the other side sees a reset, not an end.
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            return self.connection.close()
        if fault in ("slow", "drip"):
            return self._dawdle(fault)
        bodies = {
            "garbage": b"<html>\xff\xfe Bad gateway",
            "list": b'["OK"]',
            "deep": b"[" * 200000,
            "huge": b'{"Code": "OK", "BizId": "' + b"9" * 600000 + b'"}',
            "500": b'{"Code": "isp.SYSTEM_ERROR"}',
            "503": b"no healthy upstream",
        }
        if fault in bodies:
            status = int(fault) if fault.isdigit() else 200
            return self._tell(bodies[fault], status)
        status = 429 if fault.startswith("Throttling") else 500
        return self._tell(json.dumps({"Code": fault}).encode(), status)

    def _dawdle(self, fault):
        if fault == "slow":
            time.sleep(self.there.pause)
            return self._tell(b'{"Code": "OK", "BizId": "1^0"}')
        self.send_response(200)
        self.end_headers()
        end = time.monotonic() + self.there.pause
        while time.monotonic() < end:
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except OSError:
                return None
            time.sleep(0.1)
        return None
