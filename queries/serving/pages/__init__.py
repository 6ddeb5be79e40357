"""Linked data: a page for people, Turtle or JSON-LD for everything in the store, and the library of questions as forms.

A page is made in the process that asks the graph, within the limits of any query; Jinja2 escapes whatever stands in it.
"""
