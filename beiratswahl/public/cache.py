"""Zwischenspeicher: finished answers of the public door, given again without asking the application, until something is published.

Kept is only what says itself that it is public and has a fingerprint; whoever carries a session is always served by the application.
The state of what is published is asked for once in `fresh_seconds`; so another process's publication is seen that much later at most,
and the publishing process forgets everything at once.
"""

from collections.abc import Callable, Hashable, Iterable
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

FRESH_SECONDS = 1.0
LARGEST_BODY = 4 * 1024 * 1024
LARGEST_SUM = 64 * 1024 * 1024
#: what goes with "not modified"
KEPT_HEADERS = frozenset({"etag", "cache-control", "vary", "access-control-allow-origin"})
Headers = list[tuple[str, str]]
Key = tuple[str, str, str]


class Kept(NamedTuple):
    """A finished answer."""

    status: str
    headers: Headers
    etag: str
    body: bytes


class MicroCache:
    """WSGI application in front of the real one."""

    def __init__(self, inner: "WSGIApplication", state: Callable[[], Hashable], session_cookie: str) -> None:
        self.fresh_seconds = FRESH_SECONDS
        self._inner = inner
        self._ask = state
        self._cookie = f"{session_cookie}="
        self._lock = Lock()
        self._state: Hashable = None
        self._asked_at = float("-inf")
        self._kept: dict[Key, Kept] = {}
        self._size = 0

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if not self._may_be_kept(environ):
            return self._inner(environ, start_response)
        state = self._current()
        key = (environ["wsgi.url_scheme"], environ.get("HTTP_HOST", ""), environ.get("PATH_INFO", ""))
        kept = self._kept.get(key)
        if kept is None:
            return self._answer_and_keep(environ, start_response, key, state)
        if kept.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 NOT MODIFIED", [header for header in kept.headers if header[0].lower() in KEPT_HEADERS])
            return ()
        start_response(kept.status, list(kept.headers))
        return (kept.body,)

    def forget(self) -> None:
        """Forget everything: what is published has changed."""
        with self._lock:
            self._kept, self._size, self._asked_at = {}, 0, float("-inf")

    def _may_be_kept(self, environ: "WSGIEnvironment") -> bool:
        plain = environ["REQUEST_METHOD"] == "GET" and not environ.get("QUERY_STRING") and "HTTP_RANGE" not in environ
        return plain and self._cookie not in environ.get("HTTP_COOKIE", "")

    def _current(self) -> Hashable:
        if monotonic() - self._asked_at >= self.fresh_seconds:
            asked_at, state = monotonic(), self._ask()
            with self._lock:
                if state != self._state:
                    self._kept, self._size = {}, 0
                self._state, self._asked_at = state, asked_at
        return self._state

    def _answer_and_keep(self, environ: "WSGIEnvironment", start_response: "StartResponse", key: Key, state: Hashable) -> Iterable[bytes]:
        said: list[tuple[str, Headers]] = []

        def listen(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], object]:
            said.append((status, headers))
            return start_response(status, headers, exc_info)

        answer = self._inner(environ, listen)
        try:
            body = b"".join(answer)
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()
        self._keep(key, state, *said[-1], body)
        return (body,)

    def _keep(self, key: Key, state: Hashable, status: str, headers: Headers, body: bytes) -> None:
        names = {name.lower(): value for name, value in headers}
        public = status.startswith("200") and names.get("cache-control", "").startswith("public") and "set-cookie" not in names
        if not public or "etag" not in names or len(body) > LARGEST_BODY:
            return
        with self._lock:
            if state != self._state:  # published while this answer was made: it may be the old one
                return
            if self._size + len(body) > LARGEST_SUM:
                self._kept, self._size = {}, 0
            self._kept[key] = Kept(status, headers, names["etag"], body)
            self._size += len(body)
