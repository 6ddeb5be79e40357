"""The graph in the forms that leave it: RDF in any syntax, JSON-LD, GraphML, a table, nanopublications, its description.

Each module turns a `Store` into a stream, so that a large store needs no second copy in memory.
"""
