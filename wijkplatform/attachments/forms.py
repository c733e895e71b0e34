"""A file and what it shows."""

from wtforms import FileField

from wijkplatform.attachments.kinds import LARGEST
from wijkplatform.core.words import _l
from wijkplatform.web.forms import Form, NameField


class Attach(Form):
    """A file is read up to just past the limit: enough to know that it is too large."""

    file = FileField(_l("Foto of PDF"))
    description = NameField(
        _l("Wat is erop te zien?"), needed=_l("Schrijf kort wat erop te zien is, voor wie het niet kan zien.")
    )

    def sent(self) -> bytes:
        return self.file.data.read(LARGEST + 1) if hasattr(self.file.data, "read") else b""
