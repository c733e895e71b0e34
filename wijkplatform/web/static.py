"""Static files under an address that changes with their content, so that a browser may keep them for a year."""

import hashlib
import os
from functools import cache
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

ROOT = Path(__file__).resolve().parents[2] / "static"
PREFIX = "/static"
SENT = (".css", ".js", ".svg", ".png", ".woff2")


@cache
def addresses() -> dict[str, str]:
    """For each file its address with a piece of its hash: css/base.css -> /static/css/base.3f2a9c1d.css."""
    found = {}
    for path in sorted(ROOT.rglob("*")):
        if path.suffix in SENT:
            mark = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
            name = path.relative_to(ROOT).as_posix()
            found[name] = f"{PREFIX}/{name.removesuffix(path.suffix)}.{mark}{path.suffix}"
    return found


def static_url(name: str) -> str:
    """The address of a file in static/; an unknown name is a mistake in the template."""
    return addresses()[name]


@cache
def release() -> str:
    """Changes when any static file changes; part of the key of a kept page."""
    return hashlib.sha256("".join(addresses().values()).encode()).hexdigest()[:8]


def init(app: Flask) -> None:
    served = WhiteNoise(app.wsgi_app, root=ROOT, prefix=f"{PREFIX}/", max_age=3600, immutable_file_test=_has_mark)
    for name, address in addresses().items():
        path = str(ROOT / name)
        served.add_file_to_dictionary(address, path, stat_cache={p: os.stat(p) for p in _with_compressed(path)})
    app.wsgi_app = served  # type: ignore[method-assign]
    app.jinja_env.globals["static_url"] = static_url


def _with_compressed(path: str) -> list[str]:
    """The file and its compressed copies, without those that are older than the file itself."""
    made = os.path.getmtime(path)
    copies = [each for each in (f"{path}.br", f"{path}.gz") if os.path.exists(each)]
    return [path, *(each for each in copies if os.path.getmtime(each) >= made)]


def _has_mark(path: str, url: str) -> bool:
    return url in addresses().values()
