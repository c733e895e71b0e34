"""E-mail addresses: one way to write each, so that one address is one account in whatever spelling."""

from email_validator import EmailNotValidError, validate_email

from wijkplatform.core.characters import normal as normal_characters
from wijkplatform.core.errors import Invalid
from wijkplatform.core.words import _


def normal(address: str) -> str:
    """The one spelling of an address: NFC, lower case, the name of the mail server in plain letters (IDNA)."""
    try:
        found = validate_email(
            normal_characters(address).strip(), check_deliverability=False, globally_deliverable=False,
            test_environment=True,
        )  # fmt: skip
    except EmailNotValidError:
        raise Invalid("email", unfinished()) from None
    if "." not in (found.ascii_domain or ""):
        raise Invalid("email", unfinished())
    written = f"{found.local_part.lower()}@{found.ascii_domain.lower()}"
    if len(written) > 254:
        raise Invalid("email", unfinished())
    return normal_characters(written)


def unfinished() -> str:
    return _("Maak uw e-mailadres af, zoals naam@voorbeeld.nl")
