"""A real Odoo server on a database, and a client that asks it as a register does."""

import collections
import re
import socket
import statistics
import subprocess
import sys
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

import requests
from _till_shop import LOGIN

LOGGED = re.compile(
    r'"(?:GET|POST) [^\s#]*/(\w+)(?:#\S+)? HTTP/1\.\d" \d+ \S+ (\d+) [\d.]+ [\d.]+'
)


class Server:
    """Odoo on a database, in a process of its own, and its user's session."""

    def __init__(self, database, folder, has_addons=False):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = Path(folder) / f"{database}-{self.port}.log"
        self.database, self.has_addons = database, has_addons
        options = [f"--http-port={self.port}", f"--logfile={self.log}"]
        options += ["--max-cron-threads=0", "--log-level=info"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "odoo", "-d", database, *options], cwd=folder
        )
        self.session, self.read = requests.Session(), 0

    def __enter__(self):
        while self.process.poll() is None and not self._answers():
            time.sleep(0.2)
        if self.process.poll() is not None:
            raise SystemExit(f"Odoo stopped by itself; its log is {self.log}")
        login = {"db": self.database, "login": LOGIN, "password": LOGIN}
        self.rpc("/web/session/authenticate", login)
        return self

    def __exit__(self, *_error):
        self.process.terminate()
        self.process.wait()

    def _answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def get(self, path):
        answer = self.session.get(f"http://127.0.0.1:{self.port}{path}")
        answer.raise_for_status()
        return answer

    def rpc(self, path, params):
        """Return a JSON-RPC's result and the size of the answer."""
        data = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self.session.post(f"http://127.0.0.1:{self.port}{path}", json=data)
        answer.raise_for_status()
        told = answer.json()
        if "error" in told:
            raise SystemExit(f"{path}: {told['error']['data']['debug']}")
        return told["result"], len(answer.content)

    def call(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.rpc(f"/web/dataset/call_kw/{model}/{method}", params)

    def queries(self):
        """Return {step: the usual number of queries} since it was asked last."""
        found = collections.defaultdict(list)
        text = self.log.read_text()
        for step, queries in LOGGED.findall(text[self.read :]):
            # The page's path ends with the register's number.
            found["page" if step.isdigit() else step].append(int(queries))
        self.read = len(text)
        return {step: statistics.median_low(counts) for step, counts in found.items()}


class Till:
    """What a register asks: each method yields (step, seconds, bytes) by and by."""

    def __init__(self, server, shop):
        self.server, self.shop = server, shop
        self.kept = []

    def open(self):
        """Open the register's screen in a browser that has kept nothing."""
        start = time.perf_counter()
        page = self.server.get(f"/pos/ui/{self.shop['config_id']}")
        yield "page", time.perf_counter() - start, len(page.content)
        yield self._session("load_data_params")[:3]
        *figures, data = self._session("load_data", [], context=self._since(False))
        self.kept = [row for row in data["res.partner"] if not row.get("vip_member")]
        yield figures
        yield self._session("filter_local_data", {})[:3]

    def open_again(self):
        """Open it where it was open a moment ago: only what changed is loaded."""
        yield from list(self.open())[:2]
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
        yield self._session("load_data", [], context=self._since(now))[:3]
        goods = {"product.product": [id_ for id_, *_rest in self.shop["products"]]}
        yield self._session("filter_local_data", goods)[:3]
        if self.server.has_addons:
            # The screen does not wait for it, but the server does the work.
            args = [row["id"] for row in self.kept], self.shop["config_id"]
            yield self._call("res.partner", "vip_till_members", *args)[:3]

    def pay(self, number):
        """Sell three pieces to a customer with a card, as the register does."""
        customer_id, card_id = self.shop["cards"][number]
        order = self._order(customer_id, number)
        args = [], {card_id: 0}, []
        yield self._call("pos.order", "validate_coupon_programs", *args)[:3]
        context = {"device_identifier": 1}
        *figures, data = self._call(
            "pos.order", "sync_from_ui", [order], context=context
        )
        yield figures
        points = round(order["amount_total"] / 10, 2)
        entry = {"points": points, "program_id": self.shop["program_id"]}
        entry |= {"coupon_id": card_id, "barcode": False, "partner_id": customer_id}
        args = data["pos.order"][0]["id"], {str(card_id): entry}
        *figures, told = self._call("pos.order", "confirm_coupon_programs", *args)
        assert told["coupon_updates"][0]["points"] >= points, told
        yield figures

    def _since(self, moment):
        return {"pos_last_server_date": moment, "pos_limited_loading": True}

    def _session(self, method, *args, **kwargs):
        session = [self.shop["session_id"]]
        return self._call("pos.session", method, session, *args, **kwargs)

    def _call(self, model, method, *args, **kwargs):
        start = time.perf_counter()
        result, size = self.server.call(model, method, *args, **kwargs)
        return method, time.perf_counter() - start, size, result

    def _order(self, customer_id, number):
        goods = self.shop["products"]
        chosen = [goods[(number + step) % len(goods)] for step in range(3)]
        lines = [self._line(*product) for product in chosen]
        total = round(sum(line["price_subtotal_incl"] for line in lines), 2)
        net = sum(line["price_subtotal"] for line in lines)
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
        payment = {"amount": total, "payment_method_id": self.shop["method_id"]}
        payment |= {"name": now, "payment_date": now, "uuid": str(uuid.uuid4())}
        return {
            "uuid": str(uuid.uuid4()),
            "state": "paid",
            "session_id": self.shop["session_id"],
            "user_id": self.shop["user_id"],
            "partner_id": customer_id,
            "date_order": now,
            "pricelist_id": self.shop["pricelist_id"],
            "fiscal_position_id": False,
            "lines": [(0, 0, line) for line in lines],
            "payment_ids": [(0, 0, payment)],
            "amount_total": total,
            "amount_paid": total,
            "amount_return": 0,
            "amount_tax": round(total - net, 2),
            "to_invoice": False,
            "relations_uuid_mapping": {},
        }

    def _line(self, product_id, name, price):
        return {
            "product_id": product_id,
            "full_product_name": name,
            "price_unit": price,
            "qty": 1,
            "discount": 0,
            "price_subtotal": price,
            "price_subtotal_incl": round(price * (1 + self.shop["tax"]), 2),
            "tax_ids": [(4, id_) for id_ in self.shop["tax_ids"]],
            "uuid": str(uuid.uuid4()),
        }
