"""Claims to RDF: link, encode, validate, read, write, analyse.

What passes between these modules is a `pyoxigraph.Store`: in memory for a build, on disk for a kept
collection, the same type and the same functions for both; `views.as_rdflib` gives rdflib's API over it.
"""
