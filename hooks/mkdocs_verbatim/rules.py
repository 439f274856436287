"""Rules: everything a build refuses or warns of, with an example and the remedy of each."""

from __future__ import annotations

from .problem import Rule

_ALL = (
    Rule(
        name="quote-not-found",
        checked_in=("ledger.objections", "markdown.inline_quotations"),
        severity="error",
        fixed=True,
        means="The words in quotation marks are not in the cited source word for word, or not "
        "at the cited paragraph or line, or only with a part of a word, or across the end of a "
        "paragraph.",
        example="Doe spoke of “no new bridges” [@doe-2024].",
        remedy="Copy the words from the source; the message shows the nearest passage, or the "
        "source or paragraph that does hold them.",
    ),
    Rule(
        name="quote-ambiguous",
        checked_in=("ledger.objections",),
        severity="error",
        fixed=True,
        means="The words are in several places, or in several of the sources cited together.",
        example="“the bridge” [@doe-2024]",
        remedy="Name the paragraph or line, as in `[@doe-2024, para. 9]`, or quote more words.",
    ),
    Rule(
        name="quote-uncited",
        checked_in=("markdown.block_quotations", "markdown.inline_quotations"),
        severity="error",
        fixed=True,
        means="A run in quotation marks has no citation after it in its paragraph, list item or "
        "table cell, or a block quotation has no attribution.",
        example="Doe said “all towns” should be asked.",
        remedy='Add the citation, as in `[@doe-2024, para. 4]`; for a term write `"term"{.term}` '
        "or italics. A block quotation ends in a line such as `— Jane Doe [@doe-2024]`.",
    ),
    Rule(
        name="elision-qualifier",
        checked_in=("quotations.cuts",),
        severity="warning",
        means="The words that `[…]` leaves out hold a negation or a hedge, such as *not* or "
        "*unless*: without it the sentence may say something else.",
        example="They “should […] build” [@doe-2024]; the source has: should not build",
        remedy="Keep the word; or accept the warning after the block, with the reason: "
        "`<!-- verbatim: accept elision-qualifier: why it changes nothing -->`.",
    ),
    Rule(
        name="clip-qualifier",
        checked_in=("quotations.cuts",),
        severity="warning",
        means="A negation or a hedge is within three words of where a quotation begins or ends, in "
        "the same clause.",
        example="Bridges “are useful” [@doe-2024], where the source goes on: if they last",
        remedy="Quote the word too; or say it in your own sentence, and accept the warning after "
        "the block with the reason.",
    ),
    Rule(
        name="clip-distant",
        checked_in=("quotations.cuts",),
        severity="info",
        means="A negation or a hedge is further than three words from where a quotation begins or "
        "ends, in the same clause.",
        example="“all towns” [@doe-2024], where the clause begins: eventually, if we are to",
        remedy="Read the clause again; nothing else is asked.",
    ),
    Rule(
        name="replacement-qualifier",
        checked_in=("quotations.cuts",),
        severity="warning",
        means="Words put in place of the source's hold a negation or hedge, or replace one.",
        example='“There is [some]{for="absolutely no"} need of it” [@doe-2024]',
        remedy="Quote the source's own words, or accept the warning with a reason.",
    ),
    Rule(
        name="replacement-long",
        checked_in=("quotations.cuts",),
        severity="warning",
        means="Words of ours replace half of a quotation or more.",
        example='“[They will build]{for="the office has begun to build"} a bridge” [@doe-2024]',
        remedy="Paraphrase instead.",
    ),
    Rule(
        name="replacement-person",
        checked_in=("ledger.resolution",),
        severity="warning",
        means="Words that name a person are replaced by the name of another person.",
        example='“[Roe]{for="Doe"} wants a bridge” [@doe-2024]',
        remedy="Put the same person's name, or quote the source's own words.",
    ),
    Rule(
        name="addition-qualifier",
        checked_in=("quotations.cuts",),
        severity="warning",
        means="Words that we add inside a quotation are a negation or hedge.",
        example="“We do [not] need a bridge” [@doe-2024]",
        remedy="Say it outside the quotation.",
    ),
    Rule(
        name="addition-long",
        checked_in=("quotations.cuts",),
        severity="warning",
        means="Words that we add inside a quotation are more than six.",
        example="“a bridge [which, as everybody in town knew by then, was dear]” [@doe-2024]",
        remedy="Say it outside the quotation.",
    ),
    Rule(
        name="addition-beside",
        checked_in=("quotations.cuts",),
        severity="warning",
        means="A bracket of ours is beside a bracket that the source itself has, or in its place, "
        "so that readers cannot tell whose it is.",
        example="“a range of [1.3] [2.0]” where the source has only [1.3]",
        remedy="Quote to before the bracket, or say it outside the quotation.",
    ),
    Rule(
        name="parts-apart",
        checked_in=("quotations.cuts",),
        severity="warning",
        means="Two parts of one quotation are more than two paragraphs apart in the source.",
        example="“some of the towns […] a lasting bridge” [@doe-2024]",
        remedy="Make two quotations of it.",
    ),
    Rule(
        name="quotation-short",
        checked_in=("quotations.cuts",),
        severity="warning",
        means="A block quotation has under three words.",
        example="> all towns",
        remedy="Quote the words inside a sentence.",
    ),
    Rule(
        name="speaker-unnamed",
        checked_in=("speakers.inline",),
        severity="warning",
        means="Who said the words of a quotation is not among those whom its sentence names, else "
        "its paragraph, list item or cell, else the heading above.",
        example="He said “all of the towns do need to be asked” [@doe-2024].",
        remedy="Name the speaker in the same sentence: by a name of `people.yml`, the family name, "
        "or a word of the role there.",
    ),
    Rule(
        name="speaker-other",
        checked_in=("speakers.inline", "speakers.verdict"),
        severity="warning",
        means="The verb or noun of saying nearest to a quotation has a subject that is not who "
        "said the words: a name that nobody known has, a leader or a critic, or the author of the "
        "text before the words of somebody in it.",
        example="The mayor of another town said “all of the towns do need to be asked” "
        "[@doe-2024].",
        remedy="Make the speaker the subject; where no reader could be misled, accept the "
        "warning after the block with the reason.",
    ),
    Rule(
        name="attribution-extra",
        checked_in=("ledger.resolution", "markdown.block_quotations"),
        severity="warning",
        means="The line under a block quotation holds more than who said it, where, when and how, "
        "through whom it reaches us, and notes such as emphasis added; or it holds a picture or "
        "the number of a note.",
        example="> No, they are not going to build it\n> — Jane Doe, who took it back [@doe-2024]",
        remedy="Say it in the text. Words of the record’s title and of the speech’s `how`, and of "
        "the person’s role, may stay.",
    ),
    Rule(
        name="directive-unknown",
        checked_in=("markdown.directives",),
        severity="error",
        means="A comment asks the build for something, `<!-- verbatim: … -->`, and the build does "
        "not understand it.",
        example="<!-- verbatim: acept words-unmarked: a title -->",
        remedy="Write a name that the build knows, such as *accept*, or take the comment out.",
    ),
    Rule(
        name="directive-misplaced",
        checked_in=("markdown.directives",),
        severity="error",
        fixed=True,
        means="A comment asks for quotations of other pages on a page that an author wrote, where "
        "each would have two places and two notes.",
        example="<!-- verbatim: excerpts doe-2024 -->",
        remedy="Link to `quotes.md` or to the page of the source, which the build makes.",
    ),
    Rule(
        name="bracket-defined",
        checked_in=("markdown.page_context",),
        severity="error",
        fixed=True,
        means="A bracket in a quotation, such as `[sic]`, or a citation of a source, is also the "
        "name of a link that the page defines.",
        example="[sic]: https://example.org/",
        remedy="Give the definition another name.",
    ),
    Rule(
        name="term-said",
        checked_in=("markdown.inline_quotations",),
        severity="error",
        fixed=True,
        means="A run in marks that `{.term}` calls a term is directly after a verb of saying, or "
        "directly before one: readers take it for somebody's words.",
        example='Doe said "all towns"{.term}.',
        remedy="Take out `{.term}` and cite; or say it without marks.",
    ),
    Rule(
        name="term-long",
        checked_in=("markdown.inline_quotations",),
        severity="warning",
        means="A run in marks that `{.term}` calls a term has more than six words, none of which "
        "is proven.",
        example='It is "a bridge that all towns asked for"{.term}.',
        remedy="Quote the words with a citation, or name less.",
    ),
    Rule(
        name="words-unmarked",
        checked_in=("markdown.unmarked", "sources.republished"),
        severity="warning",
        means="Eight words or more in a row are in a source too, and on the page without marks "
        "round them, wherever: also over the ends of items, cells and lines, in code, comments, "
        "attributes and front matter, and in a file beside the pages. Case, punctuation, emphasis, "
        "links, characters that nobody sees and letters that only look alike make no difference; "
        "furniture of a copy is not compared, nor are its title and names in capitals.",
        example="For Doe all of the towns do need to be asked [@doe-2024].",
        remedy="Put the words in double marks and cite them, or say it in other words. Where they "
        "are nobody's, accept the warning after the block, with the reason.",
    ),
    Rule(
        name="paragraph-uncited",
        checked_in=("markdown.uncited",),
        severity="warning",
        means="A paragraph, or a list item or table row of eight words or more, has no citation. "
        "Exempt are headings, header rows, first columns, what consists of links, items and rows "
        "under a lead-in that ends in a colon and carries the citation, blocks marked `.editor`, "
        "and the pages that the build makes.",
        example="Doe stood against Richard Roe as mayor.",
        remedy="Cite what the paragraph rests on, once, as in `[@doe-2024, para. 2]`; or mark it "
        "as the editor's own: `{.editor}` on a line below it, or a box `!!! editor`.",
    ),
    Rule(
        name="accept-unused",
        checked_in=("build.beside", "markdown.acceptances"),
        severity="error",
        means="A comment that is to accept a warning accepts none: the block before it has no such "
        "warning (any more), or the comment does not name a reason, or a rule that exists, "
        "or names one whose problems are errors.",
        example="<!-- verbatim: accept paragraph-uncited -->",
        remedy="Write `<!-- verbatim: accept RULE: reason -->` directly after the block, one "
        "comment for each warning; take it out where it is not needed.",
    ),
    Rule(
        name="quote-misplaced",
        checked_in=(
            "build.extension",
            "diagrams.statements",
            "ledger.front_matter",
            "markdown.block_quotations",
            "markdown.inline_quotations",
        ),
        severity="error",
        fixed=True,
        means="Quotation marks or a citation appear where nothing can be proven: a heading, a "
        "title, an alternative text, front matter, or an element that holds no paragraph.",
        example="## What “all towns” means",
        remedy="Say it without double marks there, and quote in a paragraph.",
    ),
    Rule(
        name="mark-unpaired",
        checked_in=("markdown.inline_quotations",),
        severity="error",
        fixed=True,
        means="A double mark has no partner in its paragraph, list item or cell.",
        example="Doe said “all towns should be asked [@doe-2024].",
        remedy='Add the missing mark. A straight mark is a measure, as in `5"`, directly after a '
        "fraction or one to three digits that readers see, and before no letter or digit; "
        "elsewhere write *inches*.",
    ),
    Rule(
        name="measure-unclear",
        checked_in=("markdown.inline_quotations",),
        severity="warning",
        means="A paragraph, list item or cell cites a source and has two measures, with five words "
        "or more between them that no quotation holds: a reader may take those words for one.",
        example='At 5" all towns should be asked at 6" [@doe-2024].',
        remedy="Write *inches*, or *seconds*, in place of the mark.",
    ),
    Rule(
        name="raw-quotation",
        checked_in=("build.extension", "markdown.block_quotations", "markdown.inline_quotations"),
        severity="error",
        fixed=True,
        means="Raw HTML holds double marks, `<q>`, `<blockquote>` or a citation; or a block "
        "quotation holds more than paragraphs; or a backslash hides a mark; or quoted words have a "
        "link with a title, or one out of the site that no copy has.",
        example="<q>all towns</q>",
        remedy="Write the quotation in Markdown, so that it can be proven.",
    ),
    Rule(
        name="wrong-speaker",
        checked_in=("ledger.resolution", "speakers.inline", "speakers.verdict"),
        severity="error",
        fixed=True,
        means="The attribution of a block quotation does not name the person who says the words "
        "in the source; or the subject of the verb of saying nearest to an inline one is somebody "
        "known who neither said nor passed on the words.",
        example="> No, they are not going to build it\n> — Jane Doe [@doe-2024]",
        remedy="Name the speaker, as the message gives the name; in a block quotation directly "
        "after the dash.",
    ),
    Rule(
        name="voices-mixed",
        checked_in=("ledger.objections",),
        severity="error",
        fixed=True,
        means="A quotation runs from one person's words into another's, or has parts of both.",
        example="“of stone,” he wrote” [@doe-2024]",
        remedy="Make two quotations, one for each voice.",
    ),
    Rule(
        name="key-unknown",
        checked_in=("ledger.objections",),
        severity="error",
        fixed=True,
        means="A citation names a source that is not in sources/.",
        example="[@deo-2024]",
        remedy="Correct the key, or add the source.",
    ),
    Rule(
        name="locator-unknown",
        checked_in=("ledger.ledger", "ledger.objections"),
        severity="error",
        means="A citation names a paragraph or line that the copy does not have, or something "
        "that is neither.",
        example="[@doe-2024, para. 99]",
        remedy="Name a paragraph or line of the copy, as in `[@doe-2024, paras. 9–11]`.",
    ),
    Rule(
        name="reference-misused",
        checked_in=("ledger.objections",),
        severity="error",
        fixed=True,
        means="A record without a copy is quoted, or is cited outside a block of the editor's own.",
        example="The bridge opened [@agency-2014].",
        remedy="Cite it in a block marked .editor, without quoting it.",
    ),
    Rule(
        name="excerpt-long",
        checked_in=("ledger.resolution",),
        severity="error",
        means="One quotation has more words than the source's record allows.",
        example="A quotation of 80 words where limits: {excerpt_words: 60}.",
        remedy="Quote less and say the rest in your own words.",
    ),
    Rule(
        name="quoted-share",
        checked_in=("sources.limits",),
        severity="error",
        means="All quotations of a source together are more of it than its record allows.",
        example="20 % quoted where limits: {quoted_share: 0.18}.",
        remedy="Quote less of this source.",
    ),
    Rule(
        name="published-share",
        checked_in=("sources.limits",),
        severity="error",
        means="Quotations and their context together are more of a source than its record allows.",
        example="33 % published where limits: {published_share: 0.30}.",
        remedy="Quote less of this source.",
    ),
    Rule(
        name="file-unproven",
        checked_in=("build.beside",),
        severity="error",
        fixed=True,
        means="A file beside the pages that browsers show as text (`.html`, `.svg`, `.xml`, "
        "`.txt`, one without an end that says what it is) has words in double marks that no "
        "source has word for word; or it loads, runs or embeds something; or it is of a kind that "
        "cannot be checked, such as `.mhtml`.",
        example="docs/leaflet.txt with: Doe said “all towns agree”.",
        remedy="Quote on a page; or accept the file by name under `extra.verbatim.files`, and it "
        "is listed by `verbatim report`.",
    ),
    Rule(
        name="file-data",
        checked_in=("build.beside",),
        severity="warning",
        means="A file of data or code beside the pages (`.csv`, `.json`, `.yml`, `.js`) has four "
        "words or more in double marks that no source has word for word.",
        example="docs/answers.csv with the cell: she said “all towns agree with me”",
        remedy="Take the words out; or accept the file by name under `extra.verbatim.files`.",
    ),
    Rule(
        name="file-taken",
        checked_in=("build.beside",),
        severity="error",
        fixed=True,
        means="A file or page of the author's takes the place of one that the build makes, such as "
        "`feed.xml`, `quotes.md` or `sources/KEY.md`, or of another of the author's; or "
        "`docs/_headers` sets or takes out a header that the build sets.",
        example="docs/robots.txt",
        remedy="Give it another name; or accept it by name under `extra.verbatim.files`.",
    ),
    Rule(
        name="style-hides",
        checked_in=("build.beside",),
        severity="error",
        fixed=True,
        means="A stylesheet of the author's hides, moves, covers or alters quotations, or elements "
        "that may be in or round one, or shows words beside them by `content`; or it shows words "
        "in double marks anywhere. What it does to classes and ids of the author's own is left "
        "alone; pages may then not have these near quotations.",
        example=".quotation { display: none }",
        remedy="Name a class of your own; or accept the file by name under `extra.verbatim.files`.",
    ),
    Rule(
        name="text-hidden",
        checked_in=("build.extension", "build.shown_quotations", "markdown.hiding"),
        severity="error",
        fixed=True,
        means="On a page an attribute, class or style hides, moves or alters a quotation, words in "
        "it, or words in a block that has one; or raw HTML hides what comes after it; or a "
        "bidirectional control shows characters in another order; or the finished page lacks a "
        "quotation, which a template, a plugin or an element that is not closed has swallowed.",
        example="<span hidden>Doe</span> said “all towns” [@doe-2024].",
        remedy="Take the attribute or the character out. What readers may fold, `<details>` or a "
        "tab, is no problem.",
    ),
    Rule(
        name="html-loads",
        checked_in=("build.extension", "markdown.hiding"),
        severity="error",
        fixed=True,
        means="Raw HTML on a page loads, runs, embeds or sends something that the configuration "
        "does not allow by name: a script, a stylesheet, a frame, a form, a refresh, a template, "
        "an event handler, an address that is a script.",
        example='<meta http-equiv="refresh" content="0; url=https://example.org/">',
        remedy="List scripts under `extra_javascript`, stylesheets under `extra_css`; allow hosts "
        "of frames and forms under `extra.verbatim.allow`; leave the rest out.",
    ),
    Rule(
        name="copy-published",
        checked_in=("build.extension", "sources.republished"),
        severity="error",
        fixed=True,
        means="A file in the folder of pages, whatever its name, encoding and markup, holds more "
        "than half of a source, alone or with other files, or more than the record allows to be "
        "published besides quotations; or a page holds more than half of one outside quotations, "
        "in code and comments, too. Eight words in a row count; texts that are free to republish "
        "(`publish: full`) may be anywhere.",
        example="docs/doe-2024.txt, a copy of sources/doe-2024.txt.",
        remedy="Take the words out, or the file: copies belong into sources/, which is not "
        "published. Files that `exclude_docs` leaves out are not looked at.",
    ),
    Rule(
        name="author-share",
        checked_in=("sources.limits",),
        severity="error",
        means="All quotations together have more of what a source's author says, outside the words "
        "of others, than its record allows.",
        example="18 % of the author's own words quoted where limits: {author_share: 0.15}.",
        remedy="Quote less of the author, or mark in the record what others say.",
    ),
    Rule(
        name="sensitive-long",
        checked_in=("ledger.resolution",),
        severity="error",
        means="A quotation has more of a passage that its record calls sensitive than the record "
        "lets be quoted under `shown`.",
        example="A whole speech where sensitive: [{…, shown: {from: No bridge, to: now}}].",
        remedy="Quote the words that the message names, or say it in your own words.",
    ),
    Rule(
        name="nothing-checked",
        checked_in=("ledger.closed_ledger", "verify.site"),
        severity="error",
        fixed=True,
        means="The whole site has no quotation: a build that proved nothing has failed.",
        example="A site whose pages hold no quotation marks.",
        remedy="Quote something, or build without this extension.",
    ),
    Rule(
        name="source-changed",
        checked_in=("sources.library",),
        severity="error",
        fixed=True,
        means="A copy's bytes are not those that were recorded.",
        example="sources/doe-2024.txt saved with one comma more.",
        remedy="Restore the copy. If the new one is right, record its hash and read every "
        "quotation of it again.",
    ),
    Rule(
        name="copy-missing",
        checked_in=("authoring.add", "sources.library"),
        severity="error",
        fixed=True,
        means="A record has no copy beside it, or there is no folder of sources.",
        example="sources/doe-2024.yml without sources/doe-2024.txt.",
        remedy="Put the copy there, byte for byte, or remove the record.",
    ),
    Rule(
        name="copy-outside",
        checked_in=("sources.library",),
        severity="error",
        fixed=True,
        means="A file in sources/ is a link to something outside it.",
        example="sources/doe-2024.txt -> /etc/hostname",
        remedy="Put the file itself there.",
    ),
    Rule(
        name="link-outside",
        checked_in=("datafiles.tree",),
        severity="error",
        fixed=True,
        means="Among pages, sources, templates or configuration is a link that leads out of its "
        "folder, to nothing or in a circle, or a pipe, socket or device. It is never read and "
        "never published.",
        example="docs/bridge.md -> ../../notes/bridge.md",
        remedy="Put the file itself there. A link to another file of the same folder is followed.",
    ),
    Rule(
        name="copy-unreadable",
        checked_in=("authoring.add", "sources.library"),
        severity="error",
        fixed=True,
        means="A copy or record is not a file, cannot be opened, is not UTF-8, is empty, or holds "
        "NUL or marks that turn the reading direction.",
        example="A copy saved as Latin-1.",
        remedy="Save the file as UTF-8 text without such characters.",
    ),
    Rule(
        name="record-invalid",
        checked_in=(
            "authoring.add",
            "datafiles.form",
            "datafiles.strict_yaml",
            "sources.library",
            "sources.people",
        ),
        severity="error",
        fixed=True,
        means="A record is not plain YAML, or has an unknown or repeated key or a value of the "
        "wrong kind, or its file has a name that cannot be a source's key.",
        example="attribution: Jane Doe\nattribution: J. Doe",
        remedy="Correct the line that the message names.",
    ),
    Rule(
        name="record-incomplete",
        checked_in=("datafiles.form", "sources.library", "sources.record"),
        severity="error",
        fixed=True,
        means="A record lacks a field that it needs, or a copy has no record.",
        example="A reference without 'title'.",
        remedy="Add the field; where a title is not known write `title: null` and a `description`.",
    ),
    Rule(
        name="record-misfit",
        checked_in=("sources.library", "sources.passage_spans", "sources.reading"),
        severity="error",
        fixed=True,
        means="Furniture, joins, speech or sensitive passages of a record do not fit the copy.",
        example="furniture: [{lines: 300-310, what: menu}] for a copy of 134 lines.",
        remedy="Correct the numbers or words; from and to must each be in their paragraph once.",
    ),
    Rule(
        name="speaker-unknown",
        checked_in=("sources.speech",),
        severity="error",
        fixed=True,
        means="A record's speech names somebody who is not in sources/people.yml.",
        example="speech: [{speaker: j-doe, …}]",
        remedy="Add the person, with the citation that the role rests on.",
    ),
    Rule(
        name="data-unreadable",
        checked_in=("diagrams.entries",),
        severity="error",
        fixed=True,
        means="The data file of a map or timeline is missing, or is not UTF-8 text.",
        example="<!-- verbatim: map data/argumnt-map.yml -->",
        remedy="Name a file below the folder of pages, as in "
        "`<!-- verbatim: map data/argument-map.yml -->`.",
    ),
    Rule(
        name="data-invalid",
        checked_in=("diagrams.entries", "diagrams.statements"),
        severity="error",
        fixed=True,
        means="The data of a map or timeline are not plain YAML, or have an unknown or repeated "
        "key or id, a malformed date, a value of the wrong kind, or editorial marks in a label.",
        example="edges: [{from: a, to: b, type: refutes, drawn_by: editor}]",
        remedy="Correct the line that the message names.",
    ),
    Rule(
        name="data-incomplete",
        checked_in=("diagrams.statements",),
        severity="error",
        fixed=True,
        means="The data of a map or timeline lack a field: a node or event without a citation, "
        "a dated event without `when`, the editor's reading of one text without a note.",
        example="nodes: [{id: a, who: Doe, column: doe, label: All towns should be asked}]",
        remedy="Add the field that the message names.",
    ),
    Rule(
        name="data-misfit",
        checked_in=(
            "diagrams.argument_map",
            "diagrams.entries",
            "diagrams.statements",
            "diagrams.timeline",
        ),
        severity="error",
        fixed=True,
        means="The data of a map or timeline do not fit each other or the sources: an edge to no "
        "node, a node that does not cite the text of its column, a year that `date` and `when` "
        "do not share, an editor's date that rests on no reference.",
        example="edges: [{from: thesis, to: thesi, type: supports, drawn_by: source}]",
        remedy="Make the two agree; a near name is given where there is one.",
    ),
    Rule(
        name="edge-unfounded",
        checked_in=("diagrams.argument_map",),
        severity="error",
        fixed=True,
        means="An edge between two texts is marked as drawn by one of them, and nothing cites "
        "where that one names the other.",
        example="{from: against, to: doe, type: attacks, drawn_by: source}",
        remedy="Write `drawn_by: editor`; or add `named_in: '[@key, para. 4]'`, where the text "
        "that draws it names the other.",
    ),
    Rule(
        name="settings-invalid",
        checked_in=(
            "build.allow",
            "build.mkdocs_yaml",
            "house_style.rulebook",
            "house_style.site_check",
            "ledger.front_matter",
        ),
        severity="error",
        fixed=True,
        means="extra.verbatim in mkdocs.yml, or a page's front matter, cannot be read; or a build "
        "would delete what no build has made.",
        example="rules: {quote-not-found: off}",
        remedy="Correct the setting that the message names.",
    ),
    Rule(
        name="changes-invalid",
        checked_in=("build.site", "output.changelog"),
        severity="error",
        fixed=True,
        means="The log of corrections and changes, docs/data/changes.yml, cannot be read, names no "
        "page, has an id twice, or is shown on no page.",
        example="changes: [{id: a-slip, date: yesterday, …}]",
        remedy="Correct the line that the message names; the page of corrections holds "
        "`<!-- verbatim: changes -->`.",
    ),
    Rule(
        name="file-unfinished",
        checked_in=("datafiles.atomic",),
        severity="warning",
        means="A command was stopped while it wrote; what it had written of a file is still there, "
        "and the file itself is as it was.",
        example="sources/.doe-2024.yml.x3k9_a1b.unfinished",
        remedy="Run the command again, or delete the file.",
    ),
    Rule(
        name="quotation-gone",
        checked_in=("ledger.permalinks",),
        severity="error",
        means="A quotation that was published has left its address, to which readers may link.",
        example="A quotation of docs/data/published.txt, taken out of its page.",
        remedy="Restore it, or list it in docs/data/retired.yml with id, date and why.",
    ),
    Rule(
        name="id-taken",
        checked_in=("ledger.closed_ledger",),
        severity="error",
        fixed=True,
        means="Two different quotations of a source have the same id, so that a link to one would "
        "lead to the other. It takes parts of the same words, cut in two ways, or a rare accident.",
        example="“the bridge […] was closed” and “the […] bridge was closed” of one text.",
        remedy="Quote a word more or less.",
    ),
    Rule(
        name="lines-lost",
        checked_in=("ledger.front_matter",),
        severity="warning",
        means="The first lines of a page have the form of metadata, a word with a colon: MkDocs "
        "takes them out, no reader sees them, and nothing in them is proven.",
        example="Note: the council closed the bridge.",
        remedy="Begin the page with a blank line, or with front matter.",
    ),
    Rule(
        name="page-unreadable",
        checked_in=(
            "build.extension",
            "build.headers",
            "build.reading",
            "sources.republished",
            "sources.text_file",
            "verify.exports",
            "verify.site",
        ),
        severity="error",
        fixed=True,
        means="A page cannot be opened or is not UTF-8, holds a character that nobody sees or that "
        "changes how the text reads, or is so long or so deep that it would take minutes.",
        example="docs/bridge.md saved as Latin-1.",
        remedy="Save the page as UTF-8; take out the character; divide the page.",
    ),
    Rule(
        name="pages-stale",
        checked_in=("build.handover",),
        severity="error",
        means="For a builder without hooks, `verbatim pages` has put the pages and files that the "
        "build makes beside the others; one is missing, or is not what it would write now.",
        example="A source was added, and docs/sources/ has no page of it.",
        remedy="Run `verbatim pages docs` again after every change, and edit none of its files.",
    ),
    Rule(
        name="pages-unwritten",
        checked_in=("build.handover",),
        severity="error",
        fixed=True,
        means="`verbatim pages` cannot write a file, or a link would lead it out of the folder "
        "that it was given.",
        example="verbatim pages docs, where docs/sources is a link to another folder.",
        remedy="Make the folder one that can be written, without links to elsewhere.",
    ),
    Rule(
        name="site-unmade",
        checked_in=("authoring.new_site",),
        severity="error",
        means="`verbatim new` cannot make a site: the folder is there already and holds something, "
        "or cannot be written.",
        example="verbatim new bridges, where bridges/ holds a file.",
        remedy="Name a folder that is not there yet, in one that can be written.",
    ),
    Rule(
        name="citation-stale",
        checked_in=("sources.reference",),
        severity="error",
        means="A record's reference is not the one that its formatted citations were made from.",
        example="title: corrected in the record, and cited: left as it was.",
        remedy="Run `verbatim cite`, which formats and locks it anew.",
    ),
    Rule(
        name="record-unread",
        checked_in=("build.release", "sources.reference"),
        severity="warning",
        means="A program has drafted the record, and nobody has read it over yet. `verbatim check "
        "--release` makes it an error.",
        example="read: no",
        remedy="Read the record beside its copy, mend what was guessed wrongly, then take out "
        "`read: no`.",
    ),
    Rule(
        name="release-incomplete",
        checked_in=("build.release",),
        severity="error",
        means="`verbatim check --release` misses what the public should be told and only the "
        "owner of a site knows.",
        example="No `contact` under `extra.verbatim.owner`.",
        remedy="State it in `mkdocs.yml`.",
    ),
    Rule(
        name="citation-unformatted",
        checked_in=("sources.reference",),
        severity="info",
        means="A record has no formatted citations yet; a plain form is shown instead.",
        example="A new record without cited:.",
        remedy="Run `verbatim cite` once; it needs pandoc.",
    ),
    Rule(
        name="proof-text",
        checked_in=(
            "verify.captions",
            "verify.copied_words",
            "verify.quotation_facts",
            "verify.quotation_form",
            "verify.quotations",
        ),
        severity="error",
        fixed=True,
        means="In the finished page a quotation or receipt is not, word for word, what its source "
        "has at the place it names, or names another paragraph, speaker or address than it has; or "
        "an element or attribute in it or round it is not ours, or hides it; or 25 words of a "
        "source in a row are outside quotations.",
        example="site/bridge/index.html edited by hand, or by a plugin.",
        remedy="Build the site anew; if the problem stays, a plugin changes text: switch it off.",
    ),
    Rule(
        name="proof-speaker",
        checked_in=("verify.captions",),
        severity="error",
        fixed=True,
        means="In the finished page a caption or chain names somebody else, or another way of the "
        "words, than the record of their source.",
        example="— Richard Roe, under words of Jane Doe.",
        remedy="Build the site anew; if the problem stays, a plugin changes text: switch it off.",
    ),
    Rule(
        name="proof-note",
        checked_in=(
            "verify.note_citations",
            "verify.note_numbers",
            "verify.note_parts",
            "verify.quotation_form",
            "verify.receipt_words",
            "verify.receipts",
        ),
        severity="error",
        fixed=True,
        means="In the finished page a note has another citation, sentence, place or number than "
        "the passage to which it belongs, holds anything besides, shows more around it than it "
        "may, or leads elsewhere; or a number does not lead to its own note.",
        example="Para. 15, line 28, after words of paragraph 14.",
        remedy="Build the site anew; if the problem stays, a plugin changes text: switch it off.",
    ),
    Rule(
        name="proof-hidden",
        checked_in=("verify.hiding", "verify.other_files"),
        severity="error",
        fixed=True,
        means="In the finished site an attribute, an element or a style hides, moves or alters a "
        "quotation, its caption or receipt, or words beside it; a style shows words there; a "
        "control reorders characters; a page has a template, an event handler or an embedded "
        "object; or a file beside the pages loads or runs something or cannot be checked.",
        example="A stylesheet with .quotation { display: none }.",
        remedy="Take it out and build anew; a file of your own may be accepted by name under "
        "`extra.verbatim.files`.",
    ),
    Rule(
        name="proof-id",
        checked_in=("verify.addresses", "verify.quotation_facts"),
        severity="error",
        fixed=True,
        means="In the finished site a quotation has another id than its words give, an id of "
        "before is missing or is another quotation's, two elements of a page have one id, or a "
        "page in place of one that moved leads on to another than it should.",
        example='id="q-doe-2024-the-bridge-0a1b2c3d4e" before other words.',
        remedy="Build the site anew; if the problem stays, a plugin changes text: switch it off.",
    ),
    Rule(
        name="proof-export",
        checked_in=("verify.exports", "verify.page_metadata"),
        severity="error",
        fixed=True,
        means="A file or a page's head, made for other programs, says otherwise than the pages and "
        "the sources: quotes.json, references, the feed, the search index, JSON-LD.",
        example="quotes.json edited by hand.",
        remedy="Build the site anew.",
    ),
    Rule(
        name="proof-listing",
        checked_in=(
            "verify.entries",
            "verify.made_pages",
            "verify.map_section",
            "verify.timeline_section",
        ),
        severity="error",
        fixed=True,
        means="A page or list that the build makes of sources and pages says otherwise than they "
        "do: the page of a source, the list of quotations, shares, the log of changes, a map or "
        "timeline and its picture.",
        example="A quotation taken out of quotes/index.html.",
        remedy="Build the site anew; let nothing change it after the build.",
    ),
    Rule(
        name="proof-file",
        checked_in=("verify.checksums", "verify.files", "verify.rebuilt", "verify.served"),
        severity="error",
        fixed=True,
        means="A file of the finished site is not the one that the build wrote and listed in "
        "site.sha256, is not listed there, is missing, or is no file but a link or a pipe.",
        example="A script put into site/ after the build.",
        remedy="Build the site anew; let nothing change it after the build.",
    ),
    Rule(
        name="proof-label",
        checked_in=("verify.page_labels",),
        severity="error",
        fixed=True,
        means="In the finished page a heading or the header of a column is not what the link at "
        "it, or the label of a cell below it, says.",
        example="A cell of the column First (spoken) that is labelled Second (written).",
        remedy="Build the site anew; if the problem stays, a plugin changes text: switch it off.",
    ),
    Rule(
        name="proof-policy",
        checked_in=("verify.page_policy",),
        severity="error",
        fixed=True,
        means="A finished page has another content security policy than `_headers` says, or none; "
        "or it holds what that policy stops, leads on by itself, or runs a script in an address.",
        example="<iframe src=https://example.org/> put into site/index.html.",
        remedy="Build the site anew; what a page asks for by itself is told at the build as "
        "`policy-stops`.",
    ),
    Rule(
        name="proof-mark",
        checked_in=(
            "verify.captions",
            "verify.exports",
            "verify.other_files",
            "verify.page_metadata",
            "verify.quotations",
        ),
        severity="error",
        fixed=True,
        means="In the finished page a double mark is outside quotations, references, terms, "
        "receipts and code, or a quotation has lost one of its marks; or a file beside the pages "
        "has words in double marks that no source has.",
        example="A template or navigation title with words in double marks.",
        remedy="Say it without double marks there, or quote it in a paragraph.",
    ),
    Rule(
        name="policy-stops",
        checked_in=("build.headers",),
        severity="warning",
        means="A finished page asks for what the site's content security policy does not let "
        "browsers load or run: something from a host that the site does not allow, a plug-in, a "
        "frame, a script or a style in its text.",
        example="<img src=https://example.org/map.png>, or a button with onclick.",
        remedy="Put the file into docs/ and link to it there, or allow its host under "
        "`extra.verbatim.allow`; put scripts into a file under extra_javascript, styles into one "
        "under extra_css.",
    ),
)

RULES: dict[str, Rule] = {rule.name: rule for rule in _ALL}
