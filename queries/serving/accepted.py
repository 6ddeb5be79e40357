"""Parameters of an address that are read and described by the same declaration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from queries.serving.errors import RefusedError
from queries.serving.reading import Fields


@dataclass(frozen=True, slots=True)
class Accepted:
    """A parameter with what it is without being given; one `among` a few words, or a number from 1 to `most`."""

    name: str
    about: str
    default: str = ""
    among: Sequence[str] = ()
    most: int = 0
    required: bool = False

    def of(self, fields: Fields) -> str:
        """Its value in a request. Raises RefusedError where it is missing, given twice or none of its kind."""
        if self.name not in fields and not self.required:
            return self.default
        given = (fields.one(self.name) or "").strip()
        if not given:
            raise RefusedError(400, f"the parameter {self.name!r} is missing or empty", todo=f"Give {self.about}.")
        if self.among and given not in self.among:
            raise RefusedError(400, f"{self.name} is none of {', '.join(self.among)}")
        if self.most and not (given.isascii() and given.isdecimal() and len(given) < 10 and 1 <= int(given) <= self.most):
            raise RefusedError(400, f"{self.name} is no number from 1 to {self.most}")
        return given

    def described(self) -> dict[str, Any]:
        """As OpenAPI has it."""
        if self.among:
            schema: dict[str, Any] = {"type": "string", "enum": list(self.among)}
        elif self.most:
            schema = {"type": "integer", "minimum": 1, "maximum": self.most}
        else:
            schema = {"type": "string", "pattern": r"\S"}
        if self.default:
            schema["default"] = int(self.default) if self.most else self.default
        return {
            "name": self.name,
            "in": "query",
            "required": self.required,
            "description": self.about,
            "schema": schema,
        }
