"""A gateway of the test's own, on the loopback interface, that answers as told."""

import contextlib
import http.server
import socket
import threading
from typing import NamedTuple


class Request(NamedTuple):
    """What reached the stand-in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class StandIn:
    """`url`, what arrived in `requests`, and what it answers: bytes of a response."""

    def __init__(self):
        self.requests = []
        self.told = threading.Condition()
        self.status, self.body, self.headers = 200, b"OK", {}

    def answers(self, status, body="", **headers):
        """Answer so from now on."""
        self.status, self.body = (
            status,
            body.encode() if isinstance(body, str) else body,
        )
        self.headers = {name.replace("_", "-"): told for name, told in headers.items()}

    def wait(self, count, seconds=10, about=""):
        """Return the requests that name something in their address, once so many."""

        def found():
            return [one for one in self.requests if about in one.path]

        with self.told:
            self.told.wait_for(lambda: len(found()) >= count, seconds)
            return found()


@contextlib.contextmanager
def running():
    """Give a stand-in that answers until the end."""
    standin = StandIn()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            request = Request(self.command, self.path, dict(self.headers), body)
            with standin.told:
                standin.requests.append(request)
                standin.told.notify_all()
            self.send_response(standin.status)
            for name, told in standin.headers.items():
                self.send_header(name, told)
            if "Content-Length" not in standin.headers:
                self.send_header("Content-Length", str(len(standin.body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(standin.body)

        do_GET = do_PUT = do_POST

        def log_message(self, *_args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    standin.url = f"http://127.0.0.1:{server.server_port}/send"
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    try:
        yield standin
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def raw(behave):
    """Give the address of a server that does `behave(connection)` to each caller."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                connection, _peer = server.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                behave(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/send"
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(5)


def refused_url():
    """Return an address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}/send"
