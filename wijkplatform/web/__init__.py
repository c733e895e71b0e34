"""The web: guards, answers, forms and drawings. Knows Flask, knows no feature."""

import gzip

import brotli
from flask import Flask, Response, request

from wijkplatform.web import errors, security, static, ui
from wijkplatform.web.htmx import htmx

QUICK = 3  #: of brotli; the next step takes four times as long for two percent
WINDOW = 17  #: of brotli: 128 kB reaches over a whole page, and takes little memory in each thread
SMALLEST = 600  #: bytes; below that compressing costs more than it saves


def init(app: Flask) -> None:
    """Everything a page needs; features register their routes afterwards."""
    app.config.update(
        MAX_CONTENT_LENGTH=12_000_000, MAX_FORM_MEMORY_SIZE=4_000_000, MAX_FORM_PARTS=200, WTF_CSRF_CHECK_DEFAULT=False
    )
    htmx.init_app(app)
    static.init(app)
    ui.init(app)
    security.init(app)
    errors.init(app)
    app.after_request(compress)


def compress(response: Response) -> Response:
    """Smaller on a poor line. Form tokens are masked anew on every page, so that the size tells nothing about them."""
    if (
        response.direct_passthrough
        or response.status_code in (204, 304)
        or "Content-Encoding" in response.headers
        or not (response.mimetype.startswith("text/") or response.mimetype == "application/json")
        or (response.content_length or 0) < SMALLEST
    ):
        return response
    response.vary.add("Accept-Encoding")
    best = request.accept_encodings.best_match(["br", "gzip"])
    if best == "br":
        response.set_data(brotli.compress(response.get_data(), quality=QUICK, lgwin=WINDOW))
    elif best == "gzip":
        response.set_data(gzip.compress(response.get_data(), compresslevel=4))
    else:
        return response
    response.headers["Content-Encoding"] = best
    return response
