"""The parse of a sentence: phrases (bunsetsu) with their particles, and what each depends on.

GiNZA's parser sees recognised names and dates as one ordinary word each (委員会, 昨年 …), whose vector it knows,
and does not see remarks in brackets; so neither long names nor insertions lead it astray.
Source: GiNZA (Matsuda 2020), Universal Dependencies for Japanese.

words        the words that the parser sees
phrases      phrases, their particles, and the tree that they make
bunsetsu     words gathered into phrases
attachment   what a phrase depends on where the parser errs
parsing      the parser
"""

from extract.syntax.parsing import Parser
from extract.syntax.phrases import FORMAL_NOUNS, PROSPECTS, Phrase, Tree, particle_of
from extract.syntax.words import Word

__all__ = ["FORMAL_NOUNS", "PROSPECTS", "Parser", "Phrase", "Tree", "Word", "particle_of"]
