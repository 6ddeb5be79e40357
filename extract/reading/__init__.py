"""The reading of a document: from the text as given to running sentences, each with an exact map back.

lines → furniture and footnotes lifted → blocks → roles → sentences.
"""

from __future__ import annotations

import re

from extract.model import Document, Sentence
from extract.reading.blocks import build_blocks, note_block
from extract.reading.frontmatter import find_front_matter
from extract.reading.layout import find_layout, is_japanese, without_furniture
from extract.reading.lines import split_lines
from extract.reading.notes import find_calls, lift_notes, real_calls
from extract.reading.prose import Mark
from extract.reading.roles import give_roles
from extract.reading.sentences import assemble
from extract.reading.shapes import shape_of

__all__ = ["read_sentences"]

MARKDOWN = (".md", ".markdown")
_markdown_marks = re.compile(
    r"\*\*|__|~~|`{1,3}|!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)|\[(?=[^\]\[\n]{1,300}\]\()|(?<=[^\]\[\n])\]\([^)\n]{0,1000}\)"
)


def read_sentences(document: Document) -> tuple[Sentence, ...]:
    """Read a document into sentences, in the order of its text; a footnote follows the block that it interrupts.

    What is not in any sentence is white space, invisible characters, page numbers, running heads, rulers, front
    matter, and marks: bullets, numbers of headings and items, footnote calls and the marks that open footnotes.
    Takes time in proportion to the text's length, whatever it holds.
    """
    text = document.text
    markdown = document.identifier.lower().endswith(MARKDOWN)
    matter = find_front_matter(text) if markdown else None
    lines = [line for line in split_lines(text) if matter is None or line.start >= matter.end]
    kept, paged = without_furniture(lines)
    japanese = is_japanese(text)
    shaped = [shape_of(text, number, lines[number], japanese=japanese) for number in kept]
    calls = find_calls(text)
    paged = paged or any(line.shape == "note" for line in shaped)
    layout = find_layout(text, lines, paged=paged, markdown=markdown)
    lifted = lift_notes(shaped, calls, layout)
    blocks = give_roles(build_blocks(lifted.body, layout), title=document.title)
    blocks += [note_block(note) for note in lifted.notes]
    marks = real_calls(text, calls, lifted.notes)
    return assemble(text, blocks, _with_markdown(text, marks) if markdown else marks)


def _with_markdown(text: str, calls: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The calls and the marks of Markdown's emphasis, code and links, in order and apart from each other."""
    marks = sorted([*calls, *(Mark(found.start(), found.end()) for found in _markdown_marks.finditer(text))])
    apart: list[Mark] = []
    for mark in marks:
        if not apart or mark.start >= apart[-1].end:
            apart.append(mark)
    return tuple(apart)
