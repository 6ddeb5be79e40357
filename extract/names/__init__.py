"""Names in running text: institutions, agreements, programmes, people, posts, states, places.

lexicon      names that are known: the authority's, and those that the document defines
compounds    names by structure: a head noun of the field and its modifiers
set_up       what is a name since the text says that it was set up or set down
coordinated  names that share a head noun: 日英と日豪の円滑化協定
quoted       names in 「」 and 『』
people       persons with their posts
states       日米, 日英伊3か国, 米国側
definitions  「X(Y)」, 「X(以下「Y」という)」, 「X、いわゆるY」
titles       legal titles of agreements
listed       names that the word behind their list tells
spellings    2+2 for 日米2プラス2, 「…」と呼称される, 「…のための指針」(1997年)
organs       理事会 of the partnership that the document is about
recognise    all of them over one document
"""
