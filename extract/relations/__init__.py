"""From parsed sentences to claims. Each folder knows those above it in this list, and none below.

grammar     what a sentence's grammar tells, whatever its names mean
    groups       names that play one role together
    frames       verbs and the facts that they state, as data
    events       a frame found in a sentence
    roles        who plays which role (`fillers`): particles, head_nouns, clauses, lending, adjusting, outcomes, timing, venues, themes
    copulas      XはYである; foundings: 委員会の設立が合意され
factuality  what standing a sentence gives to what it says
    standing     whether it is so, planned, proposed, possible, or not so: cues (data), links between clauses
    outlook      what tense and date make of it; sayings: what somebody is quoted with
discourse   what is known of a sentence and of the text before it
    context      all that is known of one sentence
    draft        claims in the making
    memory       what a text has spoken of; aboutness: what its sentences are about; entries: what is said of a headword
    reference    what names mean; deciding (shared names), namesakes (texts called alike), former (前者, 後者)
    sessions     which meeting a bare 会合 is; encounters (talks of people), meetings (what tells one from another)
matters     what bodies, texts and meetings deal with
    covering     told by verbs: dealers (who deals with it), topics (the fields); stating (what a text says), aims
    entitled     what a name says that its bearer is about; itemised: sentences of mere nouns
texts       what happens to agreements and programmes
    parties      whose they are; purposes (what they rest on), revisions, amendments, successions, lineage
    approvals    who has to agree; terms: how long they hold
nouns       what is said without a verb
    structure    names, apposition; brackets, partakers (of a meeting, an exercise, a framework)
    relational   YのNはXである, as data: possession (who has whom), contents, levels, holders (of posts)
bodies      members, read from a table of their own; rosters (lists of states), hierarchy (organs; own_parts: those of a headword), careers
verbs       what verbs say
    assertions   the facts of frames as claims: filling (the things in the roles), claiming, belonging, dating
    carrying     what a clause takes over from the one before; supplying: from the discourse (attending: who came or joined); pairing: whose date is whose
    activities   dated events that have no name
meetings    talks without a name, gatherings (where and with whom), cancelled
layout      items of lists, fields of notices
"""
