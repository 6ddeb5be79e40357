"""What a body deals with and what a text covers: verbs of dealing, lists of fields."""

from __future__ import annotations

from extract.names.found import Name
from extract.relations.context import MEETS, Context, session_key
from extract.relations.draft import LIKELY, quote, topic_key
from extract.relations.events import Event
from extract.relations.factuality import Standing, phrase_standing
from extract.relations.fillers import Fillers
from extract.relations.frames import Role
from extract.relations.groups import fits
from extract.relations.topics import listed_fields, topic_phrases, topics_of
from ontology.terms import Kind, Property


def cover(context: Context, event: Event, fillers: Fillers, state: Standing) -> None:
    """What a body deals with, what a text covers."""
    subjects = [g for role in (Role.AGENT, Role.VENUE) for g in fillers.get(role) if fits(g, (*event.frame.theme, *MEETS))]
    if not subjects or state.factuality is None:
        return
    for phrase in topic_phrases(context.tree, event.phrase, subjects):
        for start, end, text in topics_of(context.tree, phrase):
            for group in subjects[:1]:
                for member, key in context.members(group):
                    subject = context.meetings.get(member.name.start) or dated_meeting(context, member.name) or key
                    topic = topic_key(context.things, text)
                    evidence = quote(
                        context.named.sentence, (start, end), (event.start, event.phrase.end), (member.start, member.end)
                    )
                    context.drafts.add(
                        subject, Property.COVERS, topic, state.factuality, evidence, event.frame.rule, confidence=LIKELY
                    )


def assert_fields(context: Context) -> None:
    """The fields that a body or meeting is said to work in: 「会談では、A、B、Cなどの分野における協力が拡大された」."""
    hosts = [
        g
        for g in context.groups
        if g.particle in {"では", "は", "において", "で"}
        and fits(g, (Kind.FORUM, Kind.MEETING, Kind.AGREEMENT, Kind.MECHANISM))
    ]
    for phrase in listed_fields(context.tree) if hosts else ():
        found = phrase_standing(context.tree, context.tree.phrases[hosts[0].phrase.depends_on]).factuality
        for start, end, text in topics_of(context.tree, phrase):
            for member, key in context.members(hosts[0])[:1]:
                evidence = quote(context.named.sentence, (member.start, member.end), (start, end))
                if found:
                    topic = topic_key(context.things, text)
                    context.drafts.add(key, Property.COVERS, topic, found, evidence, "cover.fields", confidence=LIKELY)


def dated_meeting(context: Context, name: Name) -> str | None:
    timex = context.dates.get(name.start)
    return session_key(context, name, timex.date) if timex and timex.date else None
