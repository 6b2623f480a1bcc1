"""Answers to the public: every one with a fingerprint, so that what has not changed is not sent again."""

from hashlib import sha256

from flask import Response, current_app, render_template, request

#: a reader may keep it, but asks before every use whether it is still the newest
ASK_EVERY_TIME = "public, no-cache"
#: a file of one numbered version; its bytes never change
IMMUTABLE = "public, max-age=86400, immutable"


def page(template: str, *, status: int = 200, **context: object) -> Response:
    """A page of the public door."""
    return _conditional(render_template(f"public/{template}", **context).encode(), "text/html; charset=utf-8", ASK_EVERY_TIME, status)


def data(content: object, media_type: str = "application/json") -> Response:
    """The JSON twin of a page; any site may read it."""
    return file((current_app.json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode(), media_type)


def file(content: bytes, media_type: str, *, download_as: str = "", immutable: bool = False) -> Response:
    """A published file; any site may read it.

    Args:
        content: the bytes as they were published.
        media_type: with charset where it is text and no JSON.
        download_as: file name when the browser should save it instead of showing it.
        immutable: True when the address names one version.
    """
    response = _conditional(content, media_type, IMMUTABLE if immutable else ASK_EVERY_TIME, 200)
    response.headers["Access-Control-Allow-Origin"] = "*"
    if download_as:
        response.headers.set("Content-Disposition", "attachment", filename=download_as)
    return response


def _conditional(content: bytes, media_type: str, cache_control: str, status: int) -> Response:
    response = Response(content, status=status, content_type=media_type)
    response.headers["Cache-Control"] = cache_control
    response.set_etag(sha256(content).hexdigest()[:32])
    if status == 200:
        response.make_conditional(request)
    return response
