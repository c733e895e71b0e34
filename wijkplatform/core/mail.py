"""Mail: one letter in plain words and in simple HTML, sent by SMTP or laid down as a file.

`post` writes a letter in the outbox; `send` carries it out. A letter holds everything it needs, so that a retry is
the same mail, with the same Message-ID.
"""

import os
import re
import secrets
import smtplib
import ssl
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from flask import current_app
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from wijkplatform.core import clock, outbox, words
from wijkplatform.core.characters import clean_name, fault_in_name

KIND = "mail"
SECONDS = 30  #: how long a mail server may keep us waiting
AT_HOME = ("localhost", "127.0.0.1", "::1")


class Settings(Protocol):
    """What mail needs of the settings."""

    mail_url: str
    mail_from: str
    site_name: str
    data_dir: Path

    @property
    def address(self) -> str: ...


def settings() -> Settings:
    return current_app.settings  # type: ignore[attr-defined, no-any-return]


def line(text: str) -> dict[str, str]:
    """A paragraph of a letter."""
    return {"kind": "line", "text": text}


def button(text: str, path: str) -> dict[str, str]:
    """A button of a letter: an own path, under the address in the settings."""
    return {"kind": "button", "text": text, "href": f"{settings().address}{path}"}


def sign(text: str) -> dict[str, str]:
    """Something to type over, by itself on a line."""
    return {"kind": "sign", "text": text}


def post(
    to: str, subject: str, parts: Sequence[dict[str, str]], *, until: datetime | None = None,
    session: Session | None = None,
) -> None:  # fmt: skip
    """Post a letter in the deed or in the transaction given. After `until` it is not worth sending any more."""
    now = clock.now()
    payload = {
        "id": secrets.token_hex(12), "made_at": now.isoformat(), "until": until.isoformat() if until else None,
        "to": to, "subject": subject, "parts": list(parts), "language": words.locale(),
    }  # fmt: skip
    outbox.post(KIND, payload, session)


def send(payload: dict[str, Any]) -> None:
    """Carry out a posted letter."""
    if payload["until"] and datetime.fromisoformat(payload["until"]) <= clock.now():
        raise outbox.Stop("too late to be of use")
    chosen = settings()
    letter = build(payload, chosen)
    if chosen.mail_url:
        by_smtp(letter, chosen.mail_url)
    else:
        to_file(letter, payload, chosen.data_dir / "mail")


def build(payload: dict[str, Any], chosen: Settings) -> EmailMessage:
    """The mail as it goes out. Every header is one line of one meaning: what breaks out of it is never sent."""
    receiver = addressed(payload["to"])
    sender = addressed(chosen.mail_from, clean_name(chosen.site_name))
    host = urlsplit(chosen.address).hostname or "localhost"
    letter = EmailMessage(policy=SMTP if receiver.addr_spec.isascii() else SMTPUTF8)
    letter["From"] = sender
    letter["To"] = receiver
    letter["Subject"] = clean_name(payload["subject"])
    letter["Date"] = format_datetime(datetime.fromisoformat(payload["made_at"]))
    letter["Message-ID"] = f"<{payload['id']}@{host if ':' not in host else 'localhost'}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter["Content-Language"] = payload["language"]
    encoding = "quoted-printable" if chosen.mail_url else "8bit"  # files are there to be read
    letter.set_content(as_text(payload["parts"]), cte=encoding)
    letter.add_alternative(as_html(payload, chosen), subtype="html", cte=encoding)
    return letter


def addressed(address: str, name: str = "") -> Address:
    """An address for a header; one with anything in it that is no address is refused."""
    if fault_in_name(address) or not re.fullmatch(r"[^\s\"(),:;<>@\[\]\\]+@[^\s\"(),:;<>@\[\]\\]+", address):
        raise outbox.Stop("no usable address")
    user, _at, domain = address.rpartition("@")
    return Address(name, user, domain)


def as_text(parts: Sequence[dict[str, str]]) -> str:
    """The letter in plain words."""
    lines = [f"{part['text']}:\n{part['href']}" if part["kind"] == "button" else part["text"] for part in parts]
    return "\n\n".join(lines) + "\n"


def as_html(payload: dict[str, Any], chosen: Settings) -> str:
    """The letter in simple HTML, without pictures and without anything from elsewhere."""
    ready = {
        "line": Markup("<p>{text}</p>"),
        "sign": Markup('<p style="font-size:28px;font-weight:bold;letter-spacing:4px">{text}</p>'),
        "button": Markup(
            '<p><a href="{href}" style="display:inline-block;padding:14px 24px;border-radius:8px;background:#0e4b3c;'
            'color:#ffffff;font-weight:bold;text-decoration:none">{text}</a></p>'
        ),
    }
    body = Markup("\n").join(ready[part["kind"]].format(**part) for part in payload["parts"])
    return str(
        Markup(
            '<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head>\n'
            '<body style="margin:0;padding:24px;background:#fbf6ec;color:#1d2622;'
            'font-family:Verdana,Arial,sans-serif;font-size:18px;line-height:1.5">\n'
            "<p><strong>{site}</strong></p>\n{body}\n</body></html>\n"
        ).format(lang=payload["language"], title=payload["subject"], site=escape(chosen.site_name), body=body)
    )


def to_file(letter: EmailMessage, payload: dict[str, Any], folder: Path) -> Path:
    """Lay the mail down as a file that is there as a whole or not at all; a retry replaces its own file."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = datetime.fromisoformat(payload["made_at"])
    target = folder / f"{made:%Y%m%dT%H%M%S%f}-{payload['id']}.eml"
    rough = folder / f".{target.name}.{secrets.token_hex(4)}"
    with os.fdopen(os.open(rough, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(bytes(letter))
        file.flush()
        os.fsync(file.fileno())
    rough.replace(target)
    return target


def by_smtp(letter: EmailMessage, url: str) -> None:
    """Hand the mail to the mail server. What it refuses for good (5xx) stops; everything else is tried again."""
    try:
        with _connected(url) as server:
            server.send_message(letter)
    except (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError) as problem:
        raise outbox.Later(f"SMTP {problem.smtp_code}") from None  # about the server or our settings, not this mail
    except smtplib.SMTPRecipientsRefused as problem:
        _judge(max(code for code, _words in problem.recipients.values()))
    except smtplib.SMTPResponseException as problem:
        _judge(problem.smtp_code)
    except smtplib.SMTPNotSupportedError:
        raise outbox.Stop("the mail server does not take this address") from None


def _judge(code: int) -> None:
    raise outbox.Stop(f"SMTP {code}") if 500 <= code < 600 else outbox.Later(f"SMTP {code}")


def _connected(url: str) -> smtplib.SMTP:
    """A connection, encrypted whenever the server can; a password never travels in the open."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    safe = ssl.create_default_context()
    if host in AT_HOME:
        safe.check_hostname, safe.verify_mode = False, ssl.CERT_NONE
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=SECONDS, context=safe)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=SECONDS)
    try:
        server.ehlo_or_helo_if_needed()
        covered = parts.scheme == "smtps"
        if not covered and server.has_extn("starttls"):
            server.starttls(context=safe)
            server.ehlo()
            covered = True
        if parts.username:
            if not covered and host not in AT_HOME:
                raise outbox.Later("the mail server offers no encryption for the password")
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server
