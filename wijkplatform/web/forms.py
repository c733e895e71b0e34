"""Forms: one base, fields that share FORMAT's definition of characters, and tokens bound to the session.

A form checks the shape of what was typed, never who may do what. Every error is a sentence that begins with the verb
that repairs.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from flask import g, request, session
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.csrf.core import CSRF
from wtforms.validators import ValidationError
from wtforms.widgets import DateInput

from wijkplatform.core import characters
from wijkplatform.core.actor import Hat
from wijkplatform.core.words import _, _n
from wijkplatform.web import kept

LONGEST_NAME = 200
HOLE = f"token-{secrets.token_hex(16)}"  #: where the token goes in a piece of a page that serves everybody
_left_open: ContextVar[bool] = ContextVar("left_open", default=False)


class SessionToken(CSRF):
    """A token that is only good in the session it was made for; masked anew on every page."""

    def setup_form(self, form: Any) -> Any:
        return super().setup_form(form)

    def generate_csrf_token(self, csrf_token_field: Field) -> str:
        return make_token()

    def validate_csrf_token(self, form: Any, field: Field) -> None:
        """Checked for every POST at once, in `web.security`."""


def make_token() -> str:
    """A token for this session; empty for a visitor, whose forms are guarded by where they come from.

    One page has one token: masked anew on every page, and it still packs well.
    """
    if _left_open.get():
        return HOLE
    secret = session.get("secret")
    if not secret:
        return ""
    if g.get("token_of") != secret:
        salt = secrets.token_hex(8)
        g.token, g.token_of = f"{salt}.{_seal(secret, salt)}", secret
    return str(g.token)


@contextmanager
def token_left_open() -> Iterator[None]:
    """While a piece of a page is made for everybody, the place of the token stays open."""
    before = _left_open.set(True)
    try:
        yield
    finally:
        _left_open.reset(before)


def good_token(token: str) -> bool:
    salt, _dot, seal = token.partition(".")
    secret = session.get("secret", "")
    return bool(secret and salt) and hmac.compare_digest(seal.encode(), _seal(secret, salt).encode())


def _seal(secret: str, salt: str) -> str:
    return hmac.new(secret.encode(), salt.encode(), hashlib.sha256).hexdigest()[:32]


class Form(FlaskForm):
    """The base of every form. On a GET it is filled with what an expired login kept, if anything."""

    class Meta:
        csrf = True
        csrf_class = SessionToken
        csrf_field_name = "csrf_token"

    def __init__(self, *args: Any, **kwargs: Any):
        self.given_back = False
        if request.method == "GET" and not args and (fields := kept.given_back()) is not None:
            super().__init__(fields, **kwargs)
            self.given_back = True
        else:
            super().__init__(*args, **kwargs)

    def accepts(self) -> bool:
        """Was this sent, and is its shape right? A field that came twice is refused, not guessed."""
        return bool(self.validate_on_submit())

    def refuse(self, field: str, sentence: object) -> None:
        """Put a refusal of the service beside the field it is about."""
        target = getattr(self, field, None)
        if not isinstance(target, Field):
            target = next(each for each in self if each.type not in ("CSRFTokenField", "HiddenField"))
        target.errors = [*target.errors, str(sentence)]


class Once:
    """One value for one field: a second one under the same name is a fault, not a choice."""

    def __call__(self, form: Any, field: Field) -> None:
        if len(field.raw_data or []) > 1:
            raise ValidationError(_("Vul dit één keer in. Het kwam dubbel binnen."))


class Needed:
    """The field must hold something; the sentence says what to do."""

    field_flags = {"required": True}

    def __init__(self, sentence: Any):
        self.sentence = sentence

    def __call__(self, form: Any, field: Field) -> None:
        if not (field.data or "").strip():
            raise ValidationError(str(self.sentence))


class NoLongerThan:
    def __init__(self, longest: int):
        self.longest = longest

    def __call__(self, form: Any, field: Field) -> None:
        length = len(field.data or "")
        if length > self.longest:
            raise ValidationError(
                _n(
                    "Maak het korter: er is %(n)s teken te veel. Er passen er %(most)s.",
                    "Maak het korter: er zijn %(n)s tekens te veel. Er passen er %(most)s.",
                    n=length - self.longest,
                    most=self.longest,
                )
            )


class NameField(StringField):
    """One line. What a name may not hold is taken out; `cleaned` says so when it shows."""

    cleaned = False

    def __init__(self, label: Any, needed: Any = None, longest: int = LONGEST_NAME, **kwargs: Any):
        checks = [Once(), NoLongerThan(longest), *([Needed(needed)] if needed else [])]
        super().__init__(label, checks, **kwargs)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        raw = valuelist[0] if valuelist else ""
        self.data = characters.clean_name(raw)
        self.cleaned = self.data != " ".join(characters.normal(raw).split(" ")).strip()


class LongField(TextAreaField):
    """A text: it comes back exactly as typed, and only what nobody can read is refused."""

    def __init__(self, label: Any, needed: Any = None, longest: int = 5_000, **kwargs: Any):
        checks = [Once(), NoLongerThan(longest), *([Needed(needed)] if needed else [])]
        super().__init__(label, checks, **kwargs)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = characters.normal(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        fault = characters.fault_in_text(self.data or "")
        if fault:
            raise ValidationError(
                _("Haal het teken weg dat we niet kunnen bewaren (%(sign)s). Typ die plek opnieuw.", sign=fault)
            )


class NumberField(HiddenField):
    """A whole number that the page itself put there."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        raw = valuelist[0] if len(valuelist) == 1 else ""
        self.data = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else None


class DayField(StringField):
    """A day: what a browser's own field for dates sends, or typed as 20-1-2027. What was typed comes back as it was."""

    widget = DateInput()

    def __init__(self, label: Any, **kwargs: Any):
        super().__init__(label, [Once()], **kwargs)
        self.typed = ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.typed = characters.clean_name(valuelist[0]) if valuelist else ""
        self.data = _day(self.typed)

    def _value(self) -> str:
        return self.data.isoformat() if isinstance(self.data, date) else self.typed

    def pre_validate(self, form: Any) -> None:
        if self.data is None:
            raise ValidationError(_("Kies een dag die bestaat, bijvoorbeeld 20-1-2027."))


def _day(typed: str) -> date | None:
    """A day written as 2027-01-20 or 20-1-2027; None for anything else."""
    found = re.fullmatch(
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", typed, re.A
    )
    if found is None:
        return None
    year, month, day = found.group("y", "m", "d") if found["y"] else reversed(found.groups()[3:])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


class HatField(RadioField):
    """'Namens wie?': the hats somebody wears here. Whether they may use it is asked again at the server."""

    def __init__(self, label: Any, **kwargs: Any):
        super().__init__(label, [Once()], coerce=str, validate_choice=False, **kwargs)

    def offer(self, hats: Sequence[Hat], last: int | None = None) -> None:
        """Offer these hats; the one worn last time is chosen beforehand."""
        self.hats = {str(hat.mandate_id): hat for hat in hats}
        self.choices = [SelectChoice(key, hat.shown[:1].upper() + hat.shown[1:]) for key, hat in self.hats.items()]
        if self.data is None and self.hats:
            self.data = str(last) if str(last) in self.hats else next(iter(self.hats))

    @property
    def hat(self) -> Hat | None:
        return self.hats.get(str(self.data))

    def pre_validate(self, form: Any) -> None:
        if self.hat is None:
            raise ValidationError(_("Kies namens wie u dit zegt. Die rol heeft u niet in deze wijk."))
