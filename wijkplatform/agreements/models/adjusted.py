"""How an agreement was adjusted: a signal from practice, a talk about the purpose, a decision of both parties."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wijkplatform.agreements.models.agreed import Agreement
from wijkplatform.agreements.models.talks import Conversation
from wijkplatform.core.db import Base, Placed, Thing, Written
from wijkplatform.places.models import Voice

VERDICTS = ("agreed", "rejected")
CAPACITIES = ("talked", "decided")


class Signal(Placed, Written, Base):
    """What somebody noticed in practice: 'deze afspraak knelt'."""

    __tablename__ = "signal"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    day: Mapped[date]
    text: Mapped[str]

    agreement: Mapped[Agreement] = relationship()
    voice: Mapped[Voice] = relationship()

    def words(self) -> str:
        return self.text


class Adjustment(Thing, Written, Base):
    """A change of how an agreement is carried out; its purpose stays. Nothing is overwritten: the old text stands here.

    `verdict` is None while it is still being talked about.
    """

    __tablename__ = "adjustment"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    signal_id: Mapped[int] = mapped_column(ForeignKey("signal.id"))
    talked_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    old_text: Mapped[str]
    new_text: Mapped[str]
    reason: Mapped[str]
    verdict: Mapped[str | None] = mapped_column(String(8))
    verdict_reason: Mapped[str | None]  #: why; always there when it was rejected
    takes_effect: Mapped[date | None]
    money: Mapped[str]  #: what it means for the money, in words
    look_back_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"))

    agreement: Mapped[Agreement] = relationship()
    signal: Mapped[Signal] = relationship()
    look_back: Mapped[Conversation | None] = relationship()
    voices: Mapped[list["AdjustmentVoice"]] = relationship(order_by="AdjustmentVoice.position")

    def who(self, capacity: str) -> list[Voice]:
        """Who talked along, or who decided."""
        return [each.voice for each in self.voices if each.capacity == capacity]

    def words(self) -> str:
        return "\n\n".join([self.old_text, self.new_text, self.reason, self.verdict or "", self.verdict_reason or ""])


class AdjustmentVoice(Placed, Base):
    """Who talked about an adjustment, and who decided on it, each in the order of the record."""

    __tablename__ = "adjustment_voice"
    __table_args__ = (UniqueConstraint("adjustment_id", "capacity", "voice_id"),)

    adjustment_id: Mapped[int] = mapped_column(ForeignKey("adjustment.id"), index=True)
    capacity: Mapped[str] = mapped_column(String(8))
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    position: Mapped[int]

    voice: Mapped[Voice] = relationship()
