"""How Sphinx builds these pages: `make docs`, warnings as errors. What is built is in docs/_build/html and asks no other server."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from alliancekg import __version__  # noqa: E402 - found by the path above

project = "alliancekg"
author = project_copyright = "The alliancekg developers"
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_click", "sphinx_copybutton", "reference_pages"]
exclude_patterns = ["_build"]
nitpicky = True
suppress_warnings = ["misc.highlighting_failure"]  # Pygments knows not all of SPARQL 1.1; the tests run every query
nitpick_ignore_regex = [("py:.*", r"(?!alliancekg).*")]  # types of other libraries, whose pages are elsewhere

myst_enable_extensions = ["attrs_block"]
myst_heading_anchors = 3
default_role = "code"  # docstrings write code in single backticks
autodoc_preserve_defaults = True
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
copybutton_prompt_text = "$ "
copybutton_only_copy_prompt_lines = True

html_theme = "furo"
html_title = f"alliancekg {version}"
html_static_path = ["static"]
html_css_files = ["japanese.css"]
html_show_search_summary = False  # they are fetched, which browsers forbid pages that are opened as files
html_copy_source = html_show_sourcelink = False
html_theme_options = {"navigation_with_keys": True}
pygments_style, pygments_dark_style = "friendly", "native"
