"""The dashboard: one self-contained HTML file that a maintainer publishes and a translator works from."""

from transtool.render.html.page import render

__all__ = ["render"]
