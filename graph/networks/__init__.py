"""The graph as a network: things as nodes, what stands between them as edges; measures and paths over it.

For networkx, for pictures, and for Gephi by way of GraphML (`graph.exporting.graphml`).
"""
