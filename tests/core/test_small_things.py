"""Offers, words and errors."""

from collections import defaultdict

import pytest

from wijkplatform.core import offers, words
from wijkplatform.core.errors import Invalid, NotThere, Problem, Refused, Stale, TooMany


@pytest.fixture(autouse=True)
def _own_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offers, "_answers", defaultdict(list))


def test_answers_come_in_the_order_of_the_line_and_each_once() -> None:
    def first() -> list[str]:
        return ["een"]

    def second() -> list[str]:
        return ["twee", "drie"]

    for answer in (first, second, first):
        offers.answer("integrity", answer)
    assert list(offers.ask("integrity")) == [["een"], ["twee", "drie"]]
    assert offers.gather("integrity") == ["een", "twee", "drie"]


def test_a_question_nobody_answers_is_empty_and_an_unknown_one_raises() -> None:
    assert offers.gather("open_now") == []
    with pytest.raises(LookupError):
        list(offers.ask("opne_now"))
    with pytest.raises(LookupError):
        offers.answer("opne_now", print)


def test_words_count_and_fill_in() -> None:
    assert words.gettext("Nog %(n)s dagen.", n=3) == "Nog 3 dagen."
    assert words.gettext("100% zeker") == "100% zeker"
    assert [words.ngettext("%(n)s punt", "%(n)s punten", n) for n in (0, 1, 2)] == ["0 punten", "1 punt", "2 punten"]
    assert words.counted("%(num)s dag", "%(num)s dagen", 1) == "%(num)s dag"


def test_a_lazy_sentence_is_looked_up_when_it_is_shown() -> None:
    sentence = words.lazy("Dat kan niet.")
    assert str(sentence) == "Dat kan niet."


def test_an_unknown_language_falls_back_to_dutch() -> None:
    words.use("xx")
    assert words.locale() == "nl"
    words.use("../../etc/passwd")
    assert words.locale() == "nl"
    assert words.available()[0] == "nl"


def test_problems_carry_sentences() -> None:
    assert str(Refused("Dat mag niet.")) == "Dat mag niet."
    assert (Invalid("title", "Te lang.").field, TooMany("Wacht.", 60).seconds) == ("title", 60)
    assert issubclass(NotThere, Problem)
    assert not issubclass(Stale, Problem), "a conflict is no refusal: it has a page of its own"
