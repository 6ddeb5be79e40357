"""What a change of code, rules or names can touch: which documents must be read again, and which come out as they did.

fingerprint  everything that can change a reading, as one digest and as parts
rules        the parts that the rule files make
changes      two fingerprints → which readings can come out differently
"""

from __future__ import annotations

from extract.affected.changes import Changes, changes
from extract.affected.fingerprint import Fingerprint, fingerprint

__all__ = ["Changes", "Fingerprint", "changes", "fingerprint"]
