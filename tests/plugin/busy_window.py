"""Run by itself: a window that joins signals while workers ask a server through QGIS. Prints ``done`` unless it hangs."""

from __future__ import annotations

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QIdentityProxyModel, QStringListModel
from qgis.PyQt.QtWidgets import QApplication

from commune_planning_plugin.adapters.bindings import settled
from commune_planning_plugin.adapters.network import hub_session
from commune_planning_plugin.adapters.tasks import JobFeedback


class Empty(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def ask(url: str, end: float) -> None:
    session = hub_session(JobFeedback(lambda _progress: None, lambda: False).canceller)
    while time.monotonic() < end:
        session.get(url, timeout=5)


def main(seconds: float) -> None:
    app = settled(QgsApplication([], True))  # QGIS itself makes its own without Python
    app.initQgis()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Empty)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    end = time.monotonic() + seconds
    models = [QStringListModel() for _ in range(400)]  # Qt guards joining with 131 locks, chosen by address
    proxy = QIdentityProxyModel()
    with ThreadPoolExecutor(2) as pool:
        asking = [pool.submit(ask, f"http://127.0.0.1:{server.server_address[1]}/", end) for _ in range(2)]
        while not all(each.done() for each in asking):
            for model in models:
                proxy.setSourceModel(model)
            QApplication.processEvents()
    sys.stdout.write("done\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]))
