"""Writing a neighbourhood as the sixteen files: the same data gives the same bytes (docs/FORMAT.md §18).

Fields stand in the order of the tables; required ones always, optional ones only with a value. The text alone
decides its style: plain, 'single quoted', a literal block (`|`) for paragraphs, and "double quoted" with
escapes for whatever an editor or another reader might change: spaces at a line's end, tabs, soft hyphens,
bidi characters, U+2028. Lines are never wrapped.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from wijkplatform.exchange.fields import Time, in_amsterdam
from wijkplatform.exchange.reading import plain_tag
from wijkplatform.exchange.schema import Many, Row, Rows, Table, Type
from wijkplatform.exchange.tables import FILES

JOINERS = "\u200c\u200d"  # between letters or emoji these are ordinary, and YAML keeps them
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def write(path: str | os.PathLike[str], data: Mapping[str, Mapping[str, Any]]) -> None:
    """Writes all sixteen files into a directory, which is made when it is not there."""
    texts = {file: text_of(file, data[file]) for file in FILES}  # first everything, so a mistake writes nothing
    folder = Path(path)
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in texts.items():
        (folder / file).write_bytes(text.encode("utf-8"))


def text_of(file: str, content: Mapping[str, Any]) -> str:
    """One file as text."""
    return "\n".join(_row(FILES[file], content, 0)) + "\n"


def _row(kind: Row, content: Mapping[str, Any], depth: int) -> Iterator[str]:
    unknown = [key for key in content if key not in kind.fields]
    if unknown:
        raise ValueError(f"Het formaat kent deze velden niet: {', '.join(map(str, unknown))}")
    for name, field in kind.fields.items():
        value = content.get(name)
        if field.required or field.nullable:
            if value is None and not field.nullable:
                raise ValueError(f"Het veld {name} is verplicht maar heeft geen waarde.")
        elif value is None or value == [] or value == field.default:
            continue
        yield from _entry(name, field.type, value, depth)


def _entry(key: str, kind: Type, value: Any, depth: int) -> Iterator[str]:
    """A key with its value, at this depth; what is nested stands two spaces further."""
    indent = "  " * depth
    if isinstance(kind, Row | Table) and value:
        yield f"{indent}{key}:"
        yield from _block(kind, value, depth + 1)
    elif isinstance(kind, Rows | Many) and value:
        yield f"{indent}{key}:"
        for item in value:
            yield from _item(kind, item, depth + 1)
    elif value is not None and isinstance(kind, Row | Table):
        yield f"{indent}{key}: {{}}"
    elif value is not None and isinstance(kind, Rows | Many):
        yield f"{indent}{key}: []"
    else:
        yield f"{indent}{key}: {scalar(value, depth + 1)}"


def _block(kind: Row | Table, value: Mapping[Any, Any], depth: int) -> Iterator[str]:
    if isinstance(kind, Row):
        yield from _row(kind, value, depth)
    else:
        for key, inner in value.items():
            yield from _entry(scalar(key, depth), kind.value, inner, depth)


def _item(kind: Rows | Many, item: Any, depth: int) -> Iterator[str]:
    """One dash; the first field of a block stands behind it."""
    indent = "  " * depth
    if isinstance(kind, Many):
        yield f"{indent}- {scalar(item, depth + 1)}"
        return
    for number, line in enumerate(_row(kind.row, item, depth + 1)):
        yield line if number else f"{indent}- {line[len(indent) + 2 :]}"


def scalar(value: Any, depth: int) -> str:
    """A plain value as YAML; `depth` is where the lines of a literal block stand."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format(value if value else value.copy_abs(), "f")
    if isinstance(value, datetime):
        return f"'{in_amsterdam(value).isoformat()}'"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Time):
        return f"'{value}'"
    if isinstance(value, str):
        return string(value, depth)
    raise TypeError(f"Een waarde van soort {type(value).__name__} past niet in het formaat.")


def string(text: str, depth: int) -> str:
    if _is_clean(text):
        return text if _is_plain(text) else "'" + text.replace("'", "''") + "'"
    if _fits_literal(text):
        indent = "  " * depth
        lines = text.removesuffix("\n").split("\n")
        return "\n".join(["|" if text.endswith("\n") else "|-", *(indent + line if line else "" for line in lines)])
    return '"' + "".join(ESCAPES.get(char) or _escaped(char) for char in text) + '"'


def _is_clean(text: str) -> bool:
    """Only what is seen as written: no control, format or separator characters other than a space."""
    return all(char.isprintable() or char in JOINERS for char in text)


def _is_plain(text: str) -> bool:
    """Begins with a letter, cannot be taken for a comment or a key, and reads back as text."""
    return (
        text[:1].isalpha()
        and text[-1] not in " :"
        and ": " not in text
        and " #" not in text
        and plain_tag(text) == "str"
    )


def _fits_literal(text: str) -> bool:
    """Paragraphs that a literal block keeps exactly: no space at a line's end, at most one final line end."""
    lines = text.removesuffix("\n").split("\n")
    return (
        len(lines) > 1
        and bool(lines[0])
        and bool(lines[-1])
        and all(_is_clean(line) and line == line.strip(" ") for line in lines)
    )


def _escaped(char: str) -> str:
    if char.isprintable() or char in JOINERS:
        return char
    number = ord(char)
    return f"\\x{number:02X}" if number < 0x100 else f"\\u{number:04X}" if number < 0x10000 else f"\\U{number:08X}"
