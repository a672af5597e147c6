import pytest

from pytest_forge.reports.page import Page


def test_a_page_with_room_holds_everything_and_says_nothing_of_leaving_out() -> None:
    page = Page(5000)
    page.add("# A\n", ["a", "b"], "letters")
    page.add("# B\n", ["c"], "letters")
    assert page.text("Elsewhere.") == "# A\na\nb\n\n# B\nc\n"


def test_a_section_without_items_is_not_shown() -> None:
    page = Page(5000)
    page.add("# A\n", [], "letters")
    assert page.text("Elsewhere.") == ""


def test_what_does_not_fit_is_counted_and_the_whole_is_named() -> None:
    page = Page(1100)
    page.add("# A\n", ["x" * 40] * 5, "lines")
    page.add("# B\n", ["y" * 90] * 2, "words")
    text = page.text("The whole is elsewhere.")
    assert text.count("x" * 40) == 2
    assert "# B" not in text
    assert text.endswith(
        "**Left out here for length:** 3 lines, 2 words. The whole is elsewhere.\n"
    )


@pytest.mark.parametrize("size", range(1, 400, 13))
def test_a_page_is_never_longer_than_it_may_be(size: int) -> None:
    page = Page(1500)
    for number in range(5):
        page.add(f"## {number}\n\n", ["z" * size] * 20, f"items of {number}", share=0.7)
    assert len(page.text("The whole is elsewhere.")) <= 1500


def test_a_section_ends_with_its_tail_and_never_without() -> None:
    page = Page(1100)
    page.add("<a>\n", ["x" * 40] * 5, "lines", tail="</a>\n")
    page.add("<b>\n", ["y" * 90], "words", tail="</b>\n")
    text = page.text("")
    assert text.startswith(f"<a>\n{'x' * 40}\n")
    assert text.count("</a>\n") == 1
    assert "</b>" not in text


def test_a_section_takes_no_more_than_its_share() -> None:
    page = Page(2000)
    page.add("", ["a" * 9] * 1000, "lines", share=0.5)
    page.add("", ["b" * 9] * 10, "lines")
    text = page.text("")
    assert 400 < text.count("a" * 9) * 10 <= 500
    assert text.count("b" * 9) == 10
