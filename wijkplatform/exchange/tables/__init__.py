"""The sixteen files as tables: the same order, names and types as docs/FORMAT.md §2–17.

A field stands for *required* unless it says `optional(...)`; a block that may be null says `or_null(...)`.
Rules between fields are in `rules/`; what is computed, in `computed.py`.
"""

from __future__ import annotations

from wijkplatform.exchange.schema import Row
from wijkplatform.exchange.tables.awarding import (
    AANPASSINGEN,
    BEOORDELING,
    HALFJAARGESPREKKEN,
    INVLOEDSSPOOR,
    OVERDRACHT,
    PRESTATIEAFSPRAKEN,
    SCHEMERGEBIED,
)
from wijkplatform.exchange.tables.calling import (
    BEWONERSAGENDA,
    CRITERIA,
    GEBIED,
    NOTA_VAN_BEANTWOORDING,
    ORGANISATIES,
    REACTIES,
    UITGANGSPUNTEN,
    UITVRAAG,
    VERDICTS,
    WIJKPLAN,
)

FILES: dict[str, Row] = {
    "00_gebied.yaml": GEBIED,
    "01_organisaties_rollen_centra.yaml": ORGANISATIES,
    "02_bewonersagenda.yaml": BEWONERSAGENDA,
    "03_nota_van_uitgangspunten.yaml": UITGANGSPUNTEN,
    "04_wijkplan.yaml": WIJKPLAN,
    "05_criteria.yaml": CRITERIA,
    "06_uitvraag.yaml": UITVRAAG,
    "07_reacties.yaml": REACTIES,
    "08_nota_van_beantwoording_en_inlichtingen.yaml": NOTA_VAN_BEANTWOORDING,
    "09_inschrijvingen_en_beoordeling.yaml": BEOORDELING,
    "10_prestatieafspraken.yaml": PRESTATIEAFSPRAKEN,
    "11_halfjaargesprekken.yaml": HALFJAARGESPREKKEN,
    "12_aanpassingen.yaml": AANPASSINGEN,
    "13_overdracht.yaml": OVERDRACHT,
    "14_schemergebied.yaml": SCHEMERGEBIED,
    "15_invloedsspoor.yaml": INVLOEDSSPOOR,
}

# Block names are unique over the files, so a rule can say which block it means and leave the file to this.
FILE_OF = {block: file for file, kind in FILES.items() for block in kind.fields}

__all__ = ["FILES", "FILE_OF", "VERDICTS"]
