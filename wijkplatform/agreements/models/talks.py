"""The half-yearly conversations: who was there, how every agreement stands, and what was promised."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wijkplatform.agreements.models.agreed import Agreement, Contract
from wijkplatform.core.db import Base, Placed, Thing, Written
from wijkplatform.criteria.models import plain
from wijkplatform.places.models import Centre, Voice

PICTURES = ("on_course", "attention", "too_early", "nearly_reached", "reached")


class Conversation(Thing, Written, Base):
    """A conversation that was held, about the months between `period_from` and `period_to`."""

    __tablename__ = "conversation"

    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"), index=True)
    held_at: Mapped[datetime]
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    period_from: Mapped[date]
    period_to: Mapped[date]
    report: Mapped[str]

    contract: Mapped[Contract | None] = relationship()
    centre: Mapped[Centre] = relationship()
    attendance: Mapped[list["Attendance"]] = relationship(order_by="Attendance.position")
    standings: Mapped[list["Standing"]] = relationship(
        back_populates="conversation", order_by="Standing.position, Standing.id"
    )
    actions: Mapped[list["Action"]] = relationship(back_populates="conversation", order_by="Action.position, Action.id")

    def words(self) -> str:
        return self.report


class Attendance(Placed, Base):
    """Who was at a conversation, in the order of the record."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("conversation_id", "voice_id"),)

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    position: Mapped[int]

    voice: Mapped[Voice] = relationship()


class Standing(Placed, Written, Base):
    """How an agreement stood at a conversation: the figure, and a judgement that is not computed from it."""

    __tablename__ = "standing"
    __table_args__ = (UniqueConstraint("conversation_id", "agreement_id"),)

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    position: Mapped[int]
    value: Mapped[Decimal]
    picture: Mapped[str] = mapped_column(String(16))
    note: Mapped[str]

    conversation: Mapped[Conversation] = relationship(back_populates="standings")
    agreement: Mapped[Agreement] = relationship()

    def words(self) -> str:
        return f"{plain(self.value)}\n{self.picture}\n\n{self.note}"


class Action(Thing, Written, Base):
    """What somebody promised to do before a day."""

    __tablename__ = "action"

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    text: Mapped[str]
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))  #: who promised it
    due: Mapped[date]
    done: Mapped[bool] = mapped_column(default=False)

    conversation: Mapped[Conversation] = relationship(back_populates="actions")
    voice: Mapped[Voice] = relationship()

    def words(self) -> str:
        return self.text
