"""The names of the vocabulary as Python constants: classes, properties, levels, factuality.

`alliance.ttl` is the reference; a test holds these constants against it. No RDF library enters
here, so that `extract` can name things without one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

ONTOLOGY_IRI = "https://w3id.org/alliancekg/ontology"
CONTEXT_IRI = "https://w3id.org/alliancekg/context.jsonld"
AKG = ONTOLOGY_IRI + "#"
AKGID = "https://w3id.org/alliancekg/id/"
AKGSH = "https://w3id.org/alliancekg/shapes#"
EDTF = "http://id.loc.gov/datatypes/edtf/"
EDTF_DATATYPE = EDTF + "EDTF"

PREFIXES: dict[str, str] = {
    "akg": AKG,
    "akgid": AKGID,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": EDTF,
    "np": "http://www.nanopub.org/nschema#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class Kind(StrEnum):
    """The classes of things that documents speak of; the value is the local name in `akg:`."""

    INSTITUTION = "Institution"
    FORUM = "Forum"
    MECHANISM = "Mechanism"
    COMMAND = "Command"
    GOVERNMENT_BODY = "GovernmentBody"
    ARMED_FORCE = "ArmedForce"
    PARTNERSHIP = "Partnership"
    ORGANISATION = "Organisation"
    AGREEMENT = "Agreement"
    TREATY = "Treaty"
    GUIDELINES = "Guidelines"
    JOINT_STATEMENT = "JointStatement"
    ARRANGEMENT = "Arrangement"
    LAW = "Law"
    POLICY = "Policy"
    PROGRAMME = "Programme"
    MEETING = "Meeting"
    OCCURRENCE = "Occurrence"
    PERSON = "Person"
    POST = "Post"
    STATE = "State"
    PLACE = "Place"
    TOPIC = "Topic"


class Level(StrEnum):
    """The ranks at which a body meets, highest first."""

    SUMMIT = "SummitLevel"
    MINISTERIAL = "MinisterialLevel"
    VICE_MINISTERIAL = "ViceMinisterialLevel"
    DIRECTOR_GENERAL = "DirectorGeneralLevel"
    DIRECTOR = "DirectorLevel"
    WORKING = "WorkingLevel"


class Factuality(StrEnum):
    """The standing that a source gives to what it says."""

    ACTUAL = "Actual"
    PLANNED = "Planned"
    PROPOSED = "Proposed"
    POSSIBLE = "Possible"
    NEGATED = "Negated"


class Verdict(StrEnum):
    """What a reviewer decides about a claim."""

    ACCEPTED = "Accepted"
    REJECTED = "Rejected"
    CORRECTED = "Corrected"


class Property(StrEnum):
    """The properties that claims are made with; the value is the local name in `akg:`."""

    ESTABLISHED_ON = "establishedOn"
    ESTABLISHED_BY = "establishedBy"
    ENDED_ON = "endedOn"
    REPLACES = "replaces"
    RENAMED_FROM = "renamedFrom"
    REVISES = "revises"
    LEVEL = "level"
    PART_OF = "partOf"
    HAS_MEMBER = "hasMember"
    CHAIRED_BY = "chairedBy"
    COUNTERPART_OF = "counterpartOf"
    LOCATED_IN = "locatedIn"
    COVERS = "covers"
    SIGNED_ON = "signedOn"
    ADOPTED_ON = "adoptedOn"
    PUBLISHED_ON = "publishedOn"
    EFFECTIVE_ON = "effectiveOn"
    ADOPTED_BY = "adoptedBy"
    DRAFTED_BY = "draftedBy"
    SIGNED_BY = "signedBy"
    HAS_PARTY = "hasParty"
    BASED_ON = "basedOn"
    IMPLEMENTS = "implements"
    MEETING_OF = "meetingOf"
    HELD_ON = "heldOn"
    HELD_IN = "heldIn"
    HAS_PARTICIPANT = "hasParticipant"
    RESULTED_IN = "resultedIn"
    DEVELOPED_BY = "developedBy"
    BUILDS_ON = "buildsOn"
    STARTED_ON = "startedOn"
    HOLDS_POST = "holdsPost"


_I, _A = Kind.INSTITUTION, Kind.AGREEMENT
PARENT: dict[Kind, Kind] = {
    **dict.fromkeys(
        (Kind.FORUM, Kind.MECHANISM, Kind.COMMAND, Kind.GOVERNMENT_BODY, Kind.ARMED_FORCE, Kind.PARTNERSHIP, Kind.ORGANISATION),
        _I,
    ),
    **dict.fromkeys((Kind.TREATY, Kind.GUIDELINES, Kind.JOINT_STATEMENT, Kind.ARRANGEMENT, Kind.LAW, Kind.POLICY), _A),
}


@cache
def lineage(kind: Kind) -> tuple[Kind, ...]:
    """The class itself and its superclasses, most specific first: Forum → (Forum, Institution)."""
    parent = PARENT.get(kind)
    return (kind, *lineage(parent)) if parent else (kind,)


def is_a(kind: Kind, wanted: Kind) -> bool:
    """Whether things of class `kind` are things of class `wanted`."""
    return wanted in lineage(kind)


@dataclass(frozen=True, slots=True)
class Signature:
    """What a property may join. `takes_date` and `takes_level` stand in place of object classes."""

    domain: tuple[Kind, ...]
    range: tuple[Kind, ...] = ()
    takes_date: bool = False
    takes_level: bool = False
    same_kind: bool = False  # subject and object share a top class: Institution, Agreement, Programme …
    symmetric: bool = False


def _dates(*domain: Kind) -> Signature:
    return Signature(domain, takes_date=True)


_P, _M, _O = Kind.PROGRAMME, Kind.MEETING, Kind.OCCURRENCE
_PERSON, _POST, _STATE, _PLACE, _TOPIC = Kind.PERSON, Kind.POST, Kind.STATE, Kind.PLACE, Kind.TOPIC

SIGNATURES: dict[Property, Signature] = {
    Property.ESTABLISHED_ON: _dates(_I, _P),
    Property.ESTABLISHED_BY: Signature((_I,), (_M, _I, _A, _STATE)),
    Property.ENDED_ON: _dates(_I, _A, _P, _O),
    Property.REPLACES: Signature((_I, _A, _P), (_I, _A, _P), same_kind=True),
    Property.RENAMED_FROM: Signature((_I, _A, _P), (_I, _A, _P), same_kind=True),
    Property.REVISES: Signature((_A,), (_A,)),
    Property.LEVEL: Signature((_I, _M), takes_level=True),
    Property.PART_OF: Signature((_I,), (_I,)),
    Property.HAS_MEMBER: Signature((_I,), (_STATE, _I, _POST, _PERSON)),
    Property.CHAIRED_BY: Signature((_I, _M), (_POST, _PERSON, _I, _STATE)),
    Property.COUNTERPART_OF: Signature((_I, _POST), (_I, _POST), same_kind=True, symmetric=True),
    Property.LOCATED_IN: Signature((_I,), (_PLACE, _STATE)),
    Property.COVERS: Signature((_I, _A, _M), (_TOPIC,)),
    Property.SIGNED_ON: _dates(_A),
    Property.ADOPTED_ON: _dates(_A),
    Property.PUBLISHED_ON: _dates(_A),
    Property.EFFECTIVE_ON: _dates(_A),
    Property.ADOPTED_BY: Signature((_A,), (_I, _M)),
    Property.DRAFTED_BY: Signature((_A,), (_I, _PERSON)),
    Property.SIGNED_BY: Signature((_A,), (_POST, _PERSON, _I, _STATE)),
    Property.HAS_PARTY: Signature((_A,), (_STATE, _I)),
    Property.BASED_ON: Signature((_A, _I, _P, _O), (_A,)),
    Property.IMPLEMENTS: Signature((_A,), (_A,)),
    Property.MEETING_OF: Signature((_M,), (_I,)),
    Property.HELD_ON: _dates(_M, _O),
    Property.HELD_IN: Signature((_M, _O), (_PLACE, _I, _STATE)),
    Property.HAS_PARTICIPANT: Signature((_M, _O), (_PERSON, _POST, _STATE, _I)),
    Property.RESULTED_IN: Signature((_M,), (_A, _I, _P, _M)),
    Property.DEVELOPED_BY: Signature((_P,), (_STATE, _I)),
    Property.BUILDS_ON: Signature((_P,), (_P,)),
    Property.STARTED_ON: _dates(_P, _O),
    Property.HOLDS_POST: Signature((_PERSON,), (_POST,)),
}
SUPER_PROPERTY: dict[Property, Property] = {Property.RENAMED_FROM: Property.REPLACES}


def may_join(predicate: Property, subject: Kind, obj: Kind) -> bool:
    """Whether the vocabulary lets `predicate` run from a `subject` to an `obj` of these classes."""
    signature = SIGNATURES[predicate]
    joined = any(is_a(subject, k) for k in signature.domain) and any(is_a(obj, k) for k in signature.range)
    return joined and (not signature.same_kind or lineage(subject)[-1] == lineage(obj)[-1])
