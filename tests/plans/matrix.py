"""Who may do what with the plan: everybody of the neighbourhood writes, the municipality too; the college adopts."""

from datetime import timedelta
from typing import Any

from tests.support.client import Browser
from tests.support.matrix import Matrix
from tests.support.things import put, seal_first, wear
from tests.support.world import World, place
from wijkplatform.core import clock, lifecycle
from wijkplatform.core.actor import command_line
from wijkplatform.core.db import db
from wijkplatform.plans.models import Memorandum, Plan, Principle, Section
from wijkplatform.rounds import queries as rounds
from wijkplatform.texts import queries as texts

TABLE = """
                                                     visitor new elsewhere resident board volunteer broker caretaker youth_worker provider official buyer executive assessor bidder facilitator moderator administrator
plan in writing in huizum-oost           | view     | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
plan in writing in huizum-oost           | write    | no      no  no        yes      yes   yes       yes    yes       yes          yes      yes      no    no        no       no     yes         no        no
plan in writing in huizum-oost           | lay_open | no      no  no        no       no    no        no     no        no           no       yes      no    no        no       no     no          no        no
plan for inspection in huizum-oost       | view     | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
plan for inspection in huizum-oost       | write    | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
plan for inspection in huizum-oost       | reopen   | no      no  no        no       no    no        no     no        no           no       yes      no    no        no       no     no          no        no
plan for inspection in huizum-oost       | adopt    | no      no  no        no       no    no        no     no        no           no       no       no    yes       no       no     no          no        no
plan after its round in huizum-oost      | view     | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
plan after its round in huizum-oost      | write    | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
plan adopted in zuiderkwartier           | view     | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
plan adopted in zuiderkwartier           | write    | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
sealed plan in huizum-oost               | view     | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
section in writing in huizum-oost        | view     | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
section in writing in huizum-oost        | revise   | no      no  no        yes      yes   yes       yes    yes       yes          yes      yes      no    no        no       no     yes         no        no
section in writing in huizum-oost        | restore  | no      no  no        yes      yes   yes       yes    yes       yes          yes      yes      no    no        no       no     yes         no        no
section for inspection in huizum-oost    | view     | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
section for inspection in huizum-oost    | revise   | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
section for inspection in huizum-oost    | restore  | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
section after its round in huizum-oost   | revise   | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
section adopted in zuiderkwartier        | view     | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
section adopted in zuiderkwartier        | revise   | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
section adopted in zuiderkwartier        | restore  | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
sealed section in huizum-oost            | view     | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
principle in zuiderkwartier              | view     | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
memorandum in zuiderkwartier             | view     | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
"""


def plan_in(slug: str) -> Plan:
    return db.session.scalars(db.select(Plan).where(Plan.neighbourhood_id == place(slug).id)).one()


def section_in(slug: str) -> Section:
    return min(plan_in(slug).sections, key=lambda each: (each.text.head == 1, each.id))


def for_inspection(slug: str) -> Plan:
    plan = plan_in(slug)
    put(lambda: lifecycle.apply(command_line(), plan, "inspection", "plan.laid_open"))
    return plan


def after_its_round(slug: str) -> Plan:
    plan = plan_in(slug)
    moment = rounds.moment_about(command_line(), plan)
    put(lambda: setattr(moment, "closes_at", clock.now() - timedelta(seconds=1)))
    return plan


def first(model: type, slug: str) -> Any:
    return db.session.scalars(db.select(model).where(model.neighbourhood_id == place(slug).id)).first()


def path(world: World, slug: str, *, section: bool = False) -> str:
    with world.app.app_context():
        return f"/wijken/{slug}/plan" + (f"/{section_in(slug).code}" if section else "")


def _write(world: World, browser: Browser, slug: str) -> Any:
    """Writing in the plan is writing in one of its sections."""
    with world.app.app_context():
        section = section_in(slug)
        head = texts.head(section.text)
        base, body = head.number, head.body + "\n\nWij willen hier een bankje."
    data = {"body": body, "base": base, "note": "", **wear(world, browser, slug)}
    return browser.post(path(world, slug, section=True) + "/bewerken", data=data)


def _restore(world: World, browser: Browser, slug: str) -> Any:
    with world.app.app_context():
        if section_in(slug).text.head == 1:
            raise AssertionError(f"no section in {slug} has an older version")
    data = {"note": "Dit was beter.", **wear(world, browser, slug)}
    return browser.post(path(world, slug, section=True) + "/versies/1", data=data)


def _read(section: bool) -> Any:
    return lambda world, browser, slug: browser.get(path(world, slug, section=section))


def _step(move: str) -> Any:
    return lambda world, browser, slug: browser.post(
        f"{path(world, slug)}/stap/{move}", data=wear(world, browser, slug)
    )


MATRIX = Matrix(
    TABLE,
    things={
        "plan in writing in huizum-oost": lambda world: plan_in("huizum-oost"),
        "plan for inspection in huizum-oost": lambda world: for_inspection("huizum-oost"),
        "plan after its round in huizum-oost": lambda world: after_its_round("huizum-oost"),
        "plan adopted in zuiderkwartier": lambda world: plan_in("zuiderkwartier"),
        "sealed plan in huizum-oost": lambda world: seal_first(plan_in("huizum-oost")),
        "section in writing in huizum-oost": lambda world: section_in("huizum-oost"),
        "section for inspection in huizum-oost": lambda world: min(for_inspection("huizum-oost").sections, key=lambda each: each.id),
        "section after its round in huizum-oost": lambda world: min(after_its_round("huizum-oost").sections, key=lambda each: each.id),
        "section adopted in zuiderkwartier": lambda world: section_in("zuiderkwartier"),
        "sealed section in huizum-oost": lambda world: seal_first(section_in("huizum-oost")),
        "principle in zuiderkwartier": lambda world: first(Principle, "zuiderkwartier"),
        "memorandum in zuiderkwartier": lambda world: first(Memorandum, "zuiderkwartier"),
    },
    doors={
        "plan view": _read(False), "plan write": _write, "plan lay_open": _step("lay_open"),
        "plan reopen": _step("reopen"), "plan adopt": _step("adopt"), "section view": _read(True),
        "section revise": _write, "section restore": _restore, "sealed section view": _read(True),
    },
)  # fmt: skip
