"""What somebody asks of the open data. Nothing of it is kept: each list is read when it is asked for."""

from dataclasses import dataclass

from wijkplatform.places.models import Neighbourhood
from wijkplatform.publish.lists import OpenList


@dataclass(frozen=True)
class Asked:
    """One list of one neighbourhood in one form."""

    neighbourhood: Neighbourhood
    list: OpenList
    form: str

    @property
    def neighbourhood_id(self) -> int:
        return self.neighbourhood.id

    @property
    def file_name(self) -> str:
        return f"{self.neighbourhood.slug}-{self.list.name}.{self.form}"
