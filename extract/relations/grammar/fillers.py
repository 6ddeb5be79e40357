"""Who fills which role of an event: groups as `roles` finds them, things as `filling` and `supplying` tell them."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.model import Timex
from extract.relations.grammar.frames import Role
from extract.relations.grammar.groups import Group
from extract.syntax import Phrase


@dataclass(slots=True)
class Fillers:
    """The groups in each role of one event, its dates, and whether the theme was only supplied by the discourse."""

    roles: dict[Role, list[Group]] = field(default_factory=dict)
    times: list[Timex] = field(default_factory=list)
    topics: list[Phrase] = field(default_factory=list)
    supplied: bool = False
    under_discourse: bool = False
    born: bool = False  # what came of a change came into being by it: 統合されてできた
    goal_open: bool = False  # what came of a change is what the text is about

    def add(self, role: Role, group: Group) -> None:
        if group not in self.roles.setdefault(role, []):
            self.roles[role].append(group)

    def get(self, role: Role) -> list[Group]:
        return self.roles.get(role, [])


@dataclass(frozen=True, slots=True)
class Filler:
    """One thing in a role: where it stands in the sentence (nowhere, where the discourse supplied it)."""

    key: str
    start: int
    end: int
    group: Group | None = None
    supplied: bool = False
