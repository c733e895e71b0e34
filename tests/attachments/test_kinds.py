"""Files are judged by what is in them, and made anew: nothing that hid in a photo is left."""

import io
import zlib

import pytest
from PIL import Image

from wijkplatform.attachments.kinds import LONGEST_SIDE, judge
from wijkplatform.core.errors import Invalid


def photo(kind: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **more: object) -> bytes:
    kept = io.BytesIO()
    Image.new(mode, size, "green" if mode != "L" else 90).save(kept, kind, **more)
    return kept.getvalue()


def with_place() -> bytes:
    """A photo that tells where it was taken, with which camera, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = "Telefoon van Ans", 6
    exif.get_ifd(0x8825)[1] = "N"
    return photo(exif=exif)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_of_each_kind_becomes_a_jpeg(kind: str) -> None:
    made = judge(photo(kind))
    assert (made.kind, made.width, made.height) == ("picture", 40, 20)
    assert Image.open(io.BytesIO(made.content)).format == "JPEG"


def test_place_and_camera_are_gone_and_the_picture_stands_upright() -> None:
    sent = with_place()
    assert b"Telefoon van Ans" in sent
    made = judge(sent)
    assert b"Telefoon van Ans" not in made.content
    assert not Image.open(io.BytesIO(made.content)).getexif()
    assert (made.width, made.height) == (20, 40)


def test_a_large_picture_is_kept_no_larger_than_a_page_needs() -> None:
    made = judge(photo(size=(4000, 1000)))
    assert (made.width, made.height) == (LONGEST_SIDE, 400)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1"])
def test_whatever_colours_a_picture_has_it_can_be_kept(mode: str) -> None:
    assert judge(photo("PNG", mode=mode)).kind == "picture"


def test_a_pdf_is_passed_on_as_it_is() -> None:
    sent = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
    assert judge(sent).content == sent


BOMB = b"\x89PNG\r\n\x1a\n" + b"".join(
    len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
    for kind, body in [
        (b"IHDR", (30_000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"), (b"IDAT", zlib.compress(b"\0" * 999)), (b"IEND", b""),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    "sent",
    [
        b"", b"GIF89a" + b"\0" * 40, b"<svg xmlns=\'http://www.w3.org/2000/svg\'><script>1</script></svg>",
        b"<html><script>alert(1)</script></html>", b"%PDF-1.7 zonder einde", b"MZ" + b"\0" * 100, photo()[:60],
        b"PK\x03\x04" + b"\0" * 100, BOMB, b"\0" * 10_000_001,
    ],
    ids=["niets", "gif", "svg", "html", "halve pdf", "programma", "halve foto", "zip", "beeldpuntenbom", "te groot"],
)  # fmt: skip
def test_anything_else_is_refused_with_a_sentence(sent: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        judge(sent)
    assert refusal.value.field == "file"
    assert str(refusal.value.sentence).endswith(".")
