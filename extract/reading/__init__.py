"""The reading of a document: from the text as given to running sentences, each with an exact map back.

lines → furniture and footnotes lifted → blocks → roles → sentences.
"""

from __future__ import annotations

from extract.model import Document, Sentence
from extract.reading.asides import apart, find_asides
from extract.reading.blocks import build_blocks, note_block
from extract.reading.contents import without_contents
from extract.reading.frontmatter import find_front_matter
from extract.reading.furniture import without_furniture, without_intruders
from extract.reading.layout import find_layout, is_japanese
from extract.reading.lines import split_lines
from extract.reading.notes import find_calls, lift_notes, real_calls
from extract.reading.roles import give_roles
from extract.reading.sentences import assemble
from extract.reading.shapes import shape_of, without_code
from extract.reading.tables import with_tables

__all__ = ["read_sentences"]

MARKDOWN = (".md", ".markdown")


def read_sentences(document: Document) -> tuple[Sentence, ...]:
    """Read a document into sentences, in the order of its text; a footnote follows the block that it interrupts.

    What is not in any sentence is white space, invisible characters, page numbers, running heads, rulers, front
    matter, readings of names in brackets, datelines, and marks: bullets, numbers of headings and items, labels of
    speakers, footnote calls and the marks that open footnotes. Takes time in proportion to the text's length,
    whatever it holds.
    """
    text = document.text
    markdown = document.identifier.lower().endswith(MARKDOWN)
    matter = find_front_matter(text) if markdown else None
    lines = [line for line in split_lines(text) if matter is None or line.start >= matter.end]
    kept, paged = without_furniture(lines)
    japanese = is_japanese(text)
    shaped = with_tables(without_contents([shape_of(text, number, line, japanese=japanese) for number, line in kept]))
    if markdown:
        shaped = without_code(shaped)
    calls = find_calls(text)
    layout = find_layout(text, lines, paged=paged or any(line.shape == "note" for line in shaped), markdown=markdown)
    lifted = lift_notes(text, shaped, calls, layout)
    blocks = give_roles(build_blocks(without_intruders(lifted.body, layout), layout), title=document.title)
    blocks += [note_block(note) for note in lifted.notes]
    marks = apart([*real_calls(text, calls, lifted.notes), *find_asides(text, markdown=markdown)])
    return assemble(text, blocks, marks)
