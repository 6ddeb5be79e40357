"""Where documents are read: in this process, in several, or on the workers of a cluster."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from alliancekg.reading import Extracts, LeaveOut, Watcher
from extract.errors import DocumentError
from extract.model import Role
from ontology.authority import Entry


@dataclass(frozen=True, slots=True)
class Where:
    """In so many processes of this machine, or on the cluster whose Dask scheduler is at an address (tcp://HOST:PORT, a scheduler file)."""

    jobs: int = 1
    cluster: str | None = None


HERE = Where()


def extractor_of(
    entries: Sequence[Entry], include: Collection[Role], watcher: Watcher, leave_out: LeaveOut, where: Where = HERE
) -> Extracts:
    """What reads documents with the GiNZA model. Only where one process reads does the watcher hear how far a document is.

    Raises DocumentError where Dask is wanted and not installed.
    """
    if where.cluster is not None:
        try:
            from alliancekg.clustering import Cluster, Reader  # noqa: PLC0415 - an extra, that few need
        except ModuleNotFoundError as error:
            raise DocumentError(
                f"a cluster needs {error.name}", todo="Install it: pip install 'alliancekg[cluster]'."
            ) from error
        return Cluster(where.cluster, Reader(entries, include), leave_out)
    if where.jobs > 1:
        from extract.parallel import ParallelExtractor  # noqa: PLC0415 - not needed by one process

        return ParallelExtractor(entries, jobs=where.jobs, include=include)
    return extractor_here(entries, include, watcher.reached)


def extractor_here(entries: Sequence[Entry], include: Collection[Role], reached: Callable[[int], None]) -> Extracts:
    """What reads documents with the GiNZA model in this process."""
    from extract.pipeline import Extractor  # noqa: PLC0415 - spaCy is needed when text is read

    return Extractor(entries, include=include, reached=reached)
