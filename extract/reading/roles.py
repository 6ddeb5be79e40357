"""What part each block plays: title, profile, bibliography, readers' comments, boilerplate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.model import Role
from extract.reading.blocks import SHORT_HEADING, Block
from extract.reading.characters import fold
from extract.reading.contents import CONTENTS
from extract.reading.cues import Cue, cues, first
from extract.reading.shapes import Shape

TOP = 12  # blocks within which the title is looked for
REACH = 8  # blocks before the first comment's button within which the end of the article is looked for
_squeezed = re.compile(r"[\W_]+")
_subtitle = re.compile(r"[-–—―─~〜～]")
_reference_like = re.compile(r"[『「]|\d{4}|頁")


def give_roles(blocks: Sequence[Block], *, title: str | None) -> list[Block]:
    """The blocks with the role that their place in the document gives them."""
    given = _title(list(blocks), title)
    return _comments(_sections(_profile(given)))


def _title(blocks: list[Block], title: str | None) -> list[Block]:
    """The document's title, told by the metadata or standing first; lines before a known title are the site's own."""
    top = next(
        (at for at, block in enumerate(blocks[:TOP]) if block.is_prose and block.role is Role.BODY), min(TOP, len(blocks))
    )
    wanted = _squeezed.sub("", fold(title)) if title else ""
    matching = [at for at in range(top) if _is_part_of(wanted, blocks[at])]
    if not matching:
        headings = [at for at in range(top) if blocks[at].role is Role.HEADING]
        matching = [at for at in headings if at + 1 < len(blocks) and _tells_of_article(blocks[at + 1])][:1] or headings[:1]
        if matching and blocks[matching[0]].rule in ("heading.number", "heading.bracketed-number"):
            return blocks
    for at in range(matching[0] if matching else 0):
        if (
            blocks[at].shape in (Shape.HEADING, Shape.TEXT)
            and not blocks[at].explicit
            and blocks[at].width <= SHORT_HEADING // 2
        ):
            blocks[at] = replace(blocks[at], role=Role.BOILERPLATE)
    for at in matching:
        blocks[at] = replace(blocks[at], role=Role.TITLE)
    after = matching[-1] + 1 if matching else 0
    for at in range(after, top):
        if blocks[at].shape is Shape.HEADING and not blocks[at].explicit and at and blocks[at - 1].rule.startswith("date."):
            blocks[at] = _issuer(blocks, at)
    if matching and after < top and blocks[after].shape in (Shape.HEADING, Shape.TEXT) and _subtitle.match(blocks[after].head):
        blocks[after] = replace(blocks[after], role=Role.TITLE)
    return blocks


def _tells_of_article(block: Block) -> bool:
    """Whether a line is the date or the author of what is headed by the line before."""
    return block.rule.startswith("date.") or block.rule == "line.byline"


def _issuer(blocks: list[Block], at: int) -> Block:
    """Who issued a notice stands below its date: the name of an office, which heads nothing."""
    return replace(blocks[at], role=Role.BODY) if first(cues(Cue.ISSUER), blocks[at].head) else blocks[at]


def _profile(blocks: list[Block]) -> list[Block]:
    """Below the line with the author's name, the paragraph about him or her is a profile too."""
    given: list[Block] = []
    for block in blocks:
        told = bool(given) and (given[-1].rule == "line.byline" or given[-1].role is Role.PROFILE)
        below = told and not block.lines[0].line.blank
        life = block.shape is Shape.TEXT and below and first(cues(Cue.LIFE), block.lines[0].line.head)
        given.append(replace(block, role=Role.PROFILE) if life else block)
    return given


def _is_part_of(wanted: str, block: Block) -> bool:
    if not wanted or block.shape not in (Shape.HEADING, Shape.TEXT, Shape.LINE):
        return False
    line = _squeezed.sub("", block.head)
    return (
        line == wanted
        or (len(line) >= 6 and line in wanted)
        or (len(wanted) >= 6 and wanted in line and len(line) < 2 * len(wanted))
    )


def _sections(blocks: list[Block]) -> list[Block]:
    """The lines below the heading of a profile, a bibliography, the notes or a list of links take its role."""
    role: Role | None = None
    given = []
    for at, block in enumerate(blocks):
        if block.shape is Shape.SECTION:
            role = block.role if block.role is not Role.COMMENT or _may_be_comments(blocks, at) else None
            given.append(replace(block, role=role if role and role is not Role.FOOTNOTE else Role.HEADING))
            role = None if block.rule == CONTENTS else role
            continue
        if role and _ends_section(block, role):
            role = None
        if role and block.shape in (Shape.TEXT, Shape.ITEM, Shape.HEADING):
            given.append(replace(block, role=role))
        elif role is Role.COMMENT:
            given.append(replace(block, role=role if block.role is not Role.BOILERPLATE else block.role))
        else:
            given.append(block)
    return given


def _ends_section(block: Block, role: Role) -> bool:
    if role is Role.BOILERPLATE and block.is_prose and block.width >= 1.5 * SHORT_HEADING:
        return True
    if role is Role.COMMENT or not block.explicit:
        return False
    if role is Role.BIBLIOGRAPHY:
        return _reference_like.search(block.head) is None
    return True


def _comments(blocks: list[Block]) -> list[Block]:
    """From the first reader's comment on, all is comment.

    It begins before its button: where the article is known to have ended, else with the paragraph right before the button.
    """
    marker = next(
        (at for at, block in enumerate(blocks) if block.rule == "comment.marker" and _may_be_comments(blocks, at)), None
    )
    if marker is None:
        return [replace(block, role=Role.BODY) if block.rule == "comment.marker" else block for block in blocks]
    begins = max(marker - 1, 0)
    for at in range(marker - 1, max(marker - REACH, 0), -1):
        if _ends_article(blocks[at]):
            begins = at + 1
            break
    kept = (Role.BOILERPLATE, Role.COMMENT)
    return [
        replace(block, role=Role.COMMENT) if at >= min(begins, marker) and block.role not in kept else block
        for at, block in enumerate(blocks)
    ]


def _ends_article(block: Block) -> bool:
    """Whether a block is what stands at the foot of an article, so that readers speak behind it."""
    return block.role in (Role.PROFILE, Role.BIBLIOGRAPHY) or block.rule in ("line.opinion-notice", "line.rights")


def _may_be_comments(blocks: Sequence[Block], at: int) -> bool:
    """Readers comment below the article: prose stands before, and no further chapter comes behind."""
    before = any(block.is_prose and block.role is Role.BODY for block in blocks[:at])
    return before and not any(block.explicit for block in blocks[at + 1 :])
