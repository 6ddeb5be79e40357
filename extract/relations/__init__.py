"""From parsed sentences to claims.

What a sentence is about
    context      all that is known of one sentence
    reference    what its names mean
    deciding     which of several things a shared name means; namesakes (texts called alike, of different states)
    discourse    what it refers back to: topics, 同委員会, the last meeting
    groups       names that play one role together
    draft        claims in the making

What verbs say
    frames       verbs and the facts that they state, as data
    events       a frame found in a sentence
    roles        who plays which role: fillers, particles, head_nouns, clauses, lending, adjusting, outcomes, timing
    filling      the things in the roles; supplying: what the discourse supplies, carrying: what the clause before does; pairing: whose date is whose
    factuality   whether it is so, planned, proposed, possible, or not so
    assertions   the facts as claims: meetings, activities, amendments, approvals, terms, purposes, successions, careers
    covering     what is dealt with, told by verbs: topics; stating (what a text says), aims (what a thing is made for)
    itemised     what a sentence of mere nouns adds to the one before
    memberships  who joined, left or may join a body, read from a table of their own
    hierarchy    what a body consists of, told in prose; bodies that are called after the one that they belong to

What is said without a verb
    structure    names, apposition; parties: whose agreement it is
    entitled     what a name says that its bearer is about
    brackets     what stands in a name's brackets
    nouns        relational nouns and copulas: possession, matters, holders, levels
    lists        what is said of each item of a list
    notices      the fields of a press notice
    talks        who met whom, without a name for it
    cancelled    what was to be held and was not
    gatherings   where meetings are held and who is there
    revisions    which agreement revised which, over several sentences
"""
