"""The shape of an answer, of an article as an official writes it, and of bringing the next version out."""

from collections.abc import Sequence

from wtforms import RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from wijkplatform.core.words import _, _l
from wijkplatform.remarks.answers import LONGEST as LONGEST_ANSWER
from wijkplatform.remarks.models import VERDICTS, Remark
from wijkplatform.remarks.passages import title
from wijkplatform.texts.models import Version
from wijkplatform.texts.service import LONGEST
from wijkplatform.web.forms import Form, HatField, LongField, NameField, NumberField, Once

VERDICT_NAMES = {
    "adopted": _l("Overgenomen"),
    "partly": _l("Deels overgenomen"),
    "declined": _l("Niet overgenomen"),
    "passed_on": _l("Doorgegeven aan een ander"),
}


class Ticked(SelectMultipleField):
    """Remarks to tick off. What is not on the page any more is for the service to say."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Form) -> None:
        if len(self.data or ()) > 100:
            raise ValidationError(_("Kies ten hoogste honderd reacties tegelijk."))

    def offer(self, remarks: Sequence[Remark]) -> None:
        self.choices = [SelectChoice(each.code, f"{each.code}. {title(each.text)}") for each in remarks]


class Verdict(RadioField):
    """One of the four; nothing is chosen beforehand."""

    def pre_validate(self, form: Form) -> None:
        if self.data not in VERDICTS:
            raise ValidationError(_("Kies wat u met deze reactie doet."))


class Change(RadioField):
    """The number of the version in which the text changed; empty when it need not change."""

    def offer(self, changes: Sequence[Version]) -> None:
        none = SelectChoice("", _("Geen wijziging aanwijzen"))
        self.choices = [
            *(SelectChoice(str(each.number), _("Versie %(no)s van dit artikel", no=each.number)) for each in changes),
            none,
        ]

    def pre_validate(self, form: Form) -> None:
        if self.data and self.data not in {choice.value for choice in self.choices}:
            raise ValidationError(_("Kies een wijziging die hier staat, van na deze reactie."))


class Answering(Form):
    """An answer, to one remark or to several on the same article. `base` is the revision that was read, 0 for none."""

    verdict = Verdict(_l("Wat doet u ermee?"), [Once()], validate_choice=False)
    reason = LongField(
        _l("Waarom?"), needed=_l("Schrijf waarom. Wie reageerde, heeft recht op een reden."), longest=LONGEST_ANSWER
    )
    change = Change(_l("Welke wijziging komt hieruit?"), [Once()], validate_choice=False, default="")
    unchanged = LongField(_l("Of: waarom hoeft de tekst niet te veranderen?"), longest=LONGEST_ANSWER)
    also = Ticked(_l("Geef deze reacties hetzelfde antwoord"), validate_choice=False)
    hat = HatField(_l("Namens wie antwoordt u?"))
    base = NumberField()

    def offer(self, remarks: Sequence[Remark], changes: Sequence[Version]) -> None:
        self.verdict.choices = [SelectChoice(code, str(VERDICT_NAMES[code])) for code in VERDICTS]
        self.also.offer(remarks)
        self.change.offer(changes)


class WriteArticle(Form):
    """An article on top of version `base`, and the remarks it is changed for."""

    body = LongField(_l("De tekst"), longest=LONGEST)
    note = NameField(_l("Wat heeft u veranderd, en waarom?"), longest=300)
    because = Ticked(_l("Door welke reacties verandert dit?"), validate_choice=False)
    hat = HatField(_l("Namens wie schrijft u?"))
    base = NumberField()


class JoinArticle(WriteArticle):
    """The two texts made one by the second writer: `theirs` is the version that came in between."""

    theirs = NumberField()


class NewArticle(Form):
    title = NameField(_l("Hoe heet het artikel?"), needed=_l("Geef het artikel een titel."), longest=120)
    body = LongField(_l("De tekst"), needed=_l("Schrijf de tekst van het artikel."), longest=LONGEST)
    note = NameField(_l("Waarom komt dit erbij?"), longest=300)
    hat = HatField(_l("Namens wie schrijft u?"))


class Drop(Form):
    """Taking an article out of the next version, or putting it back."""

    deed = NameField(_l("Wat u doet"), longest=20)
    hat = HatField(_l("Namens wie doet u dit?"))


class BringOut(Form):
    """Bringing the next version out; `move` is what the page said it would be."""

    note = NameField(_l("Wat is er veranderd, in één zin?"), longest=300)
    introduction = LongField(_l("Inleiding van de nota van beantwoording"), longest=2_000)
    hat = HatField(_l("Namens wie doet u dit?"))
    move = NameField(_l("Welke stap"), longest=20)
