"""The network as GraphML, as Gephi, yEd, Cytoscape and networkx read it.

Gephi takes the attributes `label` and `weight` for its own, and wants an identifier for every edge; whole numbers are
typed, so that it can filter and rank by them. The schema wants identifiers to be name tokens, so that IRIs are an
attribute. Sources: GraphML Primer (graphdrawing.org), the importer of Gephi.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, BinaryIO

from lxml import etree
from pyoxigraph import Store

from graph.names import fit_for_xml
from graph.networks.viewing import Attributes, Edge, Node, View
from ontology.terms import AKGID, SIGNATURES

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_SCHEMA = f"{_NAMESPACE} {_NAMESPACE}/1.0/graphml.xsd"
_NODE_KEYS = {
    **dict.fromkeys(("label", "label_en", "iri", "names", "type", "types"), "string"),
    **{prop.value: "string" for prop, signature in SIGNATURES.items() if signature.takes_date or signature.takes_level},
    "year": "int",
}
_EDGE_KEYS = {
    **dict.fromkeys(("label", "property", "valid_from", "valid_until", "date"), "string"),
    **dict.fromkeys(("claims", "year"), "int"),
    "weight": "double",
}
# All but what is a name character in every edition of XML 1.0; "/" becomes ":", so that neither it nor "." is itself.
_NOT_IN_TOKENS = re.compile(r"[^-_0-9A-Za-z\u3005\u3007\u3041-\u3094\u30a1-\u30fa\u30fc\u4e00-\u9fa5]")


def write_graphml(store: Store, out: BinaryIO) -> None:
    """The entities and facts, characters that XML lacks replaced. An edge weighs as much as there are claims that say it."""
    view = View(store)
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(_named("graphml"), {_LOCATION: _SCHEMA}, nsmap={None: _NAMESPACE}):
            _declare(xml)
            with xml.element(_named("graph"), {"id": "alliancekg", "edgedefault": "directed"}):
                for node in view.nodes():
                    _write(xml, "node", {"id": token(node.iri)}, _of_node(node))
                for number, edge in enumerate(view.edges()):
                    ends = {"source": token(edge.source), "target": token(edge.target)}
                    _write(xml, "edge", {"id": f"e{number}", **ends}, _of_edge(edge))


def token(iri: str) -> str:
    """An IRI as a name token (XML 1.0, section 2.3), no two alike.

    >>> token("https://w3id.org/alliancekg/id/meeting/scc/2024-07"), token("https://w3id.org/alliancekg/id/D.C.")
    ('meeting:scc:2024-07', 'D.2E.C.2E.')
    """
    return _NOT_IN_TOKENS.sub(lambda found: ":" if found[0] == "/" else f".{ord(found[0]):X}.", iri.removeprefix(AKGID))


def _declare(xml: Any) -> None:  # noqa: ANN401 - lxml's writer has no public type
    for where, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name, kind in keys.items():
            xml.write(
                etree.Element(_named("key"), {"id": _key(where, name), "for": where, "attr.name": name, "attr.type": kind})
            )
            xml.write("\n")


def _of_node(node: Node) -> Attributes:
    return {"iri": node.iri, **node.attributes}


def _of_edge(edge: Edge) -> Attributes:
    return {"label": edge.property.value, "weight": max(1, int(edge.attributes["claims"])), **edge.attributes}


def _key(where: str, name: str) -> str:
    """The identifier of a key: its name, told apart where nodes and edges have one of the same name."""
    return f"edge{name}" if where == "edge" and name in _NODE_KEYS else name


def _write(xml: Any, name: str, named: Mapping[str, str], attributes: Attributes) -> None:  # noqa: ANN401 - as above
    element = etree.Element(_named(name), named)
    for attribute, value in attributes.items():
        etree.SubElement(element, _named("data"), {"key": _key(name, attribute)}).text = fit_for_xml(str(value))
    xml.write(element)
    xml.write("\n")


def _named(element: str) -> str:
    return f"{{{_NAMESPACE}}}{element}"
