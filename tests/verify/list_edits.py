"""Edits of what the build makes by itself, by kind: pages of sources, lists, files, maps.

A kind is a name, the files it may be made in, and what it does to the text of one: to one place of
it, chosen by chance. Those that no source, page or configuration can show are named with the
reason; the file is then another than `site.sha256` lists, and that is all.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

Edit = Callable[[str, random.Random], str]
"""Returns a text with one place changed; the text as it was, if it has no such place."""

Kind = tuple[str, Edit]
"""The files in which an edit is made, as a pattern of their names, and the edit."""

SOURCE = "sources/*-20*/index.html"
QUOTED = "sources/*-201[68]/index.html"
QUOTES = "quotes/index.html"
LISTS = "sources/index.html"
MAP = "argument-map/index.html"
TIMELINE = "timeline/index.html"
CHANGES = "corrections/index.html"
INDEX = "search/search_index.json"
JSON = "quotes.json"

OWN = "our own words, as the theme or the engine writes them: no source says what they are"
LOOK = "how it looks: no source says that"
AUTHORS = "an author may write the file, or a part of it"


def _sub(pattern: str, new: str | Callable[[re.Match[str]], str]) -> Edit:
    """Return the edit that puts *new* for one match of *pattern*, whatever that spans."""
    compiled = re.compile(pattern, re.DOTALL)

    def edit(text: str, chance: random.Random) -> str:
        matches = list(compiled.finditer(text))
        if not matches:
            return text
        match = chance.choice(matches)
        put = match.expand(new) if isinstance(new, str) else new(match)
        return text[: match.start()] + put + text[match.end() :]

    return edit


def _other(pattern: str) -> Edit:
    """Return the edit that puts what another match of *pattern* has as its group in one's place."""
    compiled = re.compile(pattern, re.DOTALL)

    def edit(text: str, chance: random.Random) -> str:
        matches = list(compiled.finditer(text))
        pairs = [(a, b) for a in matches for b in matches[:60] if a[1] != b[1]]
        if not pairs:
            return text
        one, other = chance.choice(pairs)
        return text[: one.start(1)] + other[1] + text[one.end(1) :]

    return edit


def _more(match: re.Match[str]) -> str:
    """Return a match with the number in its first group one higher."""
    at = match.start(1) - match.start(), match.end(1) - match.start()
    return match[0][: at[0]] + str(int(match[1]) + 1) + match[0][at[1] :]


def _out(pattern: str) -> Edit:
    return _sub(pattern, "")


def _swapped(pattern: str) -> Edit:
    """Return the edit that swaps two neighbouring matches of *pattern*."""
    compiled = re.compile(f"({pattern})({pattern})", re.DOTALL)

    def edit(text: str, chance: random.Random) -> str:
        matches = [match for match in compiled.finditer(text) if match[1] != match[2]]
        if not matches:
            return text
        match = chance.choice(matches)
        return text[: match.start()] + match[2] + match[1] + text[match.end() :]

    return edit


FALSE = "In truth nobody said so."
NOTE = r'aria-label="note \d+">'

SOURCES: Mapping[str, Kind] = {
    "the heading of a source's page": (SOURCE, _sub("<h1([^>]*)>", r"<h1\1>Not ")),
    "the reference of a source": (SOURCE, _sub('(source-reference"><span[^>]*>)', r"\1Not ")),
    "the day of access": (SOURCE, _sub(r"(we hold no copy\. Accessed )\d+", r"\g<1>3")),
    "how many paragraphs a copy has": (QUOTED, _sub(r"Our copy has (\d+)", _more)),
    "a count of the strip's key": (QUOTED, _sub(r"</span> (\d+) (?:quoted|told|not)", _more)),
    "a word of the strip's key": (QUOTED, _sub(r"</span> (\d+) quoted", r"</span> \1 proven")),
    "a state in the key": (
        QUOTED,
        _sub('source-cell quoted" aria-hid', 'source-cell cited" aria-hid'),
    ),
    "a state in the strip": (
        QUOTED,
        _sub('(source-cell )(?:cited|unused|furniture)(" (?:href|title))', r"\1quoted\2"),
    ),
    "a cell's label": (QUOTED, _sub(r'aria-label="Paragraph (\d+), line', _more)),
    "a cell's title": (QUOTED, _sub(r'title="Paragraph \d+, line (\d+)', _more)),
    "a cell's number": (QUOTED, _sub(r'source-cell[^>]*">(\d+)<', _more)),
    "where a cell leads": (QUOTED, _sub(r'quoted" href="#p(\d+)', _more)),
    "a cell without its link": (
        QUOTED,
        _sub(
            r'<li><a class="(source-cell[^"]*)"[^>]*>(\d+)</a>', r'<li><span class="\1">\2</span>'
        ),
    ),
    "a cell taken out": (QUOTED, _out(r'<li><a class="source-cell.*?</li>')),
    "cells swapped": (QUOTED, _swapped(r'<li><a class="source-cell[^>]*>\d+</a></li>')),
    "what is heard of a cell": (QUOTED, _sub(", not the text’s own</span>", ", quoted</span>")),
    "the heading of a paragraph": (QUOTED, _sub(r"<h3>Paragraph (\d+)", _more)),
    "the line in a heading": (QUOTED, _sub(r"<h3>Paragraph \d+, line (\d+)", _more)),
    "the heading of folded citations": (QUOTED, _sub(r"<strong>Paragraph (\d+)", _more)),
    "a count of places": (QUOTED, _sub("(\\d+)\xa0place", _more)),
    "a paragraph's id": (QUOTED, _sub(r'(class="source-paragraph" id="p)', r"\g<1>9")),
    "a paragraph taken out": (QUOTED, _out(r'<section class="source-paragraph".*?</section>')),
    "paragraphs swapped": (
        QUOTED,
        _swapped(r'<section class="source-paragraph"(?:(?!<section).)*?</section>'),
    ),
    "folded citations taken out": (QUOTED, _out(r'<details class="source-told".*?</details>')),
    "a paragraph put on a source's page": (
        QUOTED,
        _sub(r"(<section class=\"source-p)", rf"<p>{FALSE}</p>\1"),
    ),
    "a paragraph put at the page's end": (
        SOURCE,
        _sub(r"(</dl></div>)(?=\s*</article>)", rf"\1<p>{FALSE}</p>"),
    ),
    "an excerpt's id": (QUOTED, _sub('(source-excerpt" id="q-[^"]*)"', r'\1-x"')),
    "an excerpt's span": (QUOTED, _sub(r'(source-excerpt".*?data-spans=")(\d)', r"\g<1>1\2")),
    "an excerpt taken out": (QUOTED, _out(r'<p class="source-excerpt".*?</p>')),
    "words lit in an excerpt": (QUOTED, _sub(r"<mark>(\w+) ", r"\1 <mark>")),
    "the way of the words": (QUOTED, _sub('(quotation-chain">[^<]*) →', r"\1, as is said →")),
    "the way taken out": (QUOTED, _out(r'<span class="quotation-chain">[^<]*</span>')),
    "another way of words": (QUOTED, _other(r'<span class="quotation-chain">([^<]*)</span>')),
    "where a back link leads": (QUOTED, _other(rf'<a href="([^"]*#[^"]*)" {NOTE}')),
    "the page of a back link": (QUOTED, _sub(r'href="../../remark/#', 'href="../../compare/#')),
    "the number of a back link": (QUOTED, _sub(rf"{NOTE}note (\d+)<", _more)),
    "the label of a back link": (QUOTED, _sub(r'aria-label="note (\d+)"', _more)),
    "the name of a page": (QUOTED, _sub("(Compare|Timeline|The remark): <", r"\1 of ours: <")),
    "another page's name": (QUOTED, _sub("The remark: <", "Compare: <")),
    "the name of a section": (QUOTED, _sub("<i>([^<]+)</i>", r"<i>\1, our view</i>")),
    "a back link taken out": (QUOTED, _out(rf', <a href="[^"]*" {NOTE}\d+</a>')),
    "a word for quoted": (QUOTED, _sub("<strong>Quoted:", "<strong>Denied:")),
    "where words are on their own page": (QUOTED, _sub("(#:~:text=)", r"\1not%20")),
    "another site for the words": (
        QUOTED,
        _sub('(source-out" rel="external" href="https://)', r"\1example.org/"),
    ),
    "the link to the words taken out": (QUOTED, _out(r' <a class="source-out".*?</a>\.')),
    "a reference in a style": (SOURCE, _sub(r'(data-style="[a-z]+"[^>]*><span[^>]*>)', r"\1Not ")),
    "what is copied of a style": (SOURCE, _sub('(data-paragraphs?="[^"]{5})', r"\1x")),
    "whether a style is for notes": (SOURCE, _out(' data-in-notes=""')),
    "the name of a style": (SOURCE, _sub("<dt>APA</dt>", "<dt>MLA</dt>")),
    "BibTeX": (SOURCE, _sub(r"(  year = \{)", r"\g<1>1")),
    "a note on a copy": (SOURCE, _sub('(<ul class="source-notes"><li><span[^>]*>)', r"\1Not ")),
    "a note taken out": (SOURCE, _out('<li><span class="reference">[^<]*</span></li>')),
    "a label of the record": (SOURCE, _sub("<dt>Title</dt>", "<dt>Subtitle</dt>")),
    "a value of the record": (SOURCE, _sub('(<dd class="reference">)(?=[A-Za-z])', r"\1Not ")),
    "a row of the record taken out": (
        SOURCE,
        _out('<dt>Title</dt><dd class="reference">[^<]*</dd>'),
    ),
    "rows of the record swapped": (
        SOURCE,
        _swapped(r'<dt>(?:(?!<dt>).)*?<dd class="reference">(?:(?!<dt>).)*?</dd>'),
    ),
    "evidence": (SOURCE, _sub("( Evidence: )", r"\1No ")),
    "a confidence": (SOURCE, _sub("confidence: (?:medium|low|high)", "confidence: full")),
    "who added a value": (SOURCE, _out("<em>Added by the editor.</em> ")),
    "the SHA-256 of a copy": (QUOTED, _sub(r'(class="hash">)[0-9a-f]', r"\1x")),
    "the size of a copy": (QUOTED, _sub("(\\d) characters", r"\g<1>1 characters")),
    "the words of a copy": (QUOTED, _sub("(\\d) words, ", r"\g<1>1 words, ")),
    "what is left out of a copy": (QUOTED, _sub(r"(<dd[^>]*>lines? )(\d)", r"\g<1>1\2")),
    "a heading of a source's page": (SOURCE, _sub("(<h2[^>]*>)The record", r"\1Our record")),
}
"""Kinds in the pages of sources."""

LISTED: Mapping[str, Kind] = {
    "an entry of the quotations taken out": (QUOTES, _out("<li data-pages=.*?</p></li>")),
    "an entry of the quotations twice": (QUOTES, _sub("(<li data-pages=.*?</p></li>)", r"\1\1")),
    "entries of the quotations swapped": (
        QUOTES,
        _swapped("<li data-pages=(?:(?!<li).)*?</p></li>"),
    ),
    "a count of quotations": (QUOTES, _sub(r"(\d+) quotations\.", _more)),
    "a count by speaker, source or page": (QUOTES, _sub(r"</a> (\d+)", _more)),
    "a speaker's name in the choices": (QUOTES, _sub("(#speaker-[^>]*>)", r"\1Not ")),
    "where a speaker's name leads": (QUOTES, _other('data-value="[^"]*" href="#speaker-([^"]*)"')),
    "a value of the choices": (QUOTES, _other('data-value="([^"]*)"')),
    "a choice taken out": (QUOTES, _out('<dd><a data-name="source".*?</dd>')),
    "a speaker's heading": (QUOTES, _sub('(<h2 id="speaker-[^>]*>)', r"\1Not ")),
    "a heading's id": (QUOTES, _sub('(<h2 id="speaker-[^"]*)', r"\1-x")),
    "headings of speakers swapped": (QUOTES, _other(r'<h2 id="speaker-[^"]*">([^<]*)</h2>')),
    "the pages of an entry": (QUOTES, _sub('data-pages="', 'data-pages="compare-not ')),
    "the place of an entry": (QUOTES, _sub(r", para\. (\d+)", _more)),
    "the line of an entry": (QUOTES, _sub(r", lines? (\d+)", _more)),
    "where an entry leads": (QUOTES, _other(r'<a href="(\.\./sources/[^"]*#q-[^"]*)">')),
    "the author of an entry": (QUOTES, _sub(r"(#q-[^>]*>)(?=The|Seth)", r"\1Not ")),
    "the way of an entry": (QUOTES, _other(r'<span class="quotation-chain">([^<]*)</span>')),
    "a back link of an entry": (QUOTES, _sub(rf"{NOTE}note (\d+)<", _more)),
    "a section of an entry": (QUOTES, _sub("<i>([^<]+)</i>", r"<i>\1 x</i>")),
    "words of an entry": (QUOTES, _sub(r'(class="quotation"[^>]*>\w+)', r"\1 not")),
    "words before an entry": (QUOTES, _sub("<p>“", "<p>Never said: “")),
    "a paragraph put among the quotations": (
        QUOTES,
        _sub('(<ul class="quotes">)', rf"<p>{FALSE}</p>\1"),
    ),
    "what the list says of itself": (QUOTES, _sub("Each stands here once", "Some stand here")),
    "what is searched for": (QUOTES, _sub('placeholder="Words', 'placeholder="No words')),
    "a share quoted": (LISTS, _sub(r'data-label="Quoted">(\d+)', _more)),
    "a share in per cent": (LISTS, _sub(r"\((\d+)\.\d%\)", _more)),
    "a share shown": (LISTS, _sub(r'any way">(\d+)', _more)),
    "words of a text": (LISTS, _sub(r'data-label="Words">(\d+)', _more)),
    "what is allowed": (LISTS, _sub(r'Allowed">(\d+)%', _more)),
    "the label of a share": (LISTS, _sub('data-label="Quoted"', 'data-label="Allowed"')),
    "the text of a share": (LISTS, _sub(r'(<th scope="row"><a[^>]*>)', r"\1Not ")),
    "a row of shares taken out": (LISTS, _out(r'<tr><th scope="row"><a.*?</tr>')),
    "words by a speaker": (LISTS, _sub(r"<td>(\d+)<svg", _more)),
    "words by a speaker elsewhere": ("method/index.html", _sub(r"<td>(\d+)<svg", _more)),
    "a speaker of words": (LISTS, _other(r'<tr><th scope="row">([^<]+)</th><td>\d')),
    "a speaker's row taken out": (LISTS, _out(r'<tr><th scope="row">[^<]+</th><td>\d.*?</tr>')),
    "a bar": (LISTS, _sub(r'width="(\d+)\.', _more)),
    "an entry of the bibliography": (LISTS, _sub('(<li id="source-[^>]*><span[^>]*>)', r"\1Not ")),
    "an entry of the bibliography taken out": (LISTS, _out('<li id="source-.*?</li>')),
    "entries of the bibliography swapped": (LISTS, _swapped('<li id="source-(?:(?!<li).)*?</li>')),
    "where the bibliography leads": (
        LISTS,
        _other(r'<a href="([^"]*)">(?:what is quoted|its record)'),
    ),
    "how many texts there are": (LISTS, _sub(r"rests on (\d+) texts", _more)),
    "the shares taken out": (LISTS, _out('<table class="labelled shares".*?</table>')),
    "who runs the site": (LISTS, _sub("(Who runs it</dt><dd>)not stated", r"\1Owen Smith")),
}
"""Kinds in lists of the whole site."""

LOGGED: Mapping[str, Kind] = {
    "the day of a change": (CHANGES, _sub(r"<strong>(\d+) November", _more)),
    "the kind of a change": (CHANGES, _sub("(<strong>[^<]*): correction on", r"\1: change on")),
    "the page of a change": (CHANGES, _sub('(change on <a href="../)remark', r"\1compare")),
    "the name of a changed page": (CHANGES, _sub("(change on <a[^>]*>)", r"\1Not ")),
    "what stood there": (CHANGES, _sub("Nothing\\.", "All of it.")),
    "why it was changed": (CHANGES, _sub("A slip", "No slip")),
    "a label of a change": (CHANGES, _sub("<dt>Stood there", "<dt>Never stood there")),
    "the id of a change": (CHANGES, _sub('id="change-marks', 'id="change-words')),
    "a change taken out": (CHANGES, _out('<div class="change".*?</dl></div>')),
    "changes swapped": (CHANGES, _swapped('<div class="change"(?:(?!<div).)*?</dl></div>')),
    "a change put there": (CHANGES, _sub('(<div class="change".*?</dl></div>)', r"\1\1")),
}
"""Kinds in the log of changes."""

FEEDS: Mapping[str, Kind] = {
    "the feed's title": ("feed.xml", _sub("<title>(?=Could)", "<title>Not ")),
    "the feed's id": ("feed.xml", _sub("(xml:lang[^>]*>\\s*<id>urn:uuid:)[0-9a-f]", r"\g<1>x")),
    "the feed's day": ("feed.xml", _sub(r"(</title>\s<updated>20)(\d\d)", r"\g<1>3\2")),
    "the feed's language": ("feed.xml", _sub('xml:lang="en"', 'xml:lang="de"')),
    "where the feed leads": (
        "feed.xml",
        _sub('href="https://example.org/corrections/" ', 'href="https://example.org/remark/" '),
    ),
    "where the feed is": ("feed.xml", _sub("example.org/feed.xml", "example.com/feed.xml")),
    "the feed's author": ("feed.xml", _sub("<name>", "<name>Not ")),
    "an entry's title": ("feed.xml", _sub("(<entry>.*?<title>[^<]*)", r"\1 or not")),
    "an entry's day": ("feed.xml", _sub(r"(<entry>.{1,400}?<updated>20)(\d)", r"\g<1>1")),
    "an entry's hour": ("feed.xml", _sub("(<entry>.*?T)00", r"\g<1>05")),
    "an entry's id": ("feed.xml", _sub("(<entry><id>urn:uuid:)[0-9a-f]", r"\g<1>x")),
    "where an entry of the feed leads": ("feed.xml", _sub("corrections/#change", "remark/#change")),
    "an entry's kind": ("feed.xml", _sub('term="correction"', 'term="change"')),
    "an entry's text": ("feed.xml", _sub("Why: ", "Why: not ")),
    "entries of the feed swapped": ("feed.xml", _swapped(r"<entry>.*?</entry>\s*")),
    "an entry of the feed taken out": ("feed.xml", _out("<entry>.*?</entry>")),
    "an element more in the feed": ("feed.xml", _sub("(</entry>)", r"<rights>none</rights>\1")),
}
"""Kinds in the feed."""

EXPORTED: Mapping[str, Kind] = {
    "the context": (JSON, _sub("dcterms:provenance", "dcterms:creator")),
    "the label": (JSON, _sub('"label": "Quot', '"label": "No quot')),
    "an annotation's motive": (JSON, _sub('"motivation": "linking"', '"motivation": "replying"')),
    "an annotation's body": (JSON, _sub('("body": [{]\\s*"id": "[^"]*)', r"\1x")),
    "a body's format": (JSON, _sub("text/html", "text/plain")),
    "a field more in an annotation": (
        JSON,
        _sub('("type": "Annotation",)', r'\1 "bodyValue": "false",'),
    ),
    "a field more in a target": (
        JSON,
        _sub('("type": "SpecificResource",)', r'\1 "purpose": "denying",'),
    ),
    "a prefix cut short": (JSON, _sub(r'("prefix": ")[^"\\]{3}', r"\1")),
    "a suffix cut short": (JSON, _sub(r'("suffix": "[^"\\]+)[^"\\]{3}"', r'\1"')),
    "a prefix taken out": (JSON, _sub(r'("prefix": ")[^"\\]+"', r'\1"')),
    "another source's address": (JSON, _sub("(https://example).org/sources", r"\1.com/sources")),
    "another site's page": (JSON, _sub('("id": "https://example).org/remark', r"\1.com/remark")),
    "annotations swapped": (JSON, _swapped('  \\{\n   "id": (?:(?!\n  [{]).)*?\n  \\},\n')),
    "an annotation twice": (JSON, _sub('(  \\{\n   "id": .*?\n  \\},\n)', r"\1\1")),
    "a station of a way": (JSON, _sub('("chain": \\[\\s*"[^"]*)', r"\1, so they say")),
    "a place's start": (JSON, _sub(r'"start": (\d+)', _more)),
    "a hash's name": (JSON, _sub("(ni:///sha-256;)", r"\1x")),
    "a part of a reference's date": ("references.json", _sub(r"\[\s*(\d{4})", _more)),
    "the name of a reference's author": ("references.json", _sub('("literal": ")', r"\1Not ")),
    "a reference's type": (
        "references.json",
        _sub('"type": "article-newspaper"', '"type": "book"'),
    ),
    "a genre": ("references.json", _sub('("genre": ")', r"\1no ")),
    "references swapped": ("references.json", _swapped('  \\{\n    "id".*?\n  \\},\n')),
    "a field of a reference taken out": ("references.json", _out('    "publisher": [^\n]*,\n')),
    "an address in BibTeX": ("references.bib", _sub(r"url = \{https?://", "url = {https://x.")),
    "an entry of BibTeX taken out": ("references.bib", _out(r"@article\{.*?\n\}\n")),
    "a place of the search": (INDEX, _other('"location":"([^"]*#[^"]*)"')),
    "a title of the search": (INDEX, _sub('"title":"([A-Z][^"\\\\]*)"', r'"title":"Not \1"')),
    "a text of the search": (INDEX, _sub('("text":"<p>[A-Z]\\w* )', r"\1never ")),
    "words put at an end of the search": (INDEX, _sub('(</p>)"', rf'\1 {FALSE}"')),
    "a text of the search taken out": (INDEX, _sub('"text":"<p>[^"]{100,}?"', '"text":""')),
    "an entry of the search taken out": (
        INDEX,
        _out(r'\{"location":"[^"]*#[^"]*","title":"[^"]*","text":"[^"]*"\},'),
    ),
    "an entry of the search put there": (
        INDEX,
        _sub(r'("docs":\[)', r'\1{"location":"no/","title":"Not","text":"False"},'),
    ),
    "an entry of a page put there": (
        INDEX,
        _sub(r'("docs":\[)', r'\1{"location":"remark/#x","title":"Not","text":"False"},'),
    ),
    "entries of the search swapped": (
        INDEX,
        _swapped(r'\{"location":"remark/#[^"]*","title":"[^"]*","text":"[^"]*"\},'),
    ),
    "a header": ("_headers", _sub("DENY", "SAMEORIGIN")),
    "a header taken out": ("_headers", _out("  X-Content-Type-Options[^\n]*\n")),
    "which files headers are for": ("_headers", _sub(r"/\*", "/x/*")),
    "the map in robots.txt": ("robots.txt", _sub("example.org", "example.com")),
    "no map in robots.txt": ("robots.txt", _out("Sitemap:.*")),
    "an address in the map of the site": (
        "sitemap.xml",
        _sub("example.org/(?=[a-z])", "example.org/x"),
    ),
    "an address taken out of the map": ("sitemap.xml", _out("<url>.*?</url>")),
    "an address put into the map": (
        "sitemap.xml",
        _sub("(</urlset>)", r"<url><loc>https://example.org/no/</loc></url>\1"),
    ),
    "a day in the map": ("sitemap.xml", _sub(r"<lastmod>(\d{4})", _more)),
}
"""Kinds in files for programs and hosts."""

RELATION = r'<li class="map-edge.*?</li>'
DRAWN: Mapping[str, Kind] = {
    "who says a statement": (MAP, _sub('(entry-lead">)', r"\1Not ")),
    "who says it, of another": (MAP, _other('entry-lead">([^<]*):<')),
    "a statement": (MAP, _sub("(</strong> [A-Z]\\w+)", r"\1 not")),
    "the kind of a relation": (MAP, _sub("map-relation map-supports", "map-relation map-attacks")),
    "who drew a relation": (MAP, _sub("(map-relation map-[a-z]+ map-by-)source", r"\1editor")),
    "words of a relation": (MAP, _sub("</svg> (supports|attacks|answers): ", r"</svg> denies: ")),
    "words of a relation turned round": (
        MAP,
        _sub("</svg> is supported by: ", "</svg> is attacked by: "),
    ),
    "who is named in a relation": (MAP, _sub("(</svg> [a-z ]+: )", r"\1Not ")),
    "the statement of a relation": (
        MAP,
        _sub('(class="reference" href="#argument-map-[^>]*>)', r"\1Not "),
    ),
    "where a relation leads": (MAP, _other('class="reference" href="(#argument-map-[^"]*)"')),
    "who drew, in words": (
        MAP,
        _sub(r" \((?:our reading|set side by side by us)\)", " (drawn by the text itself)"),
    ),
    "who drew taken out": (MAP, _out(r" \(our reading\)")),
    "the start of a relation": (MAP, _other('map-relation[^>]*data-from="([^"]*)"')),
    "the end of a relation": (MAP, _other('map-relation[^>]*data-to="([^"]*)"')),
    "a relation taken out": (MAP, _out(RELATION)),
    "a relation twice": (MAP, _sub(f"({RELATION})", r"\1\1")),
    "a sign of a relation": (MAP, _sub('map-sign map-supports"', 'map-sign map-attacks"')),
    "how a sign looks": (MAP, _sub('(map-head map-head-[a-z]+" d=")M12', r"\1M2")),
    "what a filter reads of an entry": (
        MAP,
        _sub('(map-entry"[^>]*data-edges=")[a-z-]+', r"\1concedes-source"),
    ),
    "the column of an entry": (MAP, _sub('(map-entry"[^>]*data-column=")(\\d)', r"\g<1>9")),
    "the heading of a column": (MAP, _sub('(<h2 id="argument-map--[^>]*>)', r"\1Not ")),
    "a choice of a column": (MAP, _sub('(value="column-\\d"> )', r"\1Not ")),
    "an entry of the map taken out": (
        MAP,
        _out(
            r'<li class="map-statement map-entry"(?:(?!<li class="map-statement).)*?</ul>\s*</li>'
        ),
    ),
    "a box's lead": (
        MAP,
        _sub('(<a class="map-statement.*?picture-lead reference"><tspan[^>]*>)', r"\1Not "),
    ),
    "a box's statement": (MAP, _sub('(picture-label reference"><tspan[^>]*>)', r"\1Not ")),
    "where a box leads": (MAP, _other('class="map-statement map-node[^"]*" href="([^"]*)"')),
    "a box of another id": (MAP, _other('data-node="([^"]*)"')),
    "what a filter reads of a box": (
        MAP,
        _sub('(map-node[^>]*data-edges=")[a-z-]+', r"\1concedes-source"),
    ),
    "a box taken out": (MAP, _out(r'<a class="map-statement map-node.*?</a>')),
    "a column's title in the picture": (
        MAP,
        _sub(
            '(</rect><text class="picture-lead reference"><tspan[^>]*>)(?=Smith, in|The article)',
            r"\1Not ",
        ),
    ),
    "the kind of a line": (MAP, _sub("map-wire map-supports", "map-wire map-attacks")),
    "who drew a line": (MAP, _sub("(map-wire map-[a-z]+ map-by-)source", r"\1editor")),
    "where a line begins": (MAP, _other('map-line" d="[^"]*" data-from="([^"]*)"')),
    "where a line ends": (MAP, _other('map-line" d="[^"]*" data-from="[^"]*" data-to="([^"]*)"')),
    "a line taken out": (MAP, _out(r'<path class="map-line"[^>]*data-from[^>]*></path>')),
    "the columns of a line": (MAP, _sub('data-columns="', 'data-columns="9 ')),
    "the head of a line": (MAP, _sub("map-head map-head-supports", "map-head map-head-attacks")),
    "the core of a line": (
        MAP,
        _sub(
            '<g class="map-edge map-wire(?:(?!</g>).)*?map-by-source(?:(?!</g>).)*?(?=</g>)',
            lambda m: f'{m[0]}<path class="map-core" d="M0 0"></path>',
        ),
    ),
    "the picture of the map taken out": (
        MAP,
        _out(r'<svg xmlns[^>]*class="map-picture".*?</svg>(?=<figcaption)'),
    ),
    "a date": (TIMELINE, _sub(r'entry-lead">([^<]*\d{3})\d', r'entry-lead">\g<1>1x')),
    "a date of another event": (TIMELINE, _other('entry-lead">([^<]*):<')),
    "whether a date was computed": (TIMELINE, _out(r" \(computed\)(?=:)")),
    "the sign of a computed date": (TIMELINE, _out(" timeline-computed")),
    "an event": (TIMELINE, _sub("(</strong> [A-Z]\\w+)", r"\1 not")),
    "an event's mark": (TIMELINE, _other('timeline-entry" data-event="([^"]*)"')),
    "an event taken out": (TIMELINE, _out(r'<li class="timeline-entry".*?</li>')),
    "events swapped": (TIMELINE, _swapped(r'<li class="timeline-entry"(?:(?!<li).)*?</li>\s*')),
    "a lane's sign": (
        TIMELINE,
        _sub("timeline-glyph timeline-editor", "timeline-glyph timeline-source"),
    ),
    "a lane's heading": (TIMELINE, _sub('(<h2 id="timeline--[^>]*>)', r"\1Not ")),
    "a lane's label": (TIMELINE, _sub('(timeline-label">)', r"\1Not ")),
    "a lane's kind": (TIMELINE, _sub("timeline-part-editor", "timeline-part-source")),
    "the mark of an editor's lane": (TIMELINE, _sub("(timeline-part-editor) editor", r"\1")),
    "a year of the axis": (
        TIMELINE,
        _sub(r'(picture-lead reference"><tspan[^>]*>)(\d{3})\d ', r"\g<1>1999 "),
    ),
    "a year taken out": (
        TIMELINE,
        _out(r'<text class="picture-lead reference"><tspan[^>]*>\d{4} </tspan></text>(?=<path)'),
    ),
    "a date in the picture": (
        TIMELINE,
        _sub(r'(data-event.{1,200}?picture-lead reference"><tspan[^>]*>)', r"\1Not "),
    ),
    "an event in the picture": (
        TIMELINE,
        _sub('(picture-label reference"><tspan[^>]*>)', r"\1Not "),
    ),
    "where an event's box leads": (TIMELINE, _other('timeline-event[^"]*" href="([^"]*)"')),
    "a box of another lane": (
        TIMELINE,
        _sub("timeline-event timeline-editor", "timeline-event timeline-source"),
    ),
    "a box among others": (
        TIMELINE,
        _sub('<g class="timeline-editor"', '<g class="timeline-source"'),
    ),
    "a lane's title in the picture": (
        TIMELINE,
        _sub(r"(<tspan[^>]*>)(?=Dated by|Told without)", r"\1Not "),
    ),
    "a box of the timeline taken out": (TIMELINE, _out(r'<a class="timeline-event.*?</a>')),
}
"""Kinds in maps and timelines."""

FOUND: Mapping[str, Kind] = {**SOURCES, **LISTED, **LOGGED, **FEEDS, **EXPORTED, **DRAWN}
"""Kinds that `verify` finds by working out anew what a file must have."""

HASH_ONLY: Mapping[str, tuple[Kind, str]] = {
    "the caption of a picture": (
        (MAP, _sub(r"(<figcaption[^>]*>)", r"\1Not ")),
        OWN,
    ),
    "where a box is": (
        (MAP, _sub(r'(<a class="map-statement[^>]*><rect x=")(\d)', r"\g<1>9\2")),
        LOOK,
    ),
    "how a line runs": ((MAP, _sub(r'(map-line" d="M)(\d)', r"\g<1>9\2")), LOOK),
    "how long a bar is": ((TIMELINE, _sub(r'(timeline-bar" d="M)(\d)', r"\g<1>9\2")), LOOK),
    "what search engines may read": (("robots.txt", _sub("Allow: /", "Disallow: /")), AUTHORS),
    "an author's own header": (("_headers", _sub(r"$", "\n/*\n  X-Own: 1\n")), AUTHORS),
    "all entries of a page taken out of the search": (
        (INDEX, _out(r'(?:\{"location":"context/[^"]*","title":"[^"]*","text":"[^"]*"\},)+')),
        "an author may keep a page out of the search",
    ),
    "the weight of an entry of the search": ((INDEX, _sub('"boost":0.5', '"boost":5')), AUTHORS),
    "what the list of sources says of itself": (
        (LISTS, _sub("Every quotation is cut", "No quotation is cut")),
        AUTHORS,
    ),
}
"""Kinds that only the checksums find, with the reason."""
