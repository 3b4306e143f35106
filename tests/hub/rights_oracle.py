"""Who may do what, written out by hand: a letter for each step, a dot for none. Nothing here is computed from the workflow.

S sign off · O open · P appraise (put forward) · C consent · R return · J reject · A approve · W withdraw · K post-check · B object

The author is a technician of 22504; ``head`` has signed the version off, ``head2`` is another head of the commune; ``other`` and
``other2`` are technician and head of 22516; ``tham`` reviews at the province, ``duyet`` approves and reviews there; ``tham`` has
appraised what is appraised.
"""

from __future__ import annotations

from commune_planning_plugin.core.authority import COMMUNE, PROVINCE, Authority

LETTERS = {
    "S": "sign_off",
    "O": "open",
    "P": "appraise",
    "C": "consent",
    "R": "return",
    "J": "reject",
    "A": "approve",
    "W": "withdraw",
    "K": "post_check",
    "B": "object",
}
MATRIX = {
    "province": Authority(),
    "province, appraised first": Authority(separate_appraisal=True),
    "commune": Authority(approves=COMMUNE, post_check=True, document="12/QĐ-UBND"),
    "commune, the signer too": Authority(approves=COMMUNE, post_check=True, signer_may_approve=True, document="12/QĐ-UBND"),
    "commune, by itself": Authority(appraises=COMMUNE, approves=COMMUNE, separate_appraisal=True, document="12/QĐ-UBND"),
    "appraised by the commune": Authority(appraises=COMMUNE, approves=PROVINCE),
}
CASES = {
    "inside": "all that is changed lies in 22504",
    "crossing": "it reaches into 22516, whose head hasn't said anything",
    "consented": "it reaches into 22516, whose head has consented",
    "restricted": "inside, but not everybody may see all of it; of these people those of the province may",
}

_SAME = """
awaiting_sign_off  W  SR SR .  .  .    .     .  .
returned           W  .  .  .  .  .    .     .  .
withdrawn          .  .  .  .  .  .    .     .  .
rejected           .  .  .  .  .  .    .     .  .
"""
"""The same whatever the matrix says, and wherever it lies."""

_HEAD = "state author head head2 other other2 tham duyet admin observer"
_TABLES = {
    ("province", "inside"): """
submitted          W  .  .  .  .  OPR  OPRJA .  .
in_review          W  .  .  .  .  PR   PRJA  .  .
appraised          W  .  .  .  .  R    RJA   .  .
approved           .  .  .  .  .  .    .     .  .
""",
    ("province", "crossing"): """
submitted          W  .  .  .  CR OPR  OPRJA .  .
in_review          W  .  .  .  CR PR   PRJA  .  .
appraised          W  .  .  .  CR R    RJA   .  .
approved           .  .  .  .  .  .    .     .  .
""",
    ("province", "consented"): """
submitted          W  .  .  .  .  OPR  OPRJA .  .
in_review          W  .  .  .  .  PR   PRJA  .  .
appraised          W  .  .  .  .  R    RJA   .  .
approved           .  .  .  .  .  .    .     .  .
""",
    ("province, appraised first", "inside"): """
submitted          W  .  .  .  .  OPR  OPRJ  .  .
in_review          W  .  .  .  .  PR   PRJ   .  .
appraised          W  .  .  .  .  R    RJA   .  .
approved           .  .  .  .  .  .    .     .  .
""",
    ("province, appraised first", "crossing"): """
submitted          W  .  .  .  CR OPR  OPRJ  .  .
in_review          W  .  .  .  CR PR   PRJ   .  .
appraised          W  .  .  .  CR R    RJA   .  .
approved           .  .  .  .  .  .    .     .  .
""",
    ("commune", "inside"): """
submitted          W  OR ORJA . . OPR  OPR   .  .
in_review          W  R  RJA . .  PR   PR    .  .
appraised          W  R  RJA . .  R    R     .  .
approved           .  .  .  .  .  KB   KB    .  .
""",
    ("commune", "crossing"): """
submitted          W  .  .  .  CR OPR  OPRJA .  .
in_review          W  .  .  .  CR PR   PRJA  .  .
appraised          W  .  .  .  CR R    RJA   .  .
approved           .  .  .  .  .  .    .     .  .
""",
    ("commune", "consented"): """
submitted          W  OR ORJA . . OPR  OPR   .  .
in_review          W  R  RJA . .  PR   PR    .  .
appraised          W  R  RJA . .  R    R     .  .
approved           .  .  .  .  .  KB   KB    .  .
""",
    ("commune, the signer too", "inside"): """
submitted          W  ORJA ORJA . . OPR OPR  .  .
in_review          W  RJA RJA . . PR   PR    .  .
appraised          W  RJA RJA . . R    R     .  .
approved           .  .  .  .  .  KB   KB    .  .
""",
    ("commune, by itself", "inside"): """
submitted          W  OR ORJ . .  .    .     .  .
in_review          W  R  RJ  . .  .    .     .  .
appraised          W  R  RJA . .  .    .     .  .
approved           .  .  .  .  .  .    .     .  .
""",
    ("commune, by itself", "crossing"): """
submitted          W  .  .  .  CR .    ORJ   .  .
in_review          W  .  .  .  CR .    RJ    .  .
appraised          W  .  .  .  CR .    RJA   .  .
approved           .  .  .  .  .  .    .     .  .
""",
    ("province", "restricted"): """
submitted          W  .  .  .  .  OPR  OPRJA .  .
in_review          W  .  .  .  .  PR   PRJA  .  .
appraised          W  .  .  .  .  R    RJA   .  .
approved           .  .  .  .  .  .    .     .  .
""",
    ("commune", "restricted"): """
submitted          W  OR OR .  .  OPR  OPRJA .  .
in_review          W  R  R  .  .  PR   PRJA  .  .
appraised          W  R  R  .  .  R    RJA   .  .
approved           .  .  .  .  .  .    .     .  .
""",
    ("commune, the signer too", "restricted"): """
submitted          W  OR OR .  .  OPR  OPRJA .  .
in_review          W  R  R  .  .  PR   PRJA  .  .
appraised          W  R  R  .  .  R    RJA   .  .
approved           .  .  .  .  .  .    .     .  .
""",
    ("commune, by itself", "restricted"): """
submitted          W  OR OR .  .  .    ORJ   .  .
in_review          W  R  R  .  .  .    RJ    .  .
appraised          W  R  R  .  .  .    RJA   .  .
approved           .  .  .  .  .  .    .     .  .
""",
    ("appraised by the commune", "inside"): """
submitted          W  .  .  .  .  .    ORJA  .  .
in_review          W  .  .  .  .  .    RJA   .  .
appraised          W  .  .  .  .  .    RJA   .  .
approved           .  .  .  .  .  .    .     .  .
""",
}


def _read(table: str) -> dict[tuple[str, str], frozenset[str]]:
    columns = _HEAD.split()[1:]
    found = {}
    for line in table.strip().splitlines():
        state, *cells = line.split()
        assert len(cells) == len(columns), line
        for who, cell in zip(columns, cells):
            found[state, who] = frozenset(LETTERS[letter] for letter in cell if letter != ".")
    return found


ORACLE = {case: {**_read(_SAME), **_read(table)} for case, table in _TABLES.items()}
"""By matrix and place: by state and person, the steps that are possible."""
STATES = ("awaiting_sign_off", "submitted", "in_review", "appraised", "returned", "withdrawn", "rejected", "approved")
PEOPLE = tuple(_HEAD.split()[1:])
