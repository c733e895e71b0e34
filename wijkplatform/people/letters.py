"""The letters this feature sends. The same one for whoever asks, with an account or without."""

from datetime import datetime

from sqlalchemy.orm import Session

from wijkplatform.core import mail
from wijkplatform.core.words import _


def login(to: str, link_path: str, code: str, *, until: datetime, session: Session) -> None:
    """The link and the code that let somebody in."""
    site = mail.settings().site_name
    parts = [
        mail.line(_("Hallo,")),
        mail.line(_("Met deze mail logt u in bij %(site)s. Open de link en druk daar op de knop.", site=site)),
        mail.button(_("Open de bladzijde om in te loggen"), link_path),
        mail.line(_("Of typ deze code over:")),
        mail.sign(code),
        mail.line(_("De link en de code werken tien minuten, en maar één keer. Geef ze aan niemand anders.")),
        mail.line(_("Bent u hier voor het eerst? Dan maken we een account voor u als u inlogt.")),
        mail.line(_("Heeft u hier niet om gevraagd? Dan hoeft u niets te doen. Zonder deze mail komt niemand binnen.")),
        mail.line(_("Groet van %(site)s", site=site)),
    ]
    mail.post(to, _("Uw inlogmail van %(site)s", site=site), parts, until=until, session=session)
