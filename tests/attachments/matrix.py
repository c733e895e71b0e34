"""Who may see what hangs on a thing: whoever may see the thing."""

from typing import Any

from tests.agenda.matrix import need_in
from tests.support.client import Browser
from tests.support.matrix import Matrix
from tests.support.things import put, seal_first
from tests.support.world import World
from wijkplatform.attachments.models import Attachment
from wijkplatform.core.db import db

TABLE = """
                                           visitor new elsewhere resident board volunteer broker caretaker youth_worker provider official buyer executive assessor bidder facilitator moderator administrator
file on a need in huizum-oost  | view      | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
file on a sealed need in huizum-oost | view | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
sealed file in huizum-oost     | view      | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
"""


def file_on_need(slug: str) -> Attachment:
    need = need_in(slug)
    file = Attachment(
        neighbourhood_id=need.neighbourhood_id, thing_kind="need", thing_id=need.id, kind="pdf", description="Plattegrond",
        size=3, sha256="0" * 64, voice_id=need.voice_id, content=b"pdf",
    )  # fmt: skip
    put(lambda: db.session.add(file))
    return file


def file_on_sealed_need(slug: str) -> Attachment:
    file = file_on_need(slug)
    seal_first(need_in(slug))
    return file


def _download(world: World, browser: Browser, slug: str) -> Any:
    public_id = world.watch.execute("SELECT public_id FROM attachment").fetchone()[0]
    return browser.get(f"/bijlagen/{public_id}")


MATRIX = Matrix(
    TABLE,
    things={
        "file on a need in huizum-oost": lambda world: file_on_need("huizum-oost"),
        "file on a sealed need in huizum-oost": lambda world: file_on_sealed_need("huizum-oost"),
        "sealed file in huizum-oost": lambda world: seal_first(file_on_need("huizum-oost")),
    },
    doors={"file view": _download, "sealed file view": _download},
)
