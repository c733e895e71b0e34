"""The one door through which files leave: as an attachment, under a name of ours."""

from typing import Any

from flask import Blueprint

from wijkplatform.attachments import kinds, queries
from wijkplatform.attachments.models import Attachment
from wijkplatform.core.actor import Actor
from wijkplatform.web.guards import loads
from wijkplatform.web.respond import file

blueprint = Blueprint("attachments", __name__)


@blueprint.get("/bijlagen/<public_id>")
@loads(queries.by_public_id)
def download(actor: Actor, attachment: Attachment) -> Any:
    media, ending = kinds.KINDS[attachment.kind]
    return file(attachment.content, media, f"bijlage-{attachment.public_id}.{ending}", attachment.sha256)
