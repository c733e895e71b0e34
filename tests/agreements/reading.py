"""What the tests of the pages share: the demo's files, figures as people read them, and a state made by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

import wijkplatform
from tests.support.client import Page
from tests.support.things import put
from tests.support.world import World
from wijkplatform.core.db import db

DEMO = Path(wijkplatform.__path__[0]) / "demo"
WORDS = {
    "op koers": "Op koers", "aandacht": "Vraagt aandacht", "nog niet te meten": "Nog niet te meten",
    "bijna gehaald": "Bijna gehaald", "gehaald": "Gehaald",
}  # fmt: skip


def demo(slug: str, number: str) -> dict[str, Any]:
    return yaml.safe_load(next((DEMO / slug).glob(f"{number}_*.yaml")).read_text(encoding="utf-8"))


def figure(value: Any, unit: str) -> str:
    """As people read it, worked out here on its own."""
    number = str(value).replace(".", ",")
    if unit == "procent":
        return f"{number} procent"
    return (
        f"{number} van de {unit.removeprefix('aantal van ')}" if unit.startswith("aantal van ") else f"{number} {unit}"
    )


def changed(world: World, change: Callable[[], Any]) -> None:
    with world.app.app_context():
        put(change)


def one(model: type[Any], **values: Any) -> Any:
    return db.session.scalars(db.select(model).filter_by(**values)).one()


def text_of(page: Page, id_: str) -> str:
    element = next(each for each in page.tree.iter() if each.get("id") == id_)  # type: ignore[union-attr]
    return " ".join("".join(element.itertext()).split())


def hrefs(page: Page) -> list[str]:
    return [each.get("href", "") for each in page.all("a")]
