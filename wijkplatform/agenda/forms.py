"""The shape of a need as somebody types it."""

from collections.abc import Sequence

from wtforms import RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from wijkplatform.core.words import _, _l
from wijkplatform.people.forms import AsksHowShown
from wijkplatform.people.models import SHOWN_AS
from wijkplatform.places.models import Area
from wijkplatform.web.forms import Form, HatField, LongField, NameField


class Choices(SelectMultipleField):
    """Several of a few: check boxes, not a list to hold a key over."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Form) -> None:
        known = {value for value, _label, *_rest in self.iter_choices()}
        if set(self.data or ()) - known:
            raise ValidationError(_("Kies een van de buurten die hier staan."))


class Raise(AsksHowShown):
    """A need: a line that people remember, and the story behind it. Without a story the line is the story."""

    title = NameField(_l("Wat moet er beter?"), needed=_l("Schrijf in één zin wat er beter moet."), longest=120)
    text = LongField(_l("Vertel erbij hoe het nu gaat"), longest=5_000)
    areas = Choices(_l("Om welke buurt gaat het?"))
    hat = HatField(_l("Namens wie zegt u dit?"))
    shown_as = RadioField(_l("Hoe wilt u genoemd worden?"), validate_choice=False, default=SHOWN_AS[0])

    def offer_areas(self, areas: Sequence[Area]) -> None:
        self.areas.choices = [SelectChoice(area.code, area.name) for area in areas]


class Support(Form):
    """Supporting a need, or taking that back."""

    deed = NameField(_l("Wat u doet"), longest=20)
