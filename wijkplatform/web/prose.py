"""Texts of people as HTML: paragraphs, headings, lists and links, nothing else, each isolated in its own direction."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

ALLOWED = {"p", "br", "ul", "ol", "li", "a", "strong", "em", "h3", "h4", "h5", "blockquote", "code"}
_writer = MarkdownIt("zero", {"html": False, "linkify": False, "breaks": True}).enable(
    ["newline", "heading", "list", "link", "emphasis", "autolink", "escape", "paragraph"]
)


@lru_cache(maxsize=256)
def prose(text: str) -> Markup:
    """A text as safe HTML. Its headings begin below those of the page; a paragraph gets its own direction."""
    tokens = _writer.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 5)}"
        if token.type in ("paragraph_open", "heading_open", "list_item_open"):
            token.attrSet("dir", "auto")
    html = _writer.renderer.render(tokens, _writer.options, {})
    return Markup(  # noqa: S704 (sanitised by nh3 with a short list of tags)
        nh3.clean(
            html,
            tags=ALLOWED,
            attributes={"a": {"href"}, "p": {"dir"}, "li": {"dir"}, "h3": {"dir"}, "h4": {"dir"}, "h5": {"dir"}},
            url_schemes={"http", "https", "mailto"},
            url_relative="deny",
            link_rel="nofollow noopener",
        )
    )
