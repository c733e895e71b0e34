"""The promise that comes with a moment, as an official types it; and where people can read what became of it."""

from urllib.parse import urlsplit

from wtforms import BooleanField, RadioField, SelectChoice
from wtforms.validators import ValidationError

from wijkplatform.core.words import _, _l
from wijkplatform.rounds.models import Promise
from wijkplatform.web.forms import DayField, Form, HatField, LongField, NameField, Once
from wijkplatform.web.paths import is_own

#: The four steps of the stair, by the level that is stored; an advice is the fifth, on the step of `consult`.
STEPS = {
    "inform": _l("Meeweten"),
    "consult": _l("Meedenken"),
    "coproduce": _l("Meeschrijven"),
    "decide": _l("Meebeslissen"),
}
#: What each step means, in one line under the choice.
MEANS = {
    "inform": _l("Bewoners horen wat er gebeurt en waarom."),
    "consult": _l("Bewoners zeggen wat zij vinden. De gemeente legt uit wat zij ermee doet."),
    "coproduce": _l("Bewoners schrijven de tekst samen met de gemeente."),
    "decide": _l("Bewoners nemen het besluit samen met de gemeente."),
}


class GivePromise(Form):
    """What is promised: how much say, who decides, what lies open and what is fixed, and when everybody hears back."""

    level = RadioField(_l("Hoeveel hebben bewoners te zeggen?"), [Once()], validate_choice=False)
    advice = BooleanField(_l("Bewoners geven een officieel advies"), false_values=("", "0", "nee"))
    decides = LongField(_l("Wie beslist er?"), needed=_l("Schrijf op wie er beslist."), longest=1_000)
    open = LongField(
        _l("Wat ligt open?"), needed=_l("Schrijf op waar bewoners nog iets aan kunnen veranderen."), longest=2_000
    )
    fixed = LongField(
        _l("Wat staat vast?"),
        needed=_l("Schrijf op wat niet meer kan veranderen. Niets? Schrijf dat op."),
        longest=2_000,
    )
    hear_by = DayField(_l("Wanneer hoort iedereen uiterlijk wat ermee is gedaan?"))
    hat = HatField(_l("Namens wie belooft u dit?"))

    def offer_levels(self) -> None:
        self.level.choices = [SelectChoice(code, str(words)) for code, words in STEPS.items()]

    def validate_level(self, field: RadioField) -> None:
        if field.data not in STEPS:
            raise ValidationError(_("Kies hoeveel bewoners te zeggen hebben."))

    def validate_advice(self, field: BooleanField) -> None:
        if field.data and self.level.data in STEPS and self.level.data != "consult":
            raise ValidationError(_("Kies ‘Meedenken’, of haal dit vinkje weg. Een advies hoort bij meedenken."))

    def promise(self) -> Promise:
        return Promise(
            level="advise" if self.advice.data else self.level.data, fixed=self.fixed.data, open=self.open.data,
            decides=self.decides.data, hear_by=self.hear_by.data,
        )  # fmt: skip


class Keep(Form):
    """Everybody was told: where to read it."""

    where = NameField(
        _l("Waar kan iedereen dat lezen?"),
        needed=_l("Vul het adres in van de bladzijde met het antwoord."),
        longest=500,
    )
    hat = HatField(_l("Namens wie zegt u dit?"))

    def validate_where(self, field: NameField) -> None:
        if not leads_somewhere(field.data or ""):
            raise ValidationError(_("Vul een heel adres in, dat begint met https:// of met /wijken."))


def leads_somewhere(address: str) -> bool:
    """A page of our own, or one elsewhere with a host."""
    if address.startswith("/"):
        return is_own(address)
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in address
