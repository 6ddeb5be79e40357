"""What the text has said about time so far: the dates that 同年, 翌月 and a bare 7月 look back to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.model import Anchor


@dataclass(frozen=True, slots=True)
class Said:
    """A date as it was said: in which sentence and block, and what of it is known.

    `block` tells paragraphs apart, a list being one with the sentence that introduces it. `fiscal` is
    the number of a Japanese fiscal year.
    """

    sentence: int
    block: int
    anchor: Anchor
    year: int
    month: int | None = None
    day: int | None = None
    fiscal: int | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """The dates to look back to. `last*` serve 同年 and 翌月: the latest, the latest with a month, with a day.

    `aside` is a date alone in brackets, 日米安保共同宣言(1996年4月): it serves where nothing else of its
    sentence does. `scene` and `scene_month` serve a month or day without a year; `heading` is the
    section's. `told` is the last that does not lie ahead of the document's date. `western` is the last year in four digits, `notation` how the last year was written.
    """

    last: Said | None = None
    last_month: Said | None = None
    last_day: Said | None = None
    aside: Said | None = None
    scene: Said | None = None
    scene_month: Said | None = None
    heading: Said | None = None
    western: int | None = None
    notation: str | None = None
    told: Said | None = None

    def without_what_lies_ahead(self, year: int) -> Memory:
        """The memory of what is told as done in a document of a year: a date of plans beyond it is nothing to look back to."""
        ahead = self.last is not None and self.last.year > year
        return replace(self, last=self.told, scene=self.told) if ahead and self.told is not None else self

    def with_said(self, said: Said, *, sets_scene: bool) -> Memory:
        """The memory after a date of the running text."""
        after = replace(self, last=said)
        if said.month is not None:
            after = replace(after, last_month=said)
        if said.day is not None:
            after = replace(after, last_day=said)
        if not sets_scene:
            return after
        return replace(after, scene=said, scene_month=said if said.month is not None else self.scene_month)

    def anchor(self) -> Said | None:
        """The date that 同年 and 翌年 count from."""
        if self.aside and (self.last is None or self.aside.sentence > self.last.sentence):
            return self.aside
        return self.last

    def month_anchor(self) -> Said | None:
        """The date that 同月 and 翌月 count from, unless a later one speaks of another year."""
        return self._finer(self.last_month, day=False)

    def day_anchor(self) -> Said | None:
        """The date that 同日 and 翌日 count from, unless a later one speaks of another month."""
        return self._finer(self.last_day, day=True)

    def _finer(self, fine: Said | None, *, day: bool) -> Said | None:
        coarse = self.anchor()
        if coarse is not None and (coarse.day if day else coarse.month) is not None:
            return coarse
        if fine is None or coarse is None or fine.year != coarse.year:
            return None
        return None if day and coarse.month not in {None, fine.month} else fine
