"""What all pictures share: a figure measured in inches, the colours, the legend, and how it is written to files.

The same graph gives the same bytes: no date and no random name enters a file, and letters are drawn as outlines, so that
a picture looks the same where no Japanese font is.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import GraphError
from graph.markup import escaped, table
from graph.names import fit_for_xml
from graph.pictures.fonts import font
from ontology.terms import Factuality

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SUFFIXES = (".svg", ".png", ".html")
# Colours that those who see colours differently tell apart (Okabe and Ito 2008).
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C6D1F", "#5F4B8B")
MORE = ("#882255", "#44AA99", "#999933", "#AA4499", "#117733", "#661100", "#6699CC", "#222222")  # where those run out (Tol)
INK, PALE, GRID = "#222222", "#666666", "#DDDDDD"
# How a line or border is broken by the standing of what it stands for.
STYLES: dict[Factuality, Any] = {
    Factuality.ACTUAL: "-",
    Factuality.PLANNED: (0, (4, 2.5)),
    Factuality.PROPOSED: (0, (1, 1.5)),
    Factuality.POSSIBLE: (0, (6, 1.5, 1, 1.5)),
    Factuality.NEGATED: (0, (1, 4)),
}
DOTTED = ":"
SIZE, SMALL, LARGE = 9.0, 7.5, 12.0  # of letters, in points
LINE = 1.35  # from line to line, in sizes
_DPI = 150
_MOST = 30_000  # pixels on a side, beyond which few programs open a PNG


@dataclass(frozen=True)
class Picture:
    """A picture and the words that it rests on; a notebook shows it by itself.

    `figure` is matplotlib's, to go on with; `headings` and `rows` are the table of sources: what is drawn, as said where.
    """

    figure: Figure
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def to_svg(self) -> bytes:
        """The picture as SVG, its letters as outlines."""
        return self._written("svg", {"Date": None, "Creator": None, "Title": fit_for_xml(self.title)})

    def to_png(self) -> bytes:
        """The picture as PNG, 150 pixels to the inch, fewer where it is very large."""
        return self._written(
            "png", {"Software": None, "Title": fit_for_xml(self.title).encode("latin-1", "replace").decode("latin-1")}
        )

    def to_html(self) -> bytes:
        """A page with the picture and the table of its sources, without anything from elsewhere."""
        page = f'<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n<title>{escaped(self.title)}</title>\n{_STYLE}</head>\n<body>\n{self._repr_html_()}\n</body>\n</html>\n'
        return page.encode()

    def save(self, path: str | Path) -> None:
        """Write it in the format of the suffix: .svg, .png or .html. Raises GraphError."""
        where = Path(path)
        written = {".svg": self.to_svg, ".png": self.to_png, ".html": self.to_html}
        check_suffix(where)
        try:
            where.write_bytes(written[where.suffix.lower()]())
        except OSError as error:
            raise GraphError(f"it cannot be written: {error.strerror or error}", where=str(path)) from error

    def _written(self, form: str, metadata: dict[str, Any]) -> bytes:
        out = BytesIO()
        dpi = min(_DPI, _MOST / max(self.figure.get_size_inches()))
        with drawing():
            self.figure.savefig(out, format=form, dpi=dpi, metadata=metadata)
        return out.getvalue()

    def _repr_html_(self) -> str:
        image = base64.b64encode(self.to_svg()).decode()
        return (
            f'<figure><img alt="{escaped(self.title)}" src="data:image/svg+xml;base64,{image}" style="max-width:100%"></figure>\n'
            f"<details><summary>{escaped(self.title)}: 出典 / sources ({len(self.rows)})</summary>\n"
            f"{table(self.headings, self.rows)}</details>"
        )


_STYLE = "<style>body{font-family:sans-serif;margin:1em}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.3em;text-align:left;vertical-align:top}</style>\n"


def check_suffix(path: Path) -> None:
    """Raises GraphError where the suffix is that of no picture."""
    if path.suffix.lower() not in SUFFIXES:
        raise GraphError("this suffix is of no picture that can be drawn", where=str(path), todo=f"Use {', '.join(SUFFIXES)}.")


def drawing() -> AbstractContextManager[None]:
    """The settings to draw and write with, whatever the program around has set."""
    import matplotlib as mpl  # noqa: PLC0415 - an optional extra, and slow to import

    families = list(font().families)  # says so where matplotlib is missing
    settings: Any = {
        "font.family": families,
        "text.usetex": False,
        "text.parse_math": False,
        "svg.fonttype": "path",
        "svg.hashsalt": "alliancekg",
        "path.simplify": False,
        "savefig.bbox": None,
        "savefig.facecolor": "white",
        "savefig.transparent": False,
    }
    return mpl.rc_context(settings)


def paper(width: float, height: float) -> tuple[Figure, Axes]:
    """A white sheet whose coordinates are inches from the upper left corner, y downwards."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    figure = Figure(figsize=(round(width, 2), round(height, 2)), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return figure, axes


def write(axes: Axes, x: float, y: float, text: str, **how: Any) -> None:  # noqa: ANN401 - what matplotlib takes for a text
    """Text at a place, never read as mathematics."""
    axes.text(x, y, text, **{"fontsize": SIZE, "color": INK, "linespacing": 1.2, "parse_math": False, "va": "center", **how})


@dataclass(frozen=True)
class Key:
    """An entry of the legend: its words and colour, and whether it is a line or a bar, and how it is broken."""

    words: str
    colour: str
    line: bool = False
    style: Any = "-"


def legend_height(keys: Sequence[Key], width: float) -> float:
    """The inches that a legend of such a width takes."""
    return _ROW * len(_rows(keys, width)) if keys else 0.0


def legend(axes: Axes, keys: Sequence[Key], left: float, top: float, width: float) -> None:
    """The entries in rows, as many in each as the width holds."""
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - as above

    for number, row in enumerate(_rows(keys, width)):
        x, y = left, top + _ROW * (number + 0.5)
        for key in row:
            if key.line:
                axes.plot([x, x + _SWATCH], [y, y], color=key.colour, lw=1.6, ls=key.style, solid_capstyle="butt")
            else:
                face = key.colour if key.style == "-" else "white"
                axes.add_patch(Rectangle((x, y - 0.06), _SWATCH, 0.12, fc=face, ec=key.colour, lw=1, ls=key.style))
            write(axes, x + _SWATCH + 0.08, y, key.words, fontsize=SMALL)
            x += _room(key)


_ROW, _SWATCH = 0.24, 0.32


def _room(key: Key) -> float:
    return _SWATCH + 0.08 + font().width(key.words, SMALL) + 0.25


def _rows(keys: Sequence[Key], width: float) -> list[list[Key]]:
    rows: list[list[Key]] = [[]]
    used = 0.0
    for key in keys:
        if rows[-1] and used + _room(key) > width:
            rows.append([])
            used = 0.0
        rows[-1].append(key)
        used += _room(key)
    return rows
