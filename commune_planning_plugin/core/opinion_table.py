"""The consolidated table of agencies' opinions for the file: its words are the dossier's, and Vietnamese in every interface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Optional

from commune_planning_plugin.core.discussion import VIETNAM, Discussion, Request, RequestState

HEADINGS = ("STT", "Cơ quan", "Thời hạn", "Ý kiến", "Nội dung", "Tiếp thu / giải trình", "Nội dung trả lời", "Lần gửi")

_OPINIONS = {"agree": "Thống nhất", "remarks": "Thống nhất, có góp ý", "disagree": "Không thống nhất"}
_STATES = {
    RequestState.WAITING: "Chưa có ý kiến",
    RequestState.SILENT: "Quá hạn – coi như đồng ý",
    RequestState.OVERDUE: "Quá hạn, chưa có ý kiến",
    RequestState.WITHDRAWN: "Đã rút yêu cầu",
}
_ANSWERS = {"accepted": "Tiếp thu", "explained": "Giải trình"}


@dataclass(frozen=True)
class Row:
    """One request. ``said_at`` and ``due`` are ISO; ``files`` are names; ``version`` the one that the opinion is about."""

    request: str
    organisation: str
    due: str
    state: str
    opinion: Optional[str] = None
    text: str = ""
    said_by: str = ""
    said_at: Optional[str] = None
    files: tuple[str, ...] = ()
    answer: Optional[str] = None
    answer_text: str = ""
    version: Optional[int] = None

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "files": list(self.files)}


def rows(discussion: Discussion, names: Mapping[str, str], now: datetime) -> list[Row]:
    """In the order in which they were asked. ``names`` are the organisations', by id."""
    return [_row(discussion, each, names.get(each.organisation, ""), now) for each in discussion.requests]


def _row(discussion: Discussion, request: Request, name: str, now: datetime) -> Row:
    state, opinion = request.state(now), request.opinion
    plain = Row(request.id, name, request.due.isoformat(), state.value)
    if opinion is None:
        return Row(**{**asdict(plain), "text": request.withdrawn.text if request.withdrawn is not None else ""})
    answer = discussion.answers.get(opinion.id)
    return Row(
        plain.request,
        name,
        plain.due,
        state.value,
        str(opinion.body["opinion"]),
        opinion.text,
        opinion.actor_name,
        opinion.at,
        tuple(file["name"] for file in opinion.body.get("files", ())),
        str(answer.body["answer"]) if answer is not None else None,
        answer.text if answer is not None else "",
        opinion.version,
    )


def said(row: Row, number: int) -> tuple[str, ...]:
    """The row's cells, as `HEADINGS` names them."""
    opinion = _OPINIONS[row.opinion] if row.opinion else _STATES[RequestState(row.state)]
    if row.opinion and row.state == RequestState.WITHDRAWN.value:
        opinion += f" ({_STATES[RequestState.WITHDRAWN].lower()})"
    by = f"\n({row.said_by}, {_day_of(row.said_at)})" if row.said_at else ""
    files = "\nTệp kèm: " + "; ".join(row.files) if row.files else ""
    answer = _ANSWERS.get(row.answer or "", "")
    version = str(row.version) if row.version is not None else ""
    return (str(number), row.organisation, _day(row.due), opinion, row.text + by + files, answer, row.answer_text, version)


def _day(iso: str) -> str:
    return date.fromisoformat(iso).strftime("%d/%m/%Y")


def _day_of(moment: str) -> str:
    return datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone(VIETNAM).strftime("%d/%m/%Y")
