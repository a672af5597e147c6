import re

import pytest
from markdown_it import MarkdownIt

from pytest_forge.reports import escape


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]8;;http://x.example\x1b\\link\x1b]8;;\x07", "link"),
        ("\x9b31mred", "red"),
        ("\x1bPq#0\x1b\\after", "after"),
        ("\x1b(Bset", "set"),
        ("cut \x1b[31", "cut "),
        ("a\x00b\x08c\x7f", "abc"),
        ("\u202egnp.exe", "gnp.exe"),
        ("half \ud800", "half \ufffd"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("tab\tand ünïcode 漢字 stay", "tab\tand ünïcode 漢字 stay"),
    ],
)
def test_plain_takes_out_what_a_terminal_obeys_and_leaves_the_rest(text: str, left: str) -> None:
    assert escape.plain(text) == left


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("fits", 4, "fits"),
        ("too long", 5, "too…"),
        ("漢字漢字", 5, "漢字…"),
        ("e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301e\u0301"),
        ("any", 0, ""),
    ],
)
def test_cut_counts_the_columns_of_a_terminal(text: str, width: int, shown: str) -> None:
    assert escape.cut(text, width) == shown
    assert escape.columns(shown) <= width


@pytest.mark.parametrize(
    "text",
    ["::error::x", " \n::warning file=a::x", "##[error]x", "say ##vso[task.complete]", "##tc[x]"],
)
def test_one_line_holds_no_command_to_a_ci_system(text: str) -> None:
    line = escape.one_line(text)
    assert not re.search(r"^\s*::|##\w*\[|\n", line)


def test_one_line_of_code_that_only_looks_like_a_command_is_unchanged() -> None:
    assert escape.one_line("std::vector ## heading") == "std::vector ## heading"


@pytest.mark.parametrize(
    "text",
    [
        "*a* _b_ `c` ~~d~~ [e](http://f.example) ![g](h) \\ | $x$ &amp; <b>",
        "1. list",
        "@user #1 GH-2 a@b.example www.c.example",
    ],
)
def test_markdown_shows_exactly_the_text(text: str) -> None:
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(f"see {escape.markdown(text)}")
    assert not re.search("<(?!/?p>|!-- -->)", rendered)
    seen = re.sub(r"<!-- -->|</?p>", "", rendered).strip()
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        seen = seen.replace(entity, character)
    assert seen == f"see {text}"


@pytest.mark.parametrize("text", ["@user", "#12", "GH-7", "http://x.example", "www.x.example"])
def test_markdown_breaks_what_hosts_look_for_in_rendered_text(text: str) -> None:
    assert text not in escape.markdown(text).replace("\\", "")


@pytest.mark.parametrize("text", ["a `b` c", "```", "`", "plain", "a``b"])
def test_code_keeps_backticks_inside_its_span(text: str) -> None:
    rendered = MarkdownIt().render(f"x {escape.code(text)} y")
    assert rendered == f"<p>x <code>{text}</code> y</p>\n"


def test_code_of_nothing_is_nothing() -> None:
    assert escape.code(" \n") == ""


def test_a_cell_of_a_table_keeps_its_bars_inside() -> None:
    row = f"| {escape.cell(escape.code('a|b'))} | {escape.cell(escape.markdown('c|d'))} |"
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(f"| 1 | 2 |\n|---|---|\n{row}\n")
    assert "<td><code>a|b</code></td>" in rendered
    assert "<td>c|d</td>" in rendered


def test_html_is_code_in_which_no_tag_survives() -> None:
    assert escape.html("<b>_x_</b>") == "<code>&lt;b&gt;_x_&lt;/b&gt;</code>"
