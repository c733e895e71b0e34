"""Who acts: a person with hats, a visitor, or a part of the system. Rules ask the actor, never the request."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Hat:
    """A mandate that holds today: on whose behalf somebody may speak, and where."""

    mandate_id: int
    neighbourhood_id: int
    role: str  #: role key, for the drawing and the file format; policies never read it
    kind: str  #: role kind, what policies read
    shown: str  #: 'sociaal makelaar, Onder de Brug'
    organisation_id: int | None = None
    organisation_kind: str | None = None
    centre_id: int | None = None
    area_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Frozen for the length of a request; a removed mandate is gone at the next one."""

    person_id: int | None = None
    name: str | None = None
    hats: tuple[Hat, ...] = field(default=())
    system: str | None = None
    asked_name: bool = True  #: did they choose how they are shown?

    @property
    def known(self) -> bool:
        return self.person_id is not None

    def hats_in(self, neighbourhood_id: int | None) -> tuple[Hat, ...]:
        return tuple(hat for hat in self.hats if hat.neighbourhood_id == neighbourhood_id)

    def has(self, kinds: set[str] | frozenset[str], neighbourhood_id: int | None) -> bool:
        """Does the actor wear a hat of one of these kinds in this neighbourhood?"""
        return any(hat.kind in kinds for hat in self.hats_in(neighbourhood_id))

    def like(self, neighbourhood_id: int | None) -> "Actor":
        """Anybody with the same roles there: whoever that is may do the same, and what is made for them is nobody's."""
        roles = {
            Hat(0, hat.neighbourhood_id, hat.role, hat.kind, "", organisation_kind=hat.organisation_kind)
            for hat in self.hats_in(neighbourhood_id)
        }
        order = sorted(roles, key=lambda hat: (hat.role, hat.kind, hat.organisation_kind or ""))
        return Actor(person_id=0 if self.known else None, hats=tuple(order))

    def wearing(self, mandate_id: int) -> "Actor":
        """The same actor with one hat on: what is done on behalf of one is not done on behalf of another."""
        return replace(self, hats=tuple(hat for hat in self.hats if hat.mandate_id == mandate_id))


VISITOR = Actor()
CLOCK = Actor(system="klok")


def command_line() -> Actor:
    """Whoever runs a command on the server."""
    return Actor(system="opdrachtregel")


def takeover() -> Actor:
    """Takes over a record that was made elsewhere. Only the command line makes one; a test lists the callers."""
    return Actor(system="overname")
