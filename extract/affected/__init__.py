"""What a change of code, rules or names can touch: which documents must be read again, and which come out as they did.

fingerprint  everything that can change a reading, as one digest and as parts
rules        the parts that the rule files make
changes      two fingerprints → which readings can come out differently
"""
