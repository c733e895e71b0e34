"""A text is cut between sentences, never inside one, and nothing is lost or invented."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkplatform.texts.sentences import normalise, paragraphs, sentences, tokens

# | marks where the text is cut; a text without | is one sentence.
CUTS = {
    "abbreviations": "Neem bijv. koffie, o.a. met melk, d.w.z. niet zwart.",
    "with regard to": "M.b.t. de huur, i.v.m. de winter en n.a.v. Marie haar vraag, t.a.v. Jan.",
    "and so on, sentence goes on": "Koffie, thee enz. staan klaar.",
    "and so on, at the end": "Er is koffie, thee, enz.| De zaal is open.",
    "etcetera at the end": "Stoelen, tafels etc.| Wij zorgen daarvoor.",
    "titles": "Dhr. De Boer, mevr. Yilmaz, dr. Jansen, drs. Bakker, ir. Smit, mr. Visser en prof. Kok komen.",
    "initials": "Dat zei J. de Vries tegen A.B. Jansen en J.-P. Mulder.",
    "a saint": "De Sint Jan of St. Jan staat in de wijk.",
    "numbers of things": "Zie nr. 5, blz. 12, p. 3 en art. 7 en vgl. Bijlage 2.",
    "including": "De huur is € 1.250,00 incl. BTW en excl. Energie, resp. Water.",
    "about": "Dat kost ca. € 40.000 per jaar, p.p. Ongeveer.",
    "last month, next to a capital": "Dat was op 3 mei jl.| De wethouder was erbij.",
    "as soon as possible": "Graag z.s.m. Marie bellen, a.u.b. Voor vrijdag.",
    "from a date on": "Dit geldt m.i.v. 1 januari en t/m 31 maart, e.d. en zo.",
    "firms": "De B.V. Wijkwerk en de N.V. Stadsgas doen mee.",
    "amounts": "Het kost € 1.250,00.| De rest is 40.000 euro.| Dat is 1.5 keer zoveel.",
    "times": "Open om 9.00 uur en dicht om 19.30.| Daarna is er niemand.",
    "dates": "Het begon op 12.05.2026.| Het duurt een jaar.",
    "a month in short": "Op 12 jan. 2026 begint het.",
    "a man called Jan": "Dat zei Jan.| Hij ging weg.",
    "article numbers": "Zie art. 2.114 lid 3.| Daar staat het.| Ook artikel 3.2.1 geldt.",
    "an article number at the end": "Dat staat in artikel 3.2.1.| Lees het goed.",
    "an article as title": "Artikel 3. Inkoop en beheer",
    "numbered": "1. Inleiding",
    "three dots for words left out": "De heer ... Jansen zei dat.",
    "three dots inside": "Wij dachten... of toch niet.",
    "three dots at the end": "Tja…| Dat weten wij niet.",
    "a quote that ends": "Zij zei: ‘Kom binnen.’| Daarna gingen wij zitten.",
    "a quote in double marks": "Hij riep: “Nu!”| Niemand kwam.",
    "a quote that goes on": "‘Kom binnen!’ zei Marie.",
    "questions and calls": "Wie komt?| Iedereen!| Echt waar?!| Ja.",
    "brackets": "Dit is nieuw (zie bijlage 2.)| Lees het na.",
    "strong letters": "**Let op.**| De zaal is dicht.",
    "a word with an apostrophe": "Overdag is het druk.| 's Avonds is het stil.| 't Is jammer.",
    "a number begins": "Wij zijn open.| 12 mensen kwamen.",
    "an address on the web": "Kijk op www.wijk.nl.| Of bel ons.",
    "a line broken by hand": "Deze zin loopt\ndoor op de volgende regel.| En deze\nook.",
    "a list": "Wij willen:\n|- een bank\n|- een boom\n|* een hek",
    "a numbered list": "1. Eerst koffie.\n|2. Dan praten.",
    "a list with sentences": "- Een bank.| Liefst groen.\n|- Een boom",
    "a heading": "## Nr. 1. Wat wij willen. Echt\n|Een bank.",
    "an abbreviation at the end of a line": "Neem mee, bijv.\n|- koffie",
}


@pytest.mark.parametrize("marked", CUTS.values(), ids=CUTS.keys())
def test_cut_between_sentences_only(marked):
    expected = [piece.strip() for piece in marked.split("|")]
    assert sentences(marked.replace("|", "")) == expected


def test_borders_stand_between_paragraphs():
    assert [token.kind for token in tokens("Een. Twee.\n\nDrie.\n \n\nVier.")] == [
        "sentence", "sentence", "border", "sentence", "border", "sentence",
    ]  # fmt: skip


def test_a_paragraph_knows_its_place():
    text = "Eén.\n\n  Twee.\nNog twee. \n   \nDrie."
    assert [paragraph.text for paragraph in paragraphs(text)] == ["Eén.", "  Twee.\nNog twee. ", "Drie."]
    assert all(text[start:end] == part for start, end, part in paragraphs(text))


@pytest.mark.parametrize("empty", ["", " ", "\n\n", "\r\n \r\n"])
def test_an_empty_text_has_nothing_in_it(empty):
    assert (normalise(empty), tokens(empty), paragraphs(empty), sentences(empty)) == ("", [], [], [])


def test_only_blank_lines_around_the_text_are_taken_off():
    assert normalise("\n \n  Een.  \n\n\n Twee.  \n \n") == "  Een.  \n\n\n Twee.  "


LETTERS = [*"aA1é.!?…,:\"'’”‘“()[]*_#->|/€ \n\t\r\u0301\u00a0ع"]
PIECES = [" de ", "bijv. ", "\n\n", "Zin. ", "\n- ", "\n1. "]
texts = st.lists(st.sampled_from(LETTERS + PIECES), max_size=40).map("".join)


@settings(deadline=None)  # how many examples, the profile says
@given(texts)
def test_nothing_lost_and_nothing_invented(text):
    assert "".join(token.text for token in tokens(text)) == normalise(text)


@settings(deadline=None)
@given(texts)
def test_normalising_twice_is_normalising_once(text):
    assert normalise(normalise(text)) == normalise(text)


@settings(deadline=None)
@given(texts)
def test_line_ends_and_composed_letters_change_nothing(text):
    text = normalise(text)
    sent_otherwise = unicodedata.normalize("NFD", text).replace("\n", "\r\n")
    assert tokens(sent_otherwise) == tokens(text)
    assert paragraphs(sent_otherwise) == paragraphs(text)


@settings(deadline=None)
@given(texts)
def test_every_sentence_says_something_and_lies_in_one_paragraph(text):
    found = sentences(text)
    assert all(found)
    assert found == [sentence for paragraph in paragraphs(text) for sentence in sentences(paragraph.text)]


@pytest.mark.parametrize("piece", ["!", ". ", ".”", "a.\n", "1.", "[. ", "- ", "\n", ".(", "'s "])
@pytest.mark.timeout(60)
def test_a_text_made_to_be_slow_is_not_slow(piece):
    text = piece * 50_000 + "x"
    assert "".join(token.text for token in tokens(text)) == normalise(text)
