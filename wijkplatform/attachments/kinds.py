"""What a file is, by its content alone, and how it is made anew. No database.

A picture is decoded and encoded again: place, camera and whatever else hides in it are gone, and it is never larger
than a page needs. A PDF is only passed on when it begins and ends as one; it is never opened here.
"""

import io
from dataclasses import dataclass
from threading import Lock

from PIL import Image, ImageOps, UnidentifiedImageError

from wijkplatform.core.errors import Invalid
from wijkplatform.core.words import _

LARGEST = 10_000_000  #: bytes of a file as it is sent
MOST_PIXELS = 40_000_000  #: of a picture as it is sent; a small file can unpack to a very large one
LONGEST_SIDE = 1_600  #: pixels of a picture as we keep it
PICTURES = {"JPEG", "PNG", "WEBP"}
KINDS = {"picture": ("image/jpeg", "jpg"), "pdf": ("application/pdf", "pdf")}  #: kind -> media type, ending

_one_by_one = Lock()  #: a small file can unpack to hundreds of megabytes; never two of those at once


@dataclass(frozen=True)
class Made:
    """A file as we keep it."""

    kind: str
    content: bytes
    width: int | None = None
    height: int | None = None


def judge(sent: bytes) -> Made:
    """The file made anew; raises `Invalid` with a sentence for whatever is no picture and no PDF."""
    if not sent:
        raise Invalid("file", _("Kies eerst een bestand."))
    if len(sent) > LARGEST:
        raise Invalid("file", _("Dit bestand is te groot. Kies er een van hoogstens 10 megabyte."))
    if sent.startswith(b"%PDF-") and b"%%EOF" in sent[-1024:]:
        return Made("pdf", sent)
    return _picture(sent)


def _picture(sent: bytes) -> Made:
    try:
        with Image.open(io.BytesIO(sent), formats=sorted(PICTURES)) as found:
            if found.width * found.height > MOST_PIXELS:
                raise Invalid("file", _("Deze foto heeft te veel beeldpunten. Maak de foto eerst kleiner."))
            with _one_by_one:
                found.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = _on_white(ImageOps.exif_transpose(found))
            upright.info.clear()  # remarks in it would go along
            kept = io.BytesIO()
            upright.save(kept, "JPEG", quality=82, optimize=True)
            return Made("picture", kept.getvalue(), upright.width, upright.height)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        raise Invalid("file", _("Dit is geen foto (JPEG, PNG of WebP) en geen PDF. Kies een ander bestand.")) from None


def _on_white(picture: Image.Image) -> Image.Image:
    """A see-through picture gets a white ground: a JPEG has none of its own."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(ground, clear).convert("RGB")
    return picture.convert("RGB")
