"""The shape of what a co-author sends."""

from wijkplatform.core.words import _l
from wijkplatform.texts.service import LONGEST
from wijkplatform.web.forms import Form, HatField, LongField, NameField, NumberField


class Revise(Form):
    """A section as somebody rewrote it, on top of version `base`."""

    body = LongField(_l("De tekst"), longest=LONGEST)
    note = NameField(_l("Wat heeft u veranderd, en waarom?"), longest=300)
    hat = HatField(_l("Namens wie schrijft u?"))
    base = NumberField()


class Joined(Revise):
    """The two texts made one by the second writer: `theirs` is the version that came in between."""

    theirs = NumberField()


class Restore(Form):
    """Putting an older version back."""

    note = NameField(_l("Waarom zet u deze versie terug?"), needed=_l("Schrijf kort waarom."), longest=300)
    hat = HatField(_l("Namens wie doet u dit?"))
