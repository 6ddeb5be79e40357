"""What each question is asked of in a generated graph: things that many documents speak of, so that there is much to find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Store

from graph.identity import term_iri
from ontology.terms import PREFIXES, Kind, Property

_SUBJECT, _OBJECT = (NamedNode(PREFIXES["rdf"] + end) for end in ("subject", "object"))
_PREDICATE, _TYPE = (NamedNode(PREFIXES["rdf"] + name) for name in ("predicate", "type"))
_LABEL = NamedNode(PREFIXES["skos"] + "prefLabel")


def parameters(store: Store) -> dict[str, Sequence[Mapping[str, str]]]:
    """For each question of the library one way or several in which it is asked."""

    def busiest(prop: Property, end: NamedNode = _SUBJECT, kind: Kind | None = None) -> str:
        """The name of the thing that most claims of a property are about."""
        claims = [quad.subject for quad in store.quads_for_pattern(None, _PREDICATE, term_iri(prop), None)]
        ends = (quad.object for claim in claims for quad in store.quads_for_pattern(claim, end, None, None))
        for thing, _count in Counter(thing for thing in ends if isinstance(thing, NamedNode)).most_common():
            if kind is None or any(store.quads_for_pattern(thing, _TYPE, term_iri(kind), None)):
                labels = (quad.object for quad in store.quads_for_pattern(thing, _LABEL, None, None))
                return next(label.value for label in labels if isinstance(label, Literal))
        raise LookupError(prop)

    forum, agreement = busiest(Property.MEETING_OF, _OBJECT), busiest(Property.PUBLISHED_ON)
    body, programme = busiest(Property.ESTABLISHED_ON), busiest(Property.STARTED_ON)
    dated = {"from": "1990", "until": "1994"}
    document = next(str(graph.value) for graph in store.named_graphs() if "/document/" in str(graph))
    return {
        "agreements-timeline": [{}, dated],
        "aliases": [{"entity": body}],
        "attended": [{"person": busiest(Property.HAS_PARTICIPANT, _OBJECT, Kind.PERSON)}],
        "components-of": [{"entity": busiest(Property.PART_OF, _OBJECT)}],
        "conflicts": [{}],
        "counterparts": [{}, {"entity": busiest(Property.COUNTERPART_OF)}],
        "covering": [{"topic": busiest(Property.COVERS, _OBJECT)}],
        "established-between": [{}, dated],
        "evidence-for": [{"entity": body}],
        "facts-from": [{"document": document}],
        "forums-by-level": [{}],
        "guidelines-history": [{}],
        "happened-in": [{"year": "1990"}],
        "implementing": [{"agreement": busiest(Property.IMPLEMENTS, _OBJECT)}],
        "meetings-of": [{"forum": forum}],
        "members-at": [{"forum": busiest(Property.HAS_MEMBER, _SUBJECT, Kind.FORUM), "on": "1985"}],
        "outcomes-of": [{"forum": forum}, {"forum": forum, "on": "1985"}],
        "parties-of": [{"agreement": agreement}],
        "planned": [{}],
        "profile": [{"entity": body}],
        "programme-lineage": [{"programme": programme}],
        "programmes-of": [{"state": busiest(Property.DEVELOPED_BY, _OBJECT)}],
        "proposals": [{}, {"document": document}],
        "rejected": [{}],
        "revision-chain": [{"agreement": busiest(Property.REVISES)}],
        "shared-members": [{}],
        "succession-chain": [{"entity": busiest(Property.REPLACES)}],
        "unresolved": [{}],
        "which-forum-replaced-which": [{}],
        "who-decided": [{"entity": busiest(Property.ADOPTED_BY)}],
    }
