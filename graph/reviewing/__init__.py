"""The review room: what people decide about claims, kept so that it survives another reading of the documents.

`decisions` holds the values and their JSON, `binding` ties a decision to what a claim says and where, `matching` finds the claim
again, `correcting` makes the corrected one, `encoding` writes both as RDF; `items` lists what there is to review, `walk` goes
through it on a terminal, and `spreadsheet` through CSV.
"""
