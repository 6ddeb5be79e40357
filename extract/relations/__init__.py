"""From parsed sentences to claims.

frames       verbs and the facts that they state, as data
events       a frame found in a sentence, with the fillers of its roles
factuality   whether the text says that it is so, planned, proposed, possible, or not so
discourse    what a sentence refers back to: topics, 同委員会, the last meeting
meetings     meetings by forum and date
assertions   frames' facts as claims
structure    what names, brackets, copulas and lists say without a verb
"""
