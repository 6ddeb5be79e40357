"""Files as they come → their text and what they say of themselves: one module for each format.

kinds      which formats there are, told by the end of a file's name
limits     what one document may cost
extracted  what a format gives: text, metadata, doubts
isolation  parsers in a process of their own, so that a document costs no more than itself
worker     that process
parsing    a file or an archive's member → `Extracted`, by the module of its format
archives   what stands in a zip file, read without writing anything
blocks     headings, paragraphs, items, rows and notes → text in the marks that `extract.reading` knows
plain, html, docx, pdf   the formats; `html_*` and `pdf_*` are their stages
"""
