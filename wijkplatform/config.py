"""Every setting, in one place, with its meaning; a wrong one is refused with a sentence."""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class WrongSetting(Exception):
    """A setting that cannot be used; the sentence names it and says what to write."""


class Settings(BaseSettings):
    """The environment, read once. Names outside this class are read nowhere."""

    model_config = SettingsConfigDict(env_prefix="WIJKPLATFORM_", env_ignore_empty=True, extra="ignore")

    data_dir: Path = Field(Path("data"), validation_alias="DATA_DIR", description="Map met database, sleutel en post.")
    host: str = Field("127.0.0.1", validation_alias="HOST", description="Adres waarop de server luistert.")
    port: int = Field(5000, ge=1, le=65535, validation_alias="PORT", description="Poort waarop de server luistert.")
    database_url: str = Field(
        "", description="Database. Leeg: SQLite in DATA_DIR. Voor schaal: postgresql+psycopg://gebruiker@host/naam."
    )
    valkey_url: str = Field(
        "", description="Voorbehouden: Valkey of Redis. Nu telt de database zelf, ook met meer processen."
    )
    secret_key: str = Field("", description="Sleutel voor handtekeningen, minstens 32 tekens. Leeg: DATA_DIR/sleutel.")
    mail_url: str = Field("", description="Mailserver, smtp://host:poort. Leeg: bestanden in DATA_DIR/mail.")
    mail_from: str = Field("wijkplatform@localhost", description="Afzender van onze mail.")
    base_url: str = Field("", description="Adres van de site, zoals bewoners het zien. Leeg: http://127.0.0.1:PORT.")
    proxies: int = Field(0, ge=0, le=5, description="Hoeveel eigen proxy's er vóór de website staan.")
    site_name: str = Field("Wijkplatform", description="Naam van de site, bovenaan elke bladzijde.")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not value:
            return value
        if value.startswith("postgresql://"):
            return "postgresql+psycopg://" + value.removeprefix("postgresql://")
        if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("begin met sqlite:/// of postgresql+psycopg://")
        return value

    @field_validator("mail_url")
    @classmethod
    def _smtp(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
            raise ValueError("schrijf het als smtp://host:poort")
        return value

    @field_validator("base_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/")):
            raise ValueError("schrijf het als https://wijk.voorbeeld.nl, zonder pad")
        return value.rstrip("/")

    @field_validator("valkey_url")
    @classmethod
    def _valkey(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in ("redis", "rediss", "valkey", "valkeys", "unix"):
            raise ValueError("schrijf het als redis://host:poort")
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if value and len(value) < 32:
            raise ValueError("gebruik minstens 32 tekens")
        return value

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'wijkplatform.sqlite3'}"

    @property
    def address(self) -> str:
        """Where links in mail lead; never taken from a request."""
        return self.base_url or f"http://127.0.0.1:{self.port}"

    @property
    def key_file(self) -> Path:
        return self.data_dir / "sleutel"

    def key(self) -> str:
        """The secret key, from the setting or the data directory; empty where there is none yet."""
        if self.secret_key:
            return self.secret_key
        return self.key_file.read_text().strip() if self.key_file.exists() else ""

    def make_key(self) -> str:
        """Make the key once and keep it, readable by its owner alone."""
        if not self.key():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            self.key_file.touch(mode=0o600)
            self.key_file.write_text(secrets.token_urlsafe(48))
        return self.key()


def read() -> Settings:
    """Read the environment; raises `WrongSetting` naming the first setting that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        name = field if field.isupper() else f"WIJKPLATFORM_{field.upper()}"
        reason = first["msg"].removeprefix("Value error, ")
        if first["type"].startswith(("int", "greater", "less")):
            reason = "schrijf een getal van 1 tot en met 65535"
        raise WrongSetting(f"De instelling {name} klopt niet: {reason}.") from None
