"""flask-htmx with what htmx 4 sends: `HX-Target` is `div#thread`, and `HX-Request-Type` tells a part from a page."""

from flask import request
from flask_htmx import HTMX


class Htmx(HTMX):
    """The extension, plus the names htmx 4 uses."""

    @property
    def target_id(self) -> str | None:
        """The id of the element that will be replaced, without its tag name."""
        target = request.headers.get("HX-Target", "")
        return target.rpartition("#")[2] or None

    @property
    def source(self) -> str | None:
        """The element that asked, as `button#steun-BH-01`."""
        return request.headers.get("HX-Source")

    def part(self) -> str | None:
        """The id of the part asked for; None when a whole page is wanted."""
        if not self or self.boosted or self.history_restore_request:
            return None
        if request.headers.get("HX-Request-Type") == "full":
            return None
        return self.target_id


htmx = Htmx()
