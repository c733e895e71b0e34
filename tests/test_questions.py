"""At most twelve questions to the database for any page, however much there is on it."""

import pytest

from tests.support.addresses import EXAMPLES, PARTS, example
from tests.support.counting import COLD, MOST, counting
from tests.support.world import FINISHED, OPEN, World
from wijkplatform.core import keeping


@pytest.mark.parametrize("slug", [OPEN, FINISHED])
@pytest.mark.parametrize("role", [None, "bewoner", "beleidsregisseur"])
def test_every_page_asks_little(world: World, role: str | None, slug: str) -> None:
    browser = world.browser() if role is None else world.as_role(role)
    for rule in sorted(EXAMPLES):
        path = example(world, rule, slug)
        keeping.STORE.clear()
        with counting(world.app) as first:
            browser.go(path, follow=False)
        with counting(world.app) as questions:
            browser.go(path, follow=False)
        assert len(questions) <= MOST, f"{path}: {len(questions)}\n" + "\n".join(questions)
        assert len(first) <= COLD, f"{path}, nothing kept: {len(first)}\n" + "\n".join(first)


@pytest.mark.parametrize(("rule", "part", "role"), PARTS)
def test_every_part_asks_little(world: World, rule: str, part: str, role: str | None) -> None:
    browser = world.browser() if role is None else world.as_role(role)
    path = example(world, rule, OPEN)
    browser.part(path, part)
    with counting(world.app) as questions:
        browser.part(path, part)
    assert len(questions) <= MOST
