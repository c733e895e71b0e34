"""What is typed to get in."""

from wtforms import EmailField, HiddenField, StringField

from wijkplatform.core.characters import clean_name
from wijkplatform.core.words import _l
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
