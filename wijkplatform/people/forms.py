"""What is typed to get in, and how somebody wants to be shown."""

from typing import Any

from wtforms import EmailField, HiddenField, RadioField, SelectChoice, StringField
from wtforms.validators import ValidationError

from wijkplatform.core.characters import clean_name
from wijkplatform.core.words import _, _l
from wijkplatform.people import names
from wijkplatform.people.models import SHOWN_AS
from wijkplatform.web.forms import Form, Needed, NoLongerThan, Once


class Ask(Form):
    """An address to send a mail to, and where somebody was going."""

    email = EmailField(
        _l("Uw e-mailadres"), [Once(), Needed(_l("Vul uw e-mailadres in, zoals naam@voorbeeld.nl")), NoLongerThan(254)]
    )
    verder = HiddenField(validators=[Once()])


class Code(Form):
    """The code to type over, for one request."""

    code = StringField(
        _l("De code uit uw mail"), [Once(), Needed(_l("Vul de zes cijfers uit uw mail in")), NoLongerThan(40)]
    )
    aanvraag = HiddenField(validators=[Once()], filters=[lambda key: clean_name(key or "")])


class Shown(Form):
    """How a resident wants to be shown from now on."""

    shown_as = RadioField(_l("Hoe wilt u genoemd worden?"), [Once()], validate_choice=False)

    def offer(self, now: str | None) -> None:
        self.shown_as.choices = [SelectChoice(code, words) for code, words in names.choices()]
        if not self.is_submitted():
            self.shown_as.data = now or SHOWN_AS[0]

    def validate_shown_as(self, field: RadioField) -> None:
        if field.data not in SHOWN_AS:
            raise ValidationError(_("Kies hoe u genoemd wilt worden."))


class AsksHowShown(Form):
    """Once, at the first contribution of a resident: how do you want to be shown? The form itself has the field."""

    shown_as: Any

    def ask_shown_as(self, first_name: str | None) -> None:
        """Without a name there is nothing to choose."""
        if first_name is None:
            del self.shown_as
        else:
            self.shown_as.choices = [SelectChoice(code, words) for code, words in names.choices()]

    def validate_shown_as(self, field: RadioField) -> None:
        if field.data not in SHOWN_AS:
            raise ValidationError(_("Kies hoe u genoemd wilt worden."))
