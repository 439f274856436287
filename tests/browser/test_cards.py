"""Cards in a real browser: the note behind a number, for pointer, touch and keyboard alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.chromium import DESKTOP, PHONE

CARD = ".note-card"
BLOCK = "q-rt-2016-there-can-be-absolutely-no-becc592e80"
"""What Smith wrote: `There can be absolutely no negotiation …`, in paragraph 14."""

TWO = "q-rt-2016-my-view-is-that-ultimately-32458bba54"
"""What he said before, in paragraphs 8 and 9."""

WORDS = (
    "Owen Smith: “There can be absolutely no negotiation with any terrorist group until they "
    "renounce violence, cease all acts of terror and commit themselves to a peaceful settlement”"
)
TITLE = (
    "Negotiate with ISIS? Labour leadership candidate Smith backtracks on plan to sit down with "
    "jihadists"
)
URL = "rt.com/uk/356253-negotiate-isis-smith-corbyn/"
COPIED = {
    "Chicago": f"{WORDS}\n\n“{TITLE},” RT, [August 2016?], para. 14, {URL}.",
    "APA": f"{WORDS} (“Negotiate with ISIS?” ca. 2016, para. 14)\n\n"
    f"{TITLE}. (ca. 2016, August). RT. {URL}",
    "MLA": f"{WORDS} (“Negotiate with ISIS?” par. 14)\n\n“{TITLE}.” RT, Circa Aug. 2016, {URL}.",
}


def number(page: Page, name: str = BLOCK) -> Locator:
    """Return the number of the quotation *name*, in sight."""
    page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
    found = page.locator(f"[id='fnref:{name}'] .footnote-ref")
    found.scroll_into_view_if_needed()
    return found


def copied(page: Page) -> str:
    expect(page.locator(CARD).get_by_role("status")).to_have_text("Copied.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert isinstance(text, str)
    return text


# One window of each kind for all tests: a new one means a new process, which takes longer than
# everything that a test does. What a page keeps is taken from it before the next one is opened.
FORGET = "() => { localStorage.clear(); sessionStorage.clear(); }"


@pytest.fixture(scope="module")
def desktop(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page on a desktop, and what it asks for and says."""
    context = browser.new_context(
        viewport=DESKTOP, permissions=["clipboard-read", "clipboard-write"]
    )
    opened = context.new_page()
    seen: list[str] = []
    opened.on("request", lambda request: seen.append(request.url))
    opened.on("console", lambda message: seen.append(f"console: {message.text}"))
    opened.on("pageerror", lambda error: seen.append(f"error: {error}"))
    yield opened, seen
    context.close()


@pytest.fixture
def page(desktop: tuple[Page, list[str]], address: str) -> Iterator[Page]:
    """The page on the remark, on a desktop; nothing may go wrong or come from elsewhere."""
    opened, seen = desktop
    seen.clear()
    opened.mouse.move(0, 0)
    opened.goto(f"{address}remark/")
    yield opened
    opened.evaluate(FORGET)
    assert [line for line in seen if not line.startswith((address, "data:"))] == []


@pytest.fixture(scope="module")
def small(browser: Browser) -> Iterator[Page]:
    """A page on a phone."""
    context = browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(small: Page, address: str) -> Iterator[Page]:
    """The page on the remark, on a phone."""
    small.goto(f"{address}remark/")
    yield small
    small.evaluate(FORGET)


def test_a_card_opens_under_the_pointer_and_stays_while_it_is_there(page: Page) -> None:
    number(page).hover()
    card = page.locator(CARD)
    expect(card).to_be_visible()
    card.hover()
    page.wait_for_timeout(500)

    expect(card).to_be_visible()
    page.mouse.move(5, 300)
    expect(card).to_have_count(0)


def test_a_card_holds_what_the_note_says_and_no_more(page: Page) -> None:
    number(page).click()
    card = page.locator(CARD)

    expect(card).to_have_attribute("role", "dialog")
    expect(card).to_have_accessible_name("Note 11")
    expect(card.locator("mark")).to_contain_text("There can be absolutely no negotiation")
    expect(card.get_by_role("list", name="Who says it").get_by_role("listitem")).to_have_text(
        [
            "Owen Smith, second statement, written, place not stated",
            "the RT report, no author named",
        ]
    )
    expect(card.locator(".receipt-citation")).to_have_text("RT, “Negotiate with ISIS?” para. 14.")
    expect(card.locator(".receipt-foot")).to_have_text(
        "Para. 14, line 28: see it in the source. Our copy: e6617a8e277f."
    )
    expect(card.locator(".footnote-backref")).to_have_count(0)


@pytest.mark.parametrize("way", ["pointer", "keyboard"])
def test_focus_goes_into_the_card_and_returns_on_escape(page: Page, way: str) -> None:
    link = number(page)
    if way == "pointer":
        link.click()
    else:
        link.focus()
        page.keyboard.press("Enter")
    card = page.locator(CARD)

    expect(card).to_be_focused()
    page.keyboard.press("Tab")
    expect(card.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Tab")
    expect(card.get_by_role("link")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(link).to_be_focused()


def test_behind_the_card_the_keyboard_goes_on_in_the_text(page: Page) -> None:
    number(page).click()
    for _ in range(7):
        page.keyboard.press("Tab")
    expect(page.locator(CARD).get_by_role("button", name="Link to this")).to_be_focused()
    page.keyboard.press("Tab")

    expect(
        page.locator("[id='fnref:q-rt-2016-my-experience-of-working-on-1529eefb3a'] a")
    ).to_be_focused()


@pytest.mark.parametrize("way", ["its number", "Close"])
def test_a_card_closes_by_its_number_and_its_button(page: Page, way: str) -> None:
    number(page).click()
    card = page.locator(CARD)
    if way == "Close":
        card.get_by_role("button", name="Close").click()
    else:
        number(page).click()

    expect(card).to_have_count(0)
    expect(number(page)).to_be_focused()


def test_a_click_outside_closes_and_keeps_what_was_clicked(page: Page) -> None:
    number(page).click()
    page.get_by_role("heading", level=1).click()

    expect(page.locator(CARD)).to_have_count(0)
    expect(number(page)).to_be_focused()
    number(page).click()
    page.get_by_role("link", name="Compare").click()
    expect(page).to_have_url(re.compile("/compare/$"))


def test_one_card_is_open_at_a_time_and_the_pointer_takes_none_away(page: Page) -> None:
    number(page).click()
    page.locator("[id='fnref:c-rt-2016--p12-12'], .footnote-ref").first.hover(force=True)
    page.wait_for_timeout(400)

    expect(page.locator(CARD)).to_have_count(1)
    expect(page.locator(CARD)).to_have_accessible_name("Note 11")
    number(page, TWO).click()
    expect(page.locator(CARD)).to_have_count(1)
    expect(page.locator(CARD)).to_have_accessible_name("Note 9")


def test_the_card_of_a_paraphrase_shows_no_words_of_the_source(page: Page) -> None:
    number(page, "c-rt-2016--p16-16").click()
    card = page.locator(CARD)

    expect(card).to_contain_text("para. 16")
    expect(card.locator(".receipt, .receipt-chain")).to_have_count(0)
    expect(card.get_by_role("button")).to_have_count(1)


@pytest.mark.parametrize("style", list(COPIED))
def test_copies_the_quotation_with_its_citation(page: Page, style: str) -> None:
    number(page).click()
    page.locator(CARD).get_by_role("button", name=style).click()

    assert copied(page) == COPIED[style]


def test_copies_the_quotation_with_bibtex(page: Page) -> None:
    number(page).click()
    page.locator(CARD).get_by_role("button", name="BibTeX").click()
    text = copied(page)

    assert text.startswith(f"{WORDS} \\cite[para. 14]{{rt-2016}}\n\n@article{{rt-2016,\n")
    assert text.endswith(f"  url = {{{URL}}}\n}}")


def test_copies_paragraphs_apart_and_names_them_all(page: Page) -> None:
    number(page, TWO).click()
    page.locator(CARD).get_by_role("button", name="APA").click()

    before, _, behind = copied(page).partition("negotiating.\n\n“At some point")
    assert before.startswith("Owen Smith: “My view is that, ultimately, all solutions")
    assert "table.” (“Negotiate with ISIS?” ca. 2016, paras. 8–9)\n\n" in behind


def test_copies_an_authors_own_words_without_a_name_before_them(page: Page) -> None:
    number(page, "q-rt-2016-appears-to-be-backtracking-on-2615152862").click()
    page.locator(CARD).get_by_role("button", name="Chicago").click()

    assert copied(page).startswith("“appears to be backtracking")


def test_copies_what_is_seen_of_a_changed_quotation(page: Page, address: str) -> None:
    page.goto(f"{address}dialogue/")
    inline = page.locator("span.quotation").first
    name = inline.get_attribute("id")
    inline.evaluate(
        "(span) => span.insertAdjacentHTML('beforeend', ' <ins class=\"editor\">"
        '<span class="for-screen-readers">editor adds: </span>[here]</ins>\')'
    )
    number(page, str(name)).click()
    page.locator(CARD).get_by_role("button", name="MLA").click()

    assert " [here]” (Cantey" in copied(page)


def test_copies_the_address_of_the_quotation(page: Page, address: str) -> None:
    number(page).click()
    page.locator(CARD).get_by_role("button", name="Link to this quotation").click()

    assert copied(page) == f"{address}remark/#{BLOCK}"


def test_where_copying_is_refused_the_text_is_there_to_copy(page: Page) -> None:
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(); }")
    number(page).click()
    page.locator(CARD).get_by_role("button", name="Chicago").click()

    expect(page.get_by_role("textbox", name="To copy")).to_have_value(COPIED["Chicago"])


def test_words_that_are_not_handed_on_have_no_button_to_copy_them(page: Page, address: str) -> None:
    page.goto(f"{address}objections/")
    note = page.locator(".footnote li[data-sensitive]").first
    name = str(note.get_attribute("id")).removeprefix("fn:")
    number(page, name).click()
    card = page.locator(CARD)

    expect(card.locator("mark")).to_be_visible()
    expect(card.get_by_role("button")).to_have_text(["×", "Link to this quotation"])


@pytest.mark.parametrize("scrolled", ["end", "start"])
def test_a_card_covers_no_word_of_its_quotation(page: Page, scrolled: str) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
    quotations = page.locator(".quotation")
    for quotation in quotations.all():
        name = str(quotation.get_attribute("id"))
        quotation.evaluate(f"(node) => node.scrollIntoView({{block: '{scrolled}'}})")
        page.evaluate("(name) => document.getElementById(`fnref:${name}`).firstChild.click()", name)
        card, words = page.locator(CARD).bounding_box(), quotation.bounding_box()
        assert card
        assert words
        assert card["y"] >= words["y"] + words["height"] or card["y"] + card["height"] <= words["y"]
        assert card["x"] >= 0
        assert card["x"] + card["width"] <= DESKTOP["width"]


def test_a_tap_opens_a_sheet_that_covers_no_word(phone: Page) -> None:
    for quotation in phone.locator(".quotation").all():
        link = number(phone, str(quotation.get_attribute("id")))
        link.tap()
        sheet = phone.locator(CARD)
        expect(sheet).to_be_visible()
        box, words = sheet.bounding_box(), quotation.bounding_box()
        assert box
        assert words
        assert words["y"] + words["height"] <= box["y"]
        assert (box["x"], box["width"]) == (0, PHONE["width"])
        assert box["y"] + box["height"] == PHONE["height"]
        expect(link).to_be_in_viewport()
        phone.touchscreen.tap(180, 100)
        expect(sheet).to_have_count(0)


def test_on_a_phone_every_target_is_large_enough(phone: Page) -> None:
    number(phone).tap()
    for button in phone.locator(CARD).get_by_role("button").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24


def test_the_page_does_not_move_by_itself_for_whoever_asked_for_that(phone: Page) -> None:
    number(phone).tap()

    assert phone.locator(CARD).evaluate("(card) => getComputedStyle(card).animationName") == "none"


def test_without_scripts_the_number_leads_to_the_whole_note(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}remark/")
    number(page).click()
    note = page.locator(f"li[id='fn:{BLOCK}']")

    expect(note).to_be_in_viewport()
    for part in (".receipt-citation", ".receipt-chain", "mark", ".receipt-foot"):
        expect(note.locator(part)).to_be_visible()
    expect(page.get_by_role("button", name="Chicago")).to_have_count(0)
    context.close()


def test_where_a_quotation_begins_and_ends_is_heard_outside_its_text(page: Page) -> None:
    inline = page.locator("span.quotation").first
    before, behind = inline.evaluate(
        "(node) => ['::before', '::after'].map((name) => getComputedStyle(node, name).content)"
    )

    assert (before, behind) == ('" quotation: "', '" end of quotation "')
    assert "quotation" not in inline.inner_text()
    heard = page.locator("p", has=inline).first.aria_snapshot()
    assert "“ quotation: all actors end of quotation ”" in " ".join(heard.split())


# Numbers that do not stand behind what they belong to, in its line.
ASTRAY = """() => [...document.querySelectorAll("article sup > .footnote-ref")].filter((number) => {
    const before = document.createRange();
    const there = number.parentNode.previousSibling;
    if (!there || number.closest("details:not([open])")) return false;
    if (there.nodeType === Node.TEXT_NODE) {
        before.setStart(there, there.length - 1);
        before.setEnd(there, there.length);
    } else before.selectNodeContents(there);
    return number.getBoundingClientRect().left < before.getBoundingClientRect().right - 1;
}).length"""


def test_a_number_stands_in_the_line_of_the_word_before_it(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    astray = []
    for width in range(320, 420, 4):
        page.set_viewport_size({"width": width, "height": 700})
        astray.append(page.evaluate(ASTRAY))
    context.close()

    assert set(astray) == {0}


def test_numbers_side_by_side_have_room_for_a_finger(phone: Page, address: str) -> None:
    phone.goto(address)
    numbers = phone.locator("article > p").first.locator(".footnote-ref")
    middles = []
    for link in numbers.all():
        box = link.bounding_box()
        assert box
        middles.append(box["x"] + box["width"] / 2)
        beside = (box["x"] - 4, box["y"] + box["height"] / 2)
        hit = phone.evaluate("([x, y]) => document.elementFromPoint(x, y).textContent", beside)
        assert hit == link.inner_text()

    assert len(middles) == 3
    assert min(b - a for a, b in pairwise(middles)) >= 20


def test_what_lights_words_covers_no_mark_beside_them(page: Page) -> None:
    marked = page.locator("span.quotation").first
    page.evaluate("(id) => (location.hash = id)", marked.get_attribute("id"))

    expect(marked).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(marked).to_have_css("box-shadow", "none")
