"""Who fills which role of an event: what `roles` finds and the rest of the room reads."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.model import Timex
from extract.relations.frames import Role
from extract.relations.groups import Group
from extract.syntax import Phrase


@dataclass(slots=True)
class Fillers:
    """The groups in each role of one event, its dates, and whether the theme was only supplied by the discourse."""

    roles: dict[Role, list[Group]] = field(default_factory=dict)
    times: list[Timex] = field(default_factory=list)
    topics: list[Phrase] = field(default_factory=list)
    supplied: bool = False
    under_discourse: bool = False

    def add(self, role: Role, group: Group) -> None:
        if group not in self.roles.setdefault(role, []):
            self.roles[role].append(group)

    def get(self, role: Role) -> list[Group]:
        return self.roles.get(role, [])
