"""How people are shown: the hat in words, and the name that goes with it. No database."""

from wijkplatform.core.words import _

#: Short names of the known roles, as they stand behind a name; other roles are shown by their own name. Not
#: translated: a hat is frozen on what was said, and stays what it was in whichever language somebody writes or reads.
SHORT = {
    "bewoner": "bewoner",
    "bestuurslid_zelfbeheer": "bestuur",
    "vrijwilliger": "vrijwilliger",
    "sociaal_makelaar": "sociaal makelaar",
    "sociaal_beheerder": "sociaal beheerder",
    "jongerenwerker": "jongerenwerker",
    "manager_welzijn": "manager",
    "beleidsregisseur": "beleidsregisseur",
    "inkoper": "inkoopadviseur",
    "wethouder": "wethouder",
    "bewonersbeoordelaar": "bewoner in het beoordelingsteam",
    "inschrijver": "inschrijver",
    "facilitator": "gespreksleider",
    "moderator": "moderator",
    "beheerder": "beheerder van de website",
}
#: The role in which somebody speaks for themselves; in every other one they act in a function, shown by name.
PRIVATE_ROLE = "bewoner"


def hat(role_key: str, role_name: str, *, area: str | None, organisation: str | None, centre: str | None) -> str:
    """'bewoner Havenblokken', 'bestuur Buurthuis De Kade', 'sociaal makelaar, Onder de Brug'."""
    short = SHORT.get(role_key) or role_name[:1].lower() + role_name[1:]
    if role_key == PRIVATE_ROLE:
        return f"{short} {area}" if area else short
    if centre and role_key in ("bestuurslid_zelfbeheer", "vrijwilliger"):
        return f"{short} {centre}"
    if organisation or centre:
        return f"{short}, {organisation or centre}"
    return short


def name(role_key: str, full_name: str | None, shown_as: str | None) -> str | None:
    """The name as shown: residents only as far as they chose, somebody in a function always. None: 'een bewoner'."""
    if full_name is None:
        return None
    if role_key != PRIVATE_ROLE or shown_as == "full_name":
        return full_name
    if shown_as == "first_name":
        return full_name.split()[0]
    return None


def in_words(shown_name: str | None, shown_hat: str) -> str:
    """One line for a list or a screen reader: 'Samira el Bahlouli, bestuur Buurthuis De Kade'."""
    if shown_name:
        return _("%(name)s, %(hat)s", name=shown_name, hat=shown_hat)
    return shown_hat[:1].upper() + shown_hat[1:]
