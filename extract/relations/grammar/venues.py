"""The town in which the building stands where something is done: ソウルの国防部庁舎で, マニラ市内のホテルにおいて → ソウル, マニラ."""

from __future__ import annotations

import re

from extract.relations.grammar.groups import Group, fits
from extract.syntax import Phrase, Tree
from ontology.terms import Kind

PLACED = frozenset({"で", "において", "にて", "での", "における"})
# A house, or a part of a town; what is no place (ソウルの要請で, パリの調印式で) is not housed there.
BUILDING = re.compile(
    r"(?:宮殿?|離宮|庁舎|公邸|官邸|公館|会館|会議場|会場|迎賓館|大使館|総領事館|本部|ホテル|センター|大学|研究所|博物館|"
    r"[外防内財]務?[務衛][省庁部]|国防(?:総)?[省部]|司令部|基地|駐屯地|飛行場|空港|議事堂|城|港|埠頭|艦上|庁|市内|市|郊外|近郊|都心|"
    r"中心部|西部|東部|南部|北部|沖|キャンパス|施設)$"
)


def housed(tree: Tree, group: Group) -> Phrase | None:
    """The phrase of the building, or the part of the town, that a place tells the whereabouts of; None where it tells no such."""
    town = fits(group, (Kind.PLACE,))
    if group.particle not in {"の", ""} or not (town or (fits(group, (Kind.STATE,)) and not group.members[0].name.plural)):
        return None
    for building in tree.governors(group.phrase):
        if building.index <= group.phrase.index or (building.name and building.name.kind is not Kind.GOVERNMENT_BODY):
            return None
        stands = (building.name and town) or BUILDING.search(tree.text[building.start : building.content_end])
        if building.particle in PLACED:
            return building if stands else None
        if building.particle not in {"の", ""} or not building.head.nominal:
            return None
    return None
