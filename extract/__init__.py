"""Text → claims. spaCy and GiNZA live here and nowhere else; no RDF library enters.

documents   files → `Document`
reading     `Document` → sentences as read, with a map back to the text as given
dates       time expressions, anchored and made exact
names       institutions, agreements, people, states: what the text names
syntax      the parse, names and dates being one word each
relations   what the sentences say of the things they name → claims
pipeline    all of them in their order: `Extractor`
affected    which documents a change of code, rules or names can touch
components  our stages for other people's spaCy pipelines
"""
