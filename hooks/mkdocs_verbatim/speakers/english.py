"""English: the words by which a page says who speaks."""

from __future__ import annotations

from .language import Language, Words, words

DOUBLED = words("admit quip brag snap rap jot")
VOWELS = frozenset("aeiou")


def _regular(verbs: str) -> Words:
    """Return all forms of regular English *verbs*."""
    forms: set[str] = set()
    for verb in verbs.split():
        stem = verb + verb[-1] if verb in DOUBLED else verb
        if verb.endswith("e"):
            forms |= {verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"}
        elif verb.endswith("y") and verb[-2] not in VOWELS:
            forms |= {verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"}
        else:
            ending = "es" if verb.endswith(("s", "sh", "ch", "x")) else "s"
            forms |= {verb, verb + ending, f"{stem}ed", f"{stem}ing"}
    return frozenset(forms)


EN_QUOTING = _regular("quote cite reproduce print")
EN_TELLING = _regular("ask inform warn remind assure urge advise order instruct") | words(
    "tell tells told telling"
)
EN_SAYING = (
    _regular(
        "answer reply respond claim state declare announce argue add note observe remark comment "
        "explain insist maintain contend assert affirm admit concede confess acknowledge stress "
        "emphasise emphasize caution promise vow pledge demand call describe term dub label brand "
        "suggest propose conclude continue repeat reiterate recall report reveal recount relate "
        "mention complain lament joke quip shout cry exclaim whisper mutter murmur scream yell "
        "snap retort counter object protest predict speculate estimate testify tweet post blog "
        "wonder inquire enquire question boast brag plead appeal proclaim pronounce rule "
        "recommend define characterise characterize condemn denounce criticise criticize praise "
        "talk utter voice express phrase coin summarise summarize believe deny dismiss accuse "
        "volunteer venture opine theorise jeer sneer mock scoff"
    )
    | words(
        "say says said saying write writes wrote written writing speak speaks spoke spoken "
        "speaking swear swears swore sworn swearing think thinks thought thinking hold holds held "
        "put puts putting read reads begin begins began ends ended closes closed opens opened "
        "runs ran found gives gave given"
    )
    | EN_TELLING
    | EN_QUOTING
)
EN_NOUNS = words(
    "word words wording answer answers reply replies remark remarks statement statements claim "
    "claims phrase phrases demand demands promise promises comment comments view opinion "
    "verdict line tweet tweets post posts speech argument response retort question warning call "
    "conclusion cry shout chant assertion declaration letter message motto slogan saying "
    "formula dictum expression term judgment judgement version quotation quote description "
    "definition contention objection suggestion proposal complaint boast pledge vow appeal "
    "charge accusation insistence position"
)
EN_TEXTS = EN_NOUNS | words(
    "text report article essay book chapter section paragraph passage sentence page headline "
    "title subtitle caption note notice paper study review column editorial interview "
    "transcript minutes record ruling order brief treaty act bill statute law constitution "
    "agreement resolution charter motion petition poem verse stanza song novel story play scene "
    "preface foreword introduction abstract summary appendix footnote entry diary journal "
    "memoir email e-mail mail pamphlet leaflet poster release memo memorandum file document "
    "source copy translation edition draft manuscript explanation table figure "
    "timeline site website webpage blog newspaper magazine account biography lecture sermon "
    "manifesto communiqué dispatch affidavit deposition testimony evidence opening beginning "
    "end ending close part half clause rule talk inscription plaque sign label list guide "
    "manual handbook piece"
)
ENGLISH = Language(
    saying=EN_SAYING,
    quoting=EN_QUOTING,
    telling=EN_TELLING,
    naming=_regular(
        "call describe term dub label brand define characterise characterize condemn denounce "
        "criticise criticize praise dismiss mock"
    )
    | words("found think thinks thought hold holds held"),
    participles=frozenset(verb for verb in EN_SAYING if verb.endswith("ing")),
    be=words("is was are were be been being isn't wasn't aren't weren't"),
    by=words("by"),
    nouns=EN_NOUNS,
    texts=EN_TEXTS,
    authors=words("author writer authors writers"),
    pronouns=words("he she they it him them"),
    things=words("it its this"),
    quantifiers=words("some many most few others all those these several both none"),
    possessives=words("his her their its"),
    own=words("we i you one nobody my our your no-one there"),
    relatives=words("who which that whom whose"),
    determiners=words(
        "the a an this these those some any every each another other others most many few all "
        "both several no first second third last next former latter one"
    ),
    prepositions=words(
        "of to with against about by from on in for at like unlike after before than over between "
        "among beside behind beyond under near into upon toward towards during despite without "
        "within through around across since until off outside inside because per via as "
        "concerning regarding amid"
    ),
    conjunctions=words("as after before since until than like"),
    infinitive=words("to"),
    auxiliaries=words(
        "has had have having is was are were be been being does did do would could will shall may "
        "might must should can cannot won't wouldn't couldn't shouldn't can't hasn't hadn't "
        "haven't doesn't didn't don't isn't wasn't aren't weren't went goes go on seems seemed "
        "appears appeared used"
    ),
    adverbs=words(
        "also later then once again still only even already first now ever thus here just too "
        "twice today yesterday so more instead moreover however nevertheless nonetheless always "
        "often never sometimes perhaps maybe soon finally further furthermore meanwhile therefore "
        "there indeed rather quite rightly simply elsewhere afterwards back out aloud together "
        "himself herself themselves itself alone both famously earlier tomorrow tonight hence "
        "though what how why where yet overall besides otherwise likewise"
    ),
    joins=words("and but then or & yet"),
    breaks=words("but while whereas although though because when if since unless whether"),
    that=words("that"),
    negations=words(
        "never not didn't doesn't don't hasn't hadn't haven't wouldn't couldn't won't can't "
        "cannot wasn't isn't"
    ),
    did=words("did does has had was is said says would"),
    echoes=words("so thus these those this that such"),
    sources=(
        ("according", "to"),
        ("in", "the", "words", "of"),
        ("the", "words", "of"),
        ("quoting",),
        ("as", "per"),
    ),
    times=words(
        "day week month year time morning evening night afternoon hour minute moment century "
        "decade spring summer autumn winter days weeks months years hours minutes occasion way "
        "while point"
    ),
    titles=words(
        "mr mrs ms miss dr prof professor sir lord lady dame president senator judge justice "
        "minister chancellor councillor cllr mp rep representative gov governor mayor king queen "
        "pope father mother brother sister saint st general gen colonel col captain capt major "
        "lieutenant lt sergeant sgt rev reverend bishop archbishop cardinal prince princess baron "
        "baroness count countess duke duchess marquis chief secretary ambassador premier "
        "candidate leader spokesman spokeswoman spokesperson reporter writer author historian "
        "politician challenger lawyer activist economist philosopher scientist poet novelist "
        "journalist host uncle aunt hon honourable rabbi imam sheikh ayatollah comrade"
    ),
    notes=frozenset(
        [
            "emphasis added",
            "emphasis in the original",
            "emphasis in original",
            "our translation",
            "footnote omitted",
            "footnotes omitted",
        ]
    ),
    ways=words(
        "spoken written said speaking writing first second third fourth last earlier later former "
        "then now to with against at on in of from for by after before during and the a an his "
        "her their its this that as under aged reply replying answer answering answered question "
        "asked debate debating recording recorded broadcast radio television tv film video online "
        "website facebook twitter court parliament house commons lords senate congress trial "
        "hearing committee conference press meeting rally dinner lunch campaign q&a podcast "
        "closing opening statement part parts day week month year years morning evening afternoon "
        "night noon about circa ca c spring summer autumn winter early mid late january february "
        "march april may june july august september october november december jan feb mar apr jun "
        "jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday "
        "oral testimony cross-examination interview interviewed quoted reported published printed "
        "posted tweeted unpublished private public open aloud sworn voice telephone phone call "
        "conversation"
    )
    | EN_TEXTS,
)
