"""Somebody who opens pages: in the process that is measured, without a network."""

import importlib
import json
import threading

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


class Visitor:
    """One browser with its cookies. Odoo is there in the measured process only."""

    def __init__(self):
        http = importlib.import_module("odoo.http")
        self.client = importlib.import_module("werkzeug.test").Client(http.root)
        self.counter = importlib.import_module("odoo.sql_db")
        self.queries = 0  # That the last request took.

    def get(self, path):
        """The text of a page.

        :raise AssertionError: when the answer is not that page
        """
        return self._open("GET", path)

    def call(self, path, **params):
        """The result of a JSON-RPC route."""
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        answer = json.loads(
            self._open("POST", path, data=body, content_type="application/json")
        )
        assert "result" in answer, f"{path}: {answer}"
        return answer["result"]

    def _open(self, method, path, **options):
        before = self.counter.sql_counter
        response = self.client.open(
            path,
            method=method,
            headers={"User-Agent": BROWSER},
            buffered=True,
            **options,
        )
        # Odoo takes it for the address of who goes on in this thread.
        vars(threading.current_thread()).pop("url", None)
        self.queries = self.counter.sql_counter - before
        text = response.get_data(as_text=True)
        assert response.status_code == 200, f"{path}: {response.status}\n{text[-500:]}"
        return text
