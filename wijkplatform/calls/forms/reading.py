"""The shape of a remark as somebody sends it: about what, what they say, and on whose behalf."""

from collections.abc import Mapping, Sequence

from wtforms import HiddenField, RadioField, SelectChoice
from wtforms.validators import ValidationError

from wijkplatform.core.words import _, _l
from wijkplatform.people.forms import AsksHowShown
from wijkplatform.people.models import SHOWN_AS
from wijkplatform.remarks.passages import seen
from wijkplatform.texts.sentences import sentences
from wijkplatform.web.forms import HatField, LongField, NumberField

#: What a remark can be about. A sentence is a choice of its own: 's1', 's2', …
WHOLE, ARTICLE, WORDS = "stuk", "artikel", "woorden"
LONGEST = 5_000


class Speak(AsksHowShown):
    """What every remark and reply has: words, a hat, and once the question how one wants to be shown."""

    text = LongField(_l("Wat wilt u zeggen?"), needed=_l("Schrijf eerst wat u wilt zeggen."), longest=LONGEST)
    hat = HatField(_l("Namens wie zegt u dit?"))
    shown_as = RadioField(_l("Hoe wilt u genoemd worden?"), validate_choice=False, default=SHOWN_AS[0])


class Remark(Speak):
    """A remark: about the passage, one sentence of it, words that somebody selected or typed, or the whole article."""

    about = RadioField(_l("Waar gaat uw reactie over?"), validate_choice=False)
    words = LongField(_l("De woorden waar het om gaat"), longest=2_000)
    stuk = HiddenField()
    near = NumberField()  #: where in the passage, as seen, the selection began
    read = NumberField()  #: the version of the article that was read

    def offer(self, passage: str | None) -> None:
        """The choices for this passage, its sentences as they show; without one it is about the whole article."""
        pieces: Sequence[str] = [seen(each)[0].strip() for each in sentences(passage)] if passage else ()
        self.pieces = {f"s{no}": piece for no, piece in enumerate(pieces, 1)} if len(pieces) > 1 else {}
        self.beginnings = _beginnings(passage or "", self.pieces)
        self.about.choices = [
            *([SelectChoice(WHOLE, _("Het hele stuk"))] if passage else []),
            *(SelectChoice(key, _("Deze zin: ‘%(words)s’", words=_short(piece))) for key, piece in self.pieces.items()),
            SelectChoice(WORDS, _("Een paar woorden, die ik hieronder zet")),
            SelectChoice(ARTICLE, _("Het hele artikel")),
        ]
        if self.about.data is None:
            self.about.data = WORDS if (self.words.data or "").strip() else WHOLE if passage else ARTICLE

    def validate_about(self, field: RadioField) -> None:
        if len(field.raw_data or []) > 1 or field.data not in {choice[0] for choice in field.iter_choices()}:
            raise ValidationError(_("Kies waar uw reactie over gaat."))

    def validate_words(self, field: LongField) -> None:
        if self.about.data == WORDS and not (field.data or "").strip():
            raise ValidationError(_("Zet hier de woorden waar het om gaat, of kies ‘het hele stuk’."))

    @property
    def quote(self) -> str | None:
        """The words that are meant, if it is not the whole."""
        if self.about.data == WORDS:
            return self.words.data
        return self.pieces.get(self.about.data or "")

    @property
    def begins(self) -> int | None:
        """Where in the passage, as seen, these words begin: what was selected, or the sentence that was chosen."""
        return self.near.data if self.about.data == WORDS else self.beginnings.get(self.about.data or "")


def _beginnings(passage: str, pieces: Mapping[str, str]) -> dict[str, int]:
    """The place of each sentence in the passage as seen; the same sentence twice has two."""
    shown, at, found = seen(passage)[0], 0, {}
    for key, piece in pieces.items():
        place = shown.find(piece, at)
        if place >= 0:
            found[key], at = place, place + len(piece)
    return found


def _short(piece: str) -> str:
    words = " ".join(piece.split())
    return words if len(words) <= 90 else words[:89].rsplit(" ", 1)[0] + "…"
