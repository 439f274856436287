"""Edits of finished pages by kind, one at a time, each of which would mislead a reader or program.

A kind is a name and what it does to the HTML of a page: to one place of it, chosen by chance. Those
that no source can show, because authors alone know what they wrote, are named with the reason; the
file is then another than `site.sha256` lists, and that is all.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

Edit = Callable[[str, random.Random], str]
"""Returns a page with one place changed; the page as it was, if it has no such place."""

AUTHORS = "an author's own words or elements: no source says what they are"
OWN_FILES = "a file of the site: no source says which pages load it"
LINE_ENDS = "where a line ends inside a quotation is the page's own"
PUBLISHED = "which addresses were published before is in the list of addresses, not in sources"
CODE = "words of a quotation may be set as code by an author"

FALSE = "Talks with any group may begin at any time"


def _sub(pattern: str, new: str | Callable[[re.Match[str], random.Random], str]) -> Edit:
    """Return the edit that puts *new* for one match of *pattern*, whatever that spans."""
    compiled = re.compile(pattern, re.DOTALL)

    def edit(html: str, chance: random.Random) -> str:
        matches = list(compiled.finditer(html))
        if not matches:
            return html
        match = chance.choice(matches)
        put = match.expand(new) if isinstance(new, str) else new(match, chance)
        return html[: match.start()] + put + html[match.end() :]

    return edit


def _swap(pattern: str, group: str = "part") -> Edit:
    """Return the edit that swaps the text of two matches of *pattern* that differ there."""
    compiled = re.compile(pattern, re.DOTALL)

    def edit(html: str, chance: random.Random) -> str:
        matches = list(compiled.finditer(html))
        pairs = [(a, b) for a in matches for b in matches if a.start() < b.start()]
        pairs = [(a, b) for a, b in pairs if a[group] != b[group]]
        if not pairs:
            return html
        first, second = chance.choice(pairs)
        between = html[first.end(group) : second.start(group)]
        before, after = html[: first.start(group)], html[second.end(group) :]
        return f"{before}{second[group]}{between}{first[group]}{after}"

    return edit


def _moved(pattern: str, to: str) -> Edit:
    """Return the edit that moves one match of *pattern* to before or after a match of *to*."""

    def edit(html: str, chance: random.Random) -> str:
        matches = list(re.finditer(pattern, html, re.DOTALL))
        if not matches:
            return html
        match = chance.choice(matches)
        rest = html[: match.start()] + html[match.end() :]
        places = [found.end() for found in re.finditer(to, rest) if found.end() != match.start()]
        if not places:
            return html
        at = chance.choice(places)
        return rest[:at] + match[0] + rest[at:]

    return edit


def _other(pattern: str, values: str) -> Edit:
    """Return the edit that puts for the group `value` of *pattern* another that *values* finds."""
    compiled = re.compile(pattern, re.DOTALL)

    def edit(html: str, chance: random.Random) -> str:
        matches = list(compiled.finditer(html))
        known: list[str] = sorted(set(re.findall(values, html)))
        if not matches:
            return html
        match = chance.choice(matches)
        others = [value for value in known if value != match["value"]]
        if not others:
            return html
        new = chance.choice(others)
        return html[: match.start("value")] + new + html[match.end("value") :]

    return edit


NUMBER = r'<sup id="fnref:[^"]*"><a class="footnote-ref"[^>]*>\d+</a></sup>'
OF_QUOTATION = r'<sup id="fnref:q-[^"]*"><a class="footnote-ref"[^>]*>\d+</a></sup>'
LINK = r'(?P<before><a class="footnote-ref" href=")#fn:[^"]*'
NUMBERS: Mapping[str, Edit] = {
    "a number leads to another note": _other(
        r'<a class="footnote-ref" href="(?P<value>#fn:[^"]*)', r'footnote-ref" href="(#fn:[^"]*)'
    ),
    "a number leads to no note": _sub(LINK, r"\g<before>#fn:nowhere"),
    "a number leads to a page": _sub(LINK, r"\g<before>../glossary/"),
    "a number leads to another site": _sub(LINK, r"\g<before>https://example.org/"),
    "a number leads nowhere": _sub(r'(<a class="footnote-ref") href="[^"]*"', r"\1"),
    "a number's label": _sub(r'(footnote-ref"[^>]*aria-label="note )\d+', r"\g<1>77"),
    "a number's label in words": _sub(r'aria-label="note (\d+)', r'aria-label="not \1'),
    "a number without label": _sub(r'(footnote-ref"[^>]*) aria-label="note \d+"', r"\1"),
    "a number of a citation taken out": _sub(
        r'<sup id="fnref:c-[^"]*"><a class="footnote-ref"[^>]*>\d+</a></sup>', ""
    ),
    "a number of a quotation taken out": _sub(OF_QUOTATION, ""),
    "a number without its link": _sub(
        r'(<sup id="fnref:[^"]*">)<a class="footnote-ref"[^>]*>(\d+)</a>', r"\1\2"
    ),
    "a number twice": _sub(f"({NUMBER})", r"\1\1"),
    "a number's id": _sub(r'<sup id="fnref:[qc]-', '<sup id="fnref:x-'),
    "a number's id of another turn": _sub(r'(<sup id="fnref:[^"]*?)(?:--\d+)?"', r'\1--9"'),
    "a number without id": _sub(r'<sup id="fnref:[^"]*">', "<sup>"),
    "a number's class": _sub('class="footnote-ref"', 'class="footnote"'),
    "a number before its quotation": _moved(
        OF_QUOTATION, r"<p>(?=[A-Z])|<p id=\"[^\"]*\">(?=[A-Z])"
    ),
    "a number of a quotation in another paragraph": _moved(OF_QUOTATION, r"\.(?=</p>)"),
    "two numbers swap where they lead": _swap(
        r'<a class="footnote-ref" (?P<part>href="[^"]*")[^>]*>\d+</a>'
    ),
    "a number hidden": _sub(r'<sup id="fnref:', '<sup hidden id="fnref:'),
    "a number's link hidden": _sub(
        '<a class="footnote-ref"', '<a aria-hidden="true" class="footnote-ref"'
    ),
    "a number's title": _sub('<a class="footnote-ref"', f'<a title="{FALSE}" class="footnote-ref"'),
    "a number with a word": _sub(f"({NUMBER[:-10]})(</a></sup>)", r"\1 withdrawn\2"),
    "a word beside a number": _sub(r"(\d</a>)(</sup>)", r"\1 withdrawn\2"),
    "a second link to a note": _sub(
        r"(<p>[A-Z]\w+)(.*?)(#fn:[^\"]*)", r'\1 <a href="\3">so</a>\2\3'
    ),
    "a number of no note": _sub(
        r"(</p>)",
        r'<sup id="fnref:c-rt-2016--p1-99"><a class="footnote-ref" href="#fn:c-rt-2016--p1-99" '
        r'aria-label="note 99">99</a></sup>\1',
    ),
    "a number of a quotation that is none": _sub(
        r'<sup id="fnref:c-([^"]*)">', r'<sup id="fnref:q-rt-2016-\1">'
    ),
}

ITEM = r'<li id="fn:[^"]*"[^>]*><p class="receipt-citation">.*?</p></li>(?=<li id|</ol></div>)'
QUOTED = r'(?P<head><li id="fn:q-[^"]*"[^>]*>)'
NOTES: Mapping[str, Edit] = {
    "a note taken out": _sub(ITEM, ""),
    "a note twice": _sub(f"({ITEM})", r"\1\1"),
    "two notes swap places": _swap(f"(?P<part>{ITEM})"),
    "two notes swap ids": _swap(r'<li id="(?P<part>fn:[^"]*)"'),
    "a note's id": _sub(r'<li id="fn:([qc])-', r'<li id="fn:\1-x-'),
    "a note without id": _sub(r'<li id="fn:[^"]*"', "<li"),
    "a note hidden": _sub(r'<li id="fn:', '<li hidden id="fn:'),
    "a note's class": _sub(r'<li id="fn:', '<li class="for-screen-readers" id="fn:'),
    "a note said to be sensitive": _sub(r'(<li id="fn:[^"]*")>', r'\1 data-sensitive="">'),
    "a note not said to be sensitive": _sub(' data-sensitive=""', ""),
    "a note's value": _sub(r'<li id="fn:', '<li value="77" id="fn:'),
    "notes counted from elsewhere": _sub(r"(<hr><ol)>(?=<li id)", r'\1 start="7">'),
    "notes hidden": _sub('<div class="footnote"', '<div hidden class="footnote"'),
    "notes' class": _sub('<div class="footnote"', '<div class="footnote needs-script"'),
    "notes without styles to copy": _sub(r' data-styles="[^"]*"', ""),
    "other styles to copy": _sub(r'data-styles="[^"]*"', 'data-styles="x: Harvard"'),
    "all notes taken out": _sub(r'<div class="footnote".*?</ol></div>', ""),
    "a heading over the notes": _sub(r"<hr>(<ol)", r"<hr><p>None of it is true.</p>\1"),
    "words in the list of notes": _sub(r"<hr>(<ol[^>]*>)", rf"<hr>\1{FALSE}. "),
    "a note among the notes": _sub(r"(<hr><ol[^>]*>)", rf"\1<li>{FALSE}.</li>"),
    "a paragraph in a note": _sub(
        r'(?=<p class="receipt-foot">)', "<p>In truth these are the words of Jeremy Corbyn.</p>"
    ),
    "a remark in a note": _sub(
        r'(?=<p class="receipt-foot">)', f'<p class="receipt-remark">{FALSE}.</p>'
    ),
    "words at the end of a note": _sub(r"(?=</li><li id=\"fn:)", f"{FALSE}."),
    "a picture in a note": _sub(r'(?=<p class="receipt-foot">)', '<img src="x.png" alt="So">'),
    "a comment for screen readers in a note": _sub(
        r'(<p class="receipt-citation")', rf'\1 aria-label="{FALSE}"'
    ),
    "a class of a note's part": _sub(r'class="receipt-(?:citation|foot|sentence)"', 'class="note"'),
    "a link in a citation": _sub(
        r'(<span class="reference">)([^<]+)', r'\1<a href="https://example.org/">\2</a>'
    ),
    "emphasis in a citation": _sub(
        r"(receipt-citation\"><span class=\"reference\">)([^<]+)", r"\1<em>\2</em>"
    ),
    "emphasis less in a citation": _sub(
        r'(receipt-citation"><span class="reference">[^<]*)<em>([^<]*)</em>', r"\1\2"
    ),
    "a citation taken out": _sub(r'<p class="receipt-citation">.*?</p>', ""),
    "a citation twice": _sub(r'(<p class="receipt-citation">.*?</p>)', r"\1\1"),
    "another citation": _swap(r'<p class="receipt-citation">(?P<part>.*?)</p>'),
    "a day of access": _sub(r"Accessed \d+", "Accessed 1"),
    "a day of access taken out": _sub(r" Accessed [^<]*", ""),
    "a day of access put there": _sub(
        r'(receipt-citation"><span class="reference">(?:(?!</p>|ccessed).)*</span>)(</p>)',
        r"\1 Accessed 21 November 2026.\2",
    ),
    "a sentence taken out": _sub(r'<p class="receipt-sentence">.*?</p>', ""),
    "a sentence twice": _sub(r'(<p class="receipt-sentence">.*?</p>)', r"\1\1"),
    "a sentence without proof": _sub(
        r'<span class="receipt" [^>]*>((?:(?!</span>).)*)</span>',
        r'<span class="receipt">\1</span>',
    ),
    "lit words narrowed": _sub(r"<mark>(\w+ )([^<]+)</mark>", r"\1<mark>\2</mark>"),
    "lit words widened": _sub(r"(\w+ )<mark>([^<]+)</mark>", r"<mark>\1\2</mark>"),
    "lit words widened after": _sub(r"<mark>([^<]+)</mark>( \w+)", r"<mark>\1\2</mark>"),
    "no lit words": _sub(r"<mark>([^<]+)</mark>", r"\1"),
    "other words lit": _sub(r"([A-Za-z]+)([^<>]*)<mark>([^<]+)</mark>", r"<mark>\1</mark>\2\3"),
    "more words lit": _sub(r"([A-Za-z]+)( [^<>]*<mark>)", r"<mark>\1</mark>\2"),
    "a class of lit words": _sub("<mark>", '<mark class="hidden">'),
    "words struck in a sentence": _sub(r"<mark>([^<]+)</mark>", r"<mark><s>\1</s></mark>"),
    "dots before a sentence": _sub(r'(receipt-sentence">)(<span)', r"\1… \2"),
    "dots taken away": _sub(r"… (<span class=\"receipt\")", r"\1"),
    "words before a sentence": _sub(r'(receipt-sentence">)', r"\1In truth Corbyn said: "),
    "the way of words taken out": _sub(r'<ol class="receipt-chain".*?</ol>', ""),
    "the way of words twice": _sub(r'(<ol class="receipt-chain".*?</ol>)', r"\1\1"),
    "another way of words": _swap(r'(?P<part><ol class="receipt-chain".*?</ol>)'),
    "a step less": _sub(r"(receipt-chain\"[^>]*><li>.*?</li>)<li>.*?</li>", r"\1"),
    "a step more": _sub(r"(receipt-chain\"[^>]*><li>.*?</li>)", r"\1<li>Jeremy Corbyn</li>"),
    "steps in another order": _sub(
        r"(receipt-chain\"[^>]*>)(<li>(?:(?!</li>).)*</li>)(<li>(?:(?!</li>).)*</li>)", r"\1\3\2"
    ),
    "another name set off": _sub(r"<li><b>(\w+)( [^<]*)</b>", r"<li><b>\1</b>\2"),
    "the way of words called otherwise": _sub("Who says it", "Who denies it"),
    "words between steps": _sub(r"(receipt-chain\"[^>]*>)(<li>)", r"\1 not \2"),
    "a remark taken out": _sub(r'<p class="receipt-remark">.*?</p>', ""),
    "edits not told": _sub(r'<p class="receipt-edits">.*?</p>', ""),
    "another count of words left out": _sub(r"(leaves out )(\d+)", r"\g<1>1\2"),
    "other words replaced": _sub(r'(stands for “<span class="receipt"[^>]*>)\w+', r"\1others"),
    "edits told where there are none": _sub(
        QUOTED + r"(?P<rest>.*?)(?P<way><ol class=\"receipt-chain\")",
        r'\g<head>\g<rest><p class="receipt-edits"><span class="reference">[sic]: so in the source'
        r". </span></p>\g<way>",
    ),
    "emphasis said to be added": _sub(
        r'(?P<way><ol class="receipt-chain")',
        r'<p class="receipt-edits"><span class="reference">Emphasis added.</span></p>\g<way>',
    ),
    "the last part of a note taken out": _sub(r'<p class="receipt-foot">.*?</p>', ""),
    "a note leads to another paragraph": _sub(r'(receipt-foot"><a href="[^"#]*#p)\d+', r"\g<1>77"),
    "a note leads to another passage": _sub(r'(receipt-foot"><a href="[^"#]*#q-)[^"]*', r"\g<1>x"),
    "a note leads to no passage": _sub(r'(receipt-foot"><a href="[^"#]*)#[^"]*', r"\1"),
    "a note leads to another source": _sub(
        r'(receipt-foot"><a href="[^"]*sources/)[^/"]*', r"\1ap-2014"
    ),
    "a note leads to another page": _sub(r'(receipt-foot"><a href=")[^"#]*', r"\1../glossary/"),
    "a note leads to another site": _sub(
        r'(receipt-foot"><a href=")[./]*', r"\1https://example.org/"
    ),
    "a note without its link": _sub(r'(receipt-foot">)<a href="[^"]*">([^<]*)</a>', r"\1\2"),
    "a link of a note opens another window": _sub(r'(receipt-foot"><a )href', r'\1target="x" href'),
    "words behind the colon": _sub(": see it in the source", ": see it refuted"),
    "no words behind the colon": _sub(": see it in the source", ""),
    "another line": _sub(r"(, lines? )(\d+)", r"\g<1>1\2"),
    "another paragraph": _sub(r'(">Paras?\. )(\d+)', r"\g<1>1\2"),
    "a reference said to be a source": _sub("Its record</a>", "The source</a>"),
    "words before the fingerprint": _sub(r"\. Our copy: ", ". Not our copy: "),
    "no fingerprint": _sub(r" Our copy: <code[^>]*>[^<]*</code>\.", ""),
    "a fingerprint in full": _sub(r"(SHA-256 )[0-9a-f]{3}", r"\g<1>123"),
    "words at a note's end": _sub(r"(</code>\. )", rf"\1{FALSE}. "),
    "a link back taken out": _sub(r'<a class="footnote-backref"[^>]*>↩</a> ', ""),
    "a link back twice": _sub(r'(<a class="footnote-backref"[^>]*>↩</a> )', r"\1\1"),
    "a link back to another number": _other(
        r'footnote-backref" href="(?P<value>#fnref:[^"]*)', r'backref" href="(#fnref:[^"]*)'
    ),
    "a link back to nothing": _sub(r'(footnote-backref" href=")[^"]*', r"\1#nowhere"),
    "a link back to another site": _sub(r'(footnote-backref" href=")[^"]*', r"\1https://a.org/"),
    "links back in another order": _sub(
        r'(<a class="footnote-backref"[^>]*>↩</a> )(<a class="footnote-backref"[^>]*>↩</a> )',
        r"\2\1",
    ),
    "a link back's title": _sub(r'title="Back to note (\d+)', r'title="Back to note 1\1'),
    "a link back's title in words": _sub('title="Back to note', 'title="Not in note'),
    "a link back's label": _sub('aria-label="Back to note', 'aria-label="Back from note'),
    "a place of several": _sub(r"(place \d+ of )(\d+)", r"\g<1>1\2"),
    "a link back's letter": _sub("↩", "×"),
    "a link back's class": _sub('class="footnote-backref"', 'class="footnote"'),
}

INLINE = r'(?P<tag><span class="quotation"(?P<rest>[^>]*))>'
WORD = r'(?P<open><span class="quotation"[^>]*>(?:[^<]*? )?)(?P<word>[A-Za-z]{2,})'
BLOCK = r'(?P<tag><blockquote (?P<rest>[^>]*class="quotation"[^>]*))>'


def _on_quotation(attribute: str) -> Edit:
    return _sub(
        r'<(?P<name>span|blockquote) (?=[^>]*class="quotation")', rf"<\g<name> {attribute} "
    )


def _on_word(before: str, after: str) -> Edit:
    return _sub(WORD, rf"\g<open>{before}\g<word>{after}")


def _on_figure(attribute: str) -> Edit:
    return _sub('<figure class="quotation-figure"', f'<figure {attribute} class="quotation-figure"')


def _round(before: str, after: str) -> Edit:
    return _sub(r'(<span class="quotation"[^>]*>[^<]*</span>)', rf"{before}\1{after}")


QUOTATIONS: Mapping[str, Edit] = {
    "a quotation hidden": _on_quotation("hidden"),
    "a quotation as a popover": _on_quotation("popover"),
    "a quotation inert": _on_quotation("inert"),
    "a quotation read backwards": _on_quotation('dir="rtl"'),
    "a quotation's title": _on_quotation(f'title="{FALSE}"'),
    "a quotation's name": _on_quotation(f'aria-label="{FALSE}"'),
    "a quotation described": _on_quotation(f'aria-description="{FALSE}"'),
    "a quotation described elsewhere": _on_quotation('aria-describedby="main"'),
    "a quotation of another role": _on_quotation('role="img"'),
    "a quotation in another language": _on_quotation('lang="de"'),
    "a quotation that readers edit": _on_quotation("contenteditable"),
    "a quotation's style": _on_quotation('style="display:none"'),
    "a quotation's voice": _on_quotation('data-voice="corbyn"'),
    "a quotation's place for scripts": _on_quotation('slot="x"'),
    "a quotation of another class, too": _sub('class="quotation"', 'class="quotation hidden"'),
    "another speaker for scripts": _other(
        r'data-speaker="(?P<value>[^"]*)', r'data-speaker="([^"]*)'
    ),
    "another paragraph for scripts": _sub(r'data-paragraphs="\d', 'data-paragraphs="77'),
    "a block cites another site": _sub(r'cite="[./]*', 'cite="https://example.org/'),
    "a block cites nothing": _sub(r' cite="[^"]*"', ""),
    "an inline quotation cites": _sub(
        '<span class="quotation"', '<span cite="x" class="quotation"'
    ),
    "a link out of the site on a word": _on_word('<a href="https://example.org/">', "</a>"),
    "a script in a link on a word": _on_word('<a href="javascript:x()">', "</a>"),
    "a link with a title on a word": _on_word(f'<a href="../" title="{FALSE}">', "</a>"),
    "a word's title": _on_word(f'<span title="{FALSE}">', "</span>"),
    "a word's class": _on_word('<em class="hidden">', "</em>"),
    "a word in a span": _on_word("<span>", "</span>"),
    "a word struck": _on_word("<s>", "</s>"),
    "a word deleted": _on_word("<del>", "</del>"),
    "a word small": _on_word("<small>", "</small>"),
    "a word underlined": _on_word("<u>", "</u>"),
    "a word as a key": _on_word("<kbd>", "</kbd>"),
    "a word read backwards": _on_word('<bdo dir="rtl">', "</bdo>"),
    "a word in a button": _on_word("<button>", "</button>"),
    "a word abbreviated": _on_word(f'<abbr title="{FALSE}">', "</abbr>"),
    "a word stressed": _on_word("<strong>", "</strong>"),
    "a word in an element of no name": _on_word("<x-y>", "</x-y>"),
    "a word between ruby": _on_word("<ruby>", "<rt>not</rt></ruby>"),
    "a word in a template": _on_word("<template>", "</template>"),
    "a picture in a quotation": _on_word('<img src="x.png" alt="not">', ""),
    "a place for a field": _on_word('<input value="not">', ""),
    "the editor's own in a quotation": _on_word(
        '<ins class="editor"><span class="for-screen-readers">editor adds: </span>[not]'
        '<span class="for-screen-readers"> editor ends</span></ins> ',
        "",
    ),
    "the editor's mark taken out": _sub(r'<ins class="editor">.*?</ins> ?', ""),
    "the editor's mark of another class": _sub('<ins class="editor"', '<ins class="reference"'),
    "an inline quotation hidden by what is round it": _round("<span hidden>", "</span>"),
    "a class round a quotation": _round('<span class="for-screen-readers">', "</span>"),
    "a title round a quotation": _round(f'<span title="{FALSE}">', "</span>"),
    "a label round a quotation": _round(f'<em aria-label="{FALSE}">', "</em>"),
    "a direction round a quotation": _round('<bdo dir="rtl">', "</bdo>"),
    "a popover round a quotation": _round("<b popover>", "</b>"),
    "a paragraph with a quotation hidden": _sub(
        r"<p([^>]*)>(?=[^<]*<span class=\"quotation\")", r"<p hidden\1>"
    ),
    "a paragraph's class that hides": _sub(
        r"<p([^>]*)>(?=[^<]*<span class=\"quotation\")", r'<p class="picture-instead"\1>'
    ),
    "the whole text hidden": _sub("<article ", "<article hidden "),
    "the whole text hidden from screen readers": _sub("<main ", '<main aria-hidden="true" '),
    "a figure hidden": _on_figure("hidden"),
    "a figure's title": _on_figure(f'title="{FALSE}"'),
    "a figure's label": _on_figure(f'aria-label="{FALSE}"'),
    "a figure's id": _on_figure('id="x"'),
    "a figure's data": _on_figure('data-withdrawn=""'),
    "a figure's class": _sub('class="quotation-figure"', 'class="figure"'),
    "a figure's second class": _sub('class="quotation-figure"', 'class="quotation-figure note"'),
    "a block quotation outside its figure": _sub(
        r'<figure class="quotation-figure">\s*(<blockquote.*?</blockquote>)(.*?)</figure>',
        r'\1<figure class="quotation-figure">\2</figure>',
    ),
    "a figure in another element": _sub(
        r'<figure class="quotation-figure">(.*?)</figure>',
        r'<div class="quotation-figure">\1</div>',
    ),
    "a paragraph in a figure": _sub("<figcaption>", f"<p>{FALSE}.</p><figcaption>"),
    "words in a figure": _sub("<figcaption>", f"{FALSE}.<figcaption>"),
    "words in a block": _sub("</p>\n</blockquote>", f"</p>\n{FALSE}.</blockquote>"),
    "a second caption": _sub(r"(<figcaption>.*?</figcaption>)", r"\1\1"),
    "a caption taken out": _sub(r"<figcaption>.*?</figcaption>", ""),
    "a caption's class": _sub("<figcaption>", '<figcaption class="hidden">'),
    "a caption's title": _sub("<figcaption>", f'<figcaption title="{FALSE}">'),
    "two captions swap": _swap(r"(?P<part><figcaption>.*?</figcaption>)"),
    "a link in a caption": _sub(
        r'(quotation-speaker">— )(\w+)', r'\1<a href="https://example.org/">\2</a>'
    ),
    "a name struck in a caption": _sub(r'(quotation-speaker">— )(\w+ \w+)', r"\1<s>\2</s>"),
    "a speaker of another class": _sub('class="quotation-speaker"', 'class="reference"'),
    "a speaker with a title": _sub(
        'class="quotation-speaker"', f'class="quotation-speaker" title="{FALSE}"'
    ),
    "a speaker hidden": _sub(
        '<span class="quotation-speaker"', '<span hidden class="quotation-speaker"'
    ),
    "a chain taken out": _sub(r' <span class="quotation-chain">.*?</span>', ""),
    "a chain with another class": _sub('class="quotation-chain"', 'class="hidden"'),
    "a quotation in another element": _sub(
        r'<span (class="quotation"[^>]*>[^<]*)</span>', r"<em \1</em>"
    ),
}

COLUMN = '<th scope="col">(?=(?:(?!</table>).)*data-label)'
"""A header in a table whose cells repeat it; in others it is all that names the column."""

LABELS: Mapping[str, Edit] = {
    "a heading": _sub(r"(<h[12] id=\"[^\"]*\">)(?=[^<]*<a aria-label=)", r"\1Not "),
    "a heading cut short": _sub(r"(<h2 id=\"[^\"]*\">)\w+ (?=[^<]*<a aria-label=)", r"\1"),
    "a heading as its link says it": _sub(r'(aria-label="Link to this section: )', r"\1Not "),
    "a cell's label": _sub('(data-label=")', r"\1Not "),
    "a cell without label": _sub('<td data-label="[^"]*"', "<td"),
    "two cells swap labels": _swap('data-label="(?P<part>[^"]*)"'),
    "a column's header": _sub(f"({COLUMN})", r"\1Not "),
    "two columns swap headers": _swap(f"{COLUMN}(?P<part>[^<]*)</th>"),
}

CLAIM = "It said “all of them”"
OWN = '<p id="[^"]*">'
"""How a paragraph begins that is no quotation's."""

PROSE: Mapping[str, Edit] = {
    "single marks with false words": _sub(
        f"({OWN})(?=[A-Z])", r"\1Smith wrote ‘there can be talks at any time’. "
    ),
    "a quotation without proof": _sub(r"(<p>)(?=[A-Z])", rf"\1{CLAIM}. "),
    "a paragraph copied from a source": _sub(
        r"</article>",
        "<p>My view is that, ultimately, all solutions to these international crises do come about "
        "through dialogue, so eventually if we are to try to solve this all of the actors do need "
        "to be involved.</p></article>",
    ),
    "an id twice": _sub(r'<h2 id="([^"]*)"(.*?</h2>)', r'<h2 id="\1"\2<p id="\1">So.</p>'),
    "an id of a quotation on another element": _sub(r'(id="(q-[^"]*)")(.*?<p)>', r'\1\3 id="\2">'),
    "a day of change": _sub(r'(<time datetime="20\d\d-\d\d-)\d\d', r"\g<1>01"),
    "a day of change as read": _sub(r'(<time datetime="[^"]*">)\d+', r"\g<1>1"),
    "an embedded quotation of another site": _sub(
        r"</article>", '<blockquote cite="https://a.org/">So.</blockquote></article>'
    ),
    "microdata of a quotation": _sub(
        "<article ",
        '<article itemscope itemtype="https://schema.org/Quotation" ',
    ),
}

LD = '<script type="application/ld\\+json">'


def _in_ld(pattern: str, new: str) -> Edit:
    """Return the edit that puts *new* for one match of *pattern* in the JSON-LD."""

    def edit(html: str, chance: random.Random) -> str:
        found = re.search(f"{LD}(.*?)</script>", html, re.DOTALL)
        if not found:
            return html
        changed = _sub(pattern, new)(found[1], chance)
        return html[: found.start(1)] + changed + html[found.end(1) :]

    return edit


OF_PART = r'(\{"@type":"Quotation"(?:[^{}]|\{[^{}]*\})*\})'
OF_WORK = r'(\{"@type":"\w+","@id":"[^"]*sources(?:[^{}\[\]]|\[[^\]]*\])*\})'
HEADS: Mapping[str, Edit] = {
    "JSON-LD taken out": _sub(f"{LD}.*?</script>", ""),
    "JSON-LD twice": _sub(f"({LD}.*?</script>)", r"\1\1"),
    "JSON-LD of its own": _sub(
        "</head>",
        '<script type="application/ld+json">{"@type":"Quotation","text":"So"}</script></head>',
    ),
    "JSON-LD as a list": _in_ld(r"^(.*)$", r"[\1]"),
    "JSON-LD that is none": _in_ld(r"^\{", ""),
    "JSON-LD in another vocabulary": _in_ld("https://schema.org/", "https://example.org/"),
    "JSON-LD of another type": _in_ld('"@type":"(?:Article|WebPage)"', '"@type":"FAQPage"'),
    "JSON-LD of another script": _sub("application/ld.json", "application/json"),
    "a headline": _in_ld('"headline":"', '"headline":"Not '),
    "a language": _in_ld('"inLanguage":"en"', '"inLanguage":"de"'),
    "a description for programs": _in_ld('"description":"', '"description":"Not '),
    "a site's name for programs": _in_ld('"isPartOf":{"@type":"WebSite","name":"', r"\g<0>Not "),
    "part of another thing": _in_ld('"@type":"WebSite"', '"@type":"Book"'),
    "a day of change for programs": _in_ld(r'"dateModified":"20\d\d', '"dateModified":"1999'),
    "an author for programs": _in_ld('"inLanguage"', '"author":"Owen Smith","inLanguage"'),
    "a quotation less for programs": _in_ld(f",?{OF_PART}", ""),
    "a quotation twice for programs": _in_ld(OF_PART, r"\1,\1"),
    "a quotation's words for programs": _in_ld('"text":"', '"text":"Not '),
    "a quotation's speaker for programs": _in_ld('"creator":{"name":"', r"\g<0>Not "),
    "a quotation's speaker of a type": _in_ld('"creator":{', '"creator":{"@type":"Organization",'),
    "a quotation's address": _in_ld('"@id":"#q-', '"@id":"#q-x-'),
    "a quotation's type": _in_ld('"@type":"Quotation"', '"@type":"Claim"'),
    "a quotation's source": _in_ld(r'("isBasedOn":\{"@id":"[^"]*sources/)[^/]*', r"\1ap-2014"),
    "a quotation's source on another site": _in_ld(
        r'("isBasedOn":\{"@id":")[^"]*sources', r"\1https://example.org/sources"
    ),
    "a quotation's credit": _in_ld('"creditText":"', '"creditText":"Not '),
    "a quotation's credit put there": _in_ld(
        r'("@type":"Quotation")(?=(?:(?!creditText|@type).)*"\}\}[,\]])',
        r'\1,"creditText":"Jeremy Corbyn"',
    ),
    "a quotation disputed for programs": _in_ld(
        '"@type":"Quotation"', '"@type":"Quotation","abstract":"False"'
    ),
    "a work less": _in_ld(f",?{OF_WORK}", ""),
    "a work twice": _in_ld(OF_WORK, r"\1,\1"),
    "a work's key": _in_ld('"identifier":"', '"identifier":"x-'),
    "a work's name": _in_ld(r'("identifier":"[^"]*","name":")', r"\1Not "),
    "a work's publisher": _in_ld('"publisher":"', '"publisher":"Not '),
    "a work's day": _in_ld('"datePublished":"20', '"datePublished":"19'),
    "a work's type": _in_ld('"@type":"(?:NewsArticle|WebPage)","@id"', '"@type":"Book","@id"'),
    "a work's address": _in_ld(r'("@id":"[^"]*sources/)[^/"]*(/","identifier")', r"\1x\2"),
    "a work's author": _in_ld(r'("author":\[\{"name":")', r"\1Not "),
    "a work's editor": _in_ld('"identifier"', '"editor":"Owen Smith","identifier"'),
    "a title for other sites": _sub('(property="og:title" content=")', r"\1Not "),
    "a title for other sites taken out": _sub('<meta property="og:description"[^>]*>', ""),
    "a second title for other sites": _sub(
        '(<meta property="og:title"[^>]*>)', r'\1<meta property="og:title" content="Not so">'
    ),
    "a title for another network": _sub(
        "</head>", '<meta name="twitter:title" content="Not so"></head>'
    ),
    "a description for other sites": _sub('(property="og:description" content=")', r"\1Not "),
    "a site's name for other sites": _sub('(property="og:site_name" content=")', r"\1Not "),
    "a kind for other sites": _sub('(property="og:type" content=")[^"]*', r"\1book"),
    "an address for other sites": _sub(
        "</head>", '<meta property="og:url" content="https://example.org/"></head>'
    ),
    "a title": _sub("<title>", "<title>Not "),
    "a title's end": _sub("</title>", ", refuted</title>"),
    "a title between page and site": _sub(r" - ([^<]*</title>)", r" is false - \1"),
    "a second title": _sub("</title>", "</title><title>Not so</title>"),
    "a description": _sub('(name="description" content=")', r"\1Not "),
    "a second description": _sub("</head>", '<meta name="description" content="Not so"></head>'),
    "a page's language": _sub('<html lang="en"', '<html lang="de"'),
}

POLICY = r'<meta http-equiv="Content-Security-Policy" content="[^"]*">'
LOADS: Mapping[str, Edit] = {
    "the policy taken out": _sub(POLICY, ""),
    "another policy": _sub("script-src 'self'", "script-src * 'unsafe-inline'"),
    "a policy with another host": _sub("img-src 'self'", "img-src 'self' https://example.org"),
    "a second policy": _sub(f"({POLICY})", r"\1\1"),
    "a policy after a script": _sub(f"({POLICY})(.*?)(<script src=[^>]*></script>)", r"\2\3\1"),
    "a policy that only reports": _sub(
        'http-equiv="Content-Security-Policy"', 'http-equiv="Content-Security-Policy-Report-Only"'
    ),
    "a script in the page": _sub("</body>", "<script>alert(1)</script></body>"),
    "a module in the page": _sub("</body>", '<script type="module">alert(1)</script></body>'),
    "a script of another host": _sub(
        "</body>", '<script src="https://example.org/x.js"></script></body>'
    ),
    "a script of another host without scheme": _sub(
        "</body>", '<script src="//example.org/x.js"></script></body>'
    ),
    "a script in data": _sub("</body>", '<script src="data:,alert(1)"></script></body>'),
    "a style in the page": _sub("</head>", "<style>.quotation{display:none}</style></head>"),
    "a stylesheet of another host": _sub(
        "</head>", '<link rel="stylesheet" href="https://example.org/x.css"></head>'
    ),
    "a style of an element": _sub(r"<h2 ", '<h2 style="display:none" '),
    "a frame": _sub("</article>", '<iframe src="https://example.org/"></iframe></article>'),
    "a frame of the site": _sub("</article>", '<iframe src="../"></iframe></article>'),
    "a frame with a page in it": _sub("</article>", '<iframe srcdoc="x"></iframe></article>'),
    "an object": _sub("</article>", '<object data="x.swf"></object></article>'),
    "an embedded thing": _sub("</article>", '<embed src="x.swf"></article>'),
    "a form": _sub("</article>", '<form action="https://example.org/"></form></article>'),
    "a button that sends": _sub(
        "</article>", '<button formaction="https://example.org/">So</button></article>'
    ),
    "another base of addresses": _sub("<title>", '<base href="https://example.org/"><title>'),
    "a page that leads on": _sub(
        "<title>", '<meta http-equiv="refresh" content="0; url=https://example.org/"><title>'
    ),
    "a page that leads on in the site": _sub(
        "<title>", '<meta http-equiv="Refresh" content="5; url=../"><title>'
    ),
    "a script in an attribute": _sub("<h2 ", '<h2 onclick="x()" '),
    "a script in an attribute with other letters": _sub("<main ", "<main ONFOCUS=x() "),
    "a script in an address": _sub(r'<a href="[^"]*"', '<a href="javascript:x()"'),
    "a script in an address, hidden": _sub(r'<a href="[^"]*"', '<a href="java&Tab;script:x()"'),
    "a page in an address": _sub(r'<a href="[^"]*"', '<a href="data:text/html,x"'),
    "a picture of another host": _sub(
        "</article>", '<img src="https://example.org/x.png" alt=""></article>'
    ),
    "a film of another host": _sub(
        "</article>", '<video src="https://example.org/x"></video></article>'
    ),
    "something fetched ahead": _sub(
        "</head>", '<link rel="prefetch" href="https://example.org/"></head>'
    ),
    "a module fetched ahead": _sub(
        "</head>", '<link rel="modulepreload" href="https://example.org/x.js"></head>'
    ),
    "an icon of another host": _sub(
        '<link rel="icon" href="[^"]*"', '<link rel="icon" href="https://example.org/x.png"'
    ),
}

FOUND: Mapping[str, Edit] = {
    **NUMBERS,
    **NOTES,
    **QUOTATIONS,
    **PROSE,
    **LABELS,
    **HEADS,
    **LOADS,
}
"""Kinds that `verify` finds by working out anew what a page must have."""

HASH_ONLY: Mapping[str, tuple[Edit, str]] = {
    "an empty anchor of another passage": (
        _sub(r'(<span class="quotation")', r'<span id="q-rt-2016-not"></span>\1'),
        PUBLISHED,
    ),
    "a word of the site's own": (_sub(rf"({OWN}[A-Z]\w+) ", r"\1 never "), AUTHORS),
    "an entry of the contents": (_sub(r'(<li><a href="#[^"]*">)', r"\1Not "), AUTHORS),
    "a term with false words": (
        _sub(f"({OWN})(?=[A-Z])", r'\1<span class="term">“No talks at all”</span> '),
        AUTHORS,
    ),
    "code with false words": (
        _sub(f"({OWN})(?=[A-Z])", r"\1<code>“No talks at all”</code> "),
        AUTHORS,
    ),
    "a false name in prose": (_sub("(<p[^>]*>[^<]*)Owen Smith", r"\1Jeremy Corbyn"), AUTHORS),
    "the mark of an editor's block taken out": (
        _sub('class="admonition editor"', 'class="admonition"'),
        AUTHORS,
    ),
    "the mark of an editor's block put there": (
        _sub('<details class="note"', '<details class="note editor"'),
        AUTHORS,
    ),
    "a title of a paragraph": (
        _sub(r"<p>(?=[A-Z][^<]*<span class=\"quotation\")", f'<p title="{FALSE}">'),
        AUTHORS,
    ),
    "a link in prose to another site": (
        _sub(rf'({OWN}[^<]*<a href=")[^"]*', r"\1https://example.org/"),
        AUTHORS,
    ),
    "a link to another page on a word": (_on_word('<a href="../glossary/">', "</a>"), AUTHORS),
    "a word of a quotation as code": (_on_word("<code>", "</code>"), CODE),
    "a line's end in a quotation": (_on_word("<br>", ""), LINE_ENDS),
    "a script of the site": (
        _sub("</body>", '<script src="../search/search_index.json"></script></body>'),
        OWN_FILES,
    ),
    "a stylesheet taken out": (_sub(r'<link rel="stylesheet"[^>]*>', ""), OWN_FILES),
    "a picture of the site": (
        _sub("</article>", '<img src="../assets/icon.png" alt="So"></article>'),
        AUTHORS,
    ),
}
"""Kinds that only the checksums find, with the reason."""
