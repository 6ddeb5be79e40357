"""How a noun is said to be something: 「XはYのNである」, 「…であり、」, 「…ではない」."""

from __future__ import annotations

import re

COPULA = re.compile(
    r"^[」』]?(?:など|等)?(?:で(?:ある|あり|あった|す|した|、|も)|では(?:な|あり)|だ|に(?:ある|あたる|当たる|置)|となる|となり|となった|とな|。|$)"
)
DENIED = re.compile(r"^[」』]?で(?:は|も)?(?:な[いかくし]|ありませ)")
AND_THEN = re.compile(r"^(?:で(?:、|あり|あったが|したが)|だったが)")
