"""Saying where one lives."""

from collections.abc import Sequence

from wtforms import HiddenField, RadioField, SelectChoice
from wtforms.validators import ValidationError

from wijkplatform.core.words import _, _l
from wijkplatform.places.models import Area
from wijkplatform.web.forms import Form, NameField, Once


class Join(Form):
    """A resident says in which area they live; a name is welcome and not needed."""

    area = RadioField(_l("In welke buurt woont u?"), [Once()], validate_choice=False)
    name = NameField(_l("Hoe heet u?"))
    verder = HiddenField()

    def offer(self, areas: Sequence[Area]) -> None:
        self.area.choices = [SelectChoice(area.code, area.name) for area in areas]

    def validate_area(self, field: RadioField) -> None:
        if field.data not in {each.value for each in self.area.choices}:
            raise ValidationError(_("Kies de buurt waar u woont."))
