"""Requests of the Batch service as they go over the line, signed with the key of an account."""
import base64
import hashlib
import hmac
import http.client
import json
from email.utils import formatdate
from urllib.parse import quote, urlsplit

# The version for what is no example itself.
LATEST = "2025-06-01"
# How long an answer may take, in seconds.
PATIENCE = 60


class Answer:
    """What the service answers to a request."""

    def __init__(self, status, headers, content):
        self.status, self.headers, self.content = status, headers, content

    @property
    def json(self):
        return json.loads(self.content)

    @property
    def refusal(self):
        """The code of an error, and what the service says of it in a line."""
        try:
            error = self.json
        except ValueError:
            return self.headers.get("x-ms-error-code", ""), ""
        details = ["%s: %s" % (value["key"], value["value"]) for value in error.get("values", [])]
        message = error.get("message", {}).get("value", "").split("\n")[0]
        return error.get("code", ""), "; ".join(details) or message


class BatchAccount:
    """An account of the Batch service, with code of its own for signatures."""

    def __init__(self, endpoint, name, key):
        self._address = urlsplit(endpoint).netloc
        self._name, self._key = name, base64.b64decode(key)

    def send(self, method, path, query=(), headers=(), body=None, version=LATEST):
        """Sends a request whose path is encoded already."""
        query = dict(query, **{"api-version": version})
        headers = dict(headers, **{"ocp-date": formatdate(usegmt=True)})
        content = None
        if body is not None:
            content = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json; odata=minimalmetadata")
        if method not in ("GET", "HEAD"):
            headers["Content-Length"] = str(len(content or b""))
        headers["Authorization"] = "SharedKey %s:%s" % (self._name, self._signature(method, path, query, headers))
        target = path + "?" + "&".join("%s=%s" % (quote(name), quote(query[name], safe="")) for name in query)
        connection = http.client.HTTPConnection(self._address, timeout=PATIENCE)
        try:
            connection.request(method, target, content, headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def need(self, method, path, body=None, version=LATEST):
        """Sends a request that has to succeed for what comes after it, and returns the JSON of the answer, if any."""
        answer = self.send(method, path, body=body, version=version)
        if answer.status >= 300:
            raise RuntimeError("%s %s: %d %s" % (method, path, answer.status, answer.content.decode()))
        return answer.json if answer.content else None

    def _signature(self, method, path, query, headers):
        fields = {name.lower(): value for name, value in headers.items()}
        signed = [
            "content-encoding", "content-language", "content-length", "content-md5", "content-type", "date",
            "if-modified-since", "if-match", "if-none-match", "if-unmodified-since", "range"]
        lines = [method] + [fields.get(name, "") for name in signed]
        lines += sorted("%s:%s" % field for field in fields.items() if field[0].startswith("ocp-"))
        lines.append("/%s%s" % (self._name, path))
        lines += sorted("%s:%s" % parameter for parameter in query.items())
        code = hmac.new(self._key, "\n".join(lines).encode(), hashlib.sha256).digest()
        return base64.b64encode(code).decode()
