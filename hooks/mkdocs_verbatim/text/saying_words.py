"""Verbs and phrases of saying of each language: what leads to somebody's words in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

# Forms by which *X said …* is written. *Call*, *name*, *describe* and their like lead to a term.
_VERBS = {
    "de": """
        sagt sagte sagten gesagt schreibt schrieb schrieben geschrieben erklärt erklärte erklärten
        behauptet behauptete behaupteten betont betonte betonten meint meinte meinten antwortet
        antwortete antworteten erwidert erwiderte entgegnet entgegnete berichtet berichtete
        berichteten fragt fragte fragten fordert forderte forderten warnt warnte warnten
        versichert versicherte versprach verspricht ruft rief riefen argumentiert argumentierte
        kommentiert kommentierte bemerkt bemerkte äußert äußerte räumt räumte zitiert zitierte
        heißt hieß verkündet verkündete fügt fügte
    """,
    "fr": """
        dit disait disent dirent écrit écrivait écrivent écrivit affirme affirmait affirmé déclare
        déclarait déclaré explique expliquait expliqué répond répondait répondit répondu ajoute
        ajoutait ajouté soutient soutenait soutenu estime estimait estimé assure assurait assuré
        précise précisait précisé demande demandait demandé prévient prévenait promet promettait
        insiste insistait insisté souligne soulignait souligné rappelle rappelait rappelé s'écrie
        s’écrie conclut concluait reconnaît reconnaissait avertit raconte racontait raconté cite
        citait cité note notait noté rétorque rétorquait lance lançait
    """,
    "es": """
        dice dijo decía dicen dijeron dicho escribe escribió escribía escriben afirma afirmó
        afirmaba declara declaró declaraba explica explicó responde respondió añade añadió agrega
        agregó sostiene sostuvo asegura aseguró señala señaló subraya subrayó pregunta preguntó
        advierte advirtió promete prometió insiste insistió concluye concluyó reconoce reconoció
        cuenta contó cita citó comenta comentó contesta contestó exclama exclamó argumenta
    """,
    "it": """
        dice disse diceva dicono dissero detto scrive scrisse scriveva scritto afferma affermò
        affermava affermato dichiara dichiarò dichiarato spiega spiegò spiegato risponde rispose
        risposto aggiunge aggiunse aggiunto sostiene sostenne sostenuto assicura assicurò precisa
        precisò chiede chiese chiesto avverte avvertì promette promise insiste insistette conclude
        concluse ammette ammise racconta raccontò cita citò osserva osservò ribatte commenta
    """,
    "pt": """
        diz disse dizia dizem disseram dito escreve escreveu escrevia escrito afirma afirmou
        afirmava declara declarou explica explicou responde respondeu acrescenta acrescentou
        sustenta sustentou assegura assegurou pergunta perguntou adverte advertiu promete prometeu
        insiste insistiu conclui concluiu admite admitiu conta contou cita citou observa observou
        argumenta comenta comentou
    """,
    "nl": """
        zegt zei zeiden gezegd schrijft schreef schreven geschreven verklaart verklaarde verklaarden
        beweert beweerde beweerden benadrukt benadrukte meent meende antwoordt antwoordde vraagt
        vroeg vroegen waarschuwt waarschuwde belooft beloofde meldt meldde stelt stelde voegt voegde
        concludeert concludeerde erkent erkende citeert citeerde roept riep merkt merkte
    """,
    "sv": """
        säger sade sa sagt skriver skrev skrivit hävdar hävdade menar menade förklarar förklarade
        svarar svarade frågar frågade tillägger tillade berättar berättade påstår påstod varnar
        varnade lovar lovade betonar betonade konstaterar konstaterade uppger uppgav citerar
    """,
    "da": """
        siger sagde sagt skriver skrev skrevet hævder hævdede mener mente forklarer forklarede
        svarer svarede spørger spurgte tilføjer tilføjede fortæller fortalte påstår påstod advarer
        advarede lover lovede understreger understregede udtaler udtalte
    """,
    "nb": """
        sier sa sagt skriver skrev skrevet hevder hevdet mener mente forklarer forklarte svarer
        svarte spør spurte forteller fortalte påstår påsto advarer advarte lover lovet understreker
        understreket uttaler uttalte
    """,
    "fi": """
        sanoo sanoi sanoivat sanonut kirjoittaa kirjoitti kirjoittanut väittää väitti vastaa vastasi
        kysyy kysyi lisää lisäsi kertoo kertoi toteaa totesi vakuuttaa vakuutti varoittaa varoitti
        korostaa korosti ilmoittaa ilmoitti huomauttaa huomautti selittää selitti
    """,
    "pl": """
        mówi mówił mówiła powiedział powiedziała powiedzieli pisze pisał pisała napisał napisała
        twierdzi twierdził twierdziła oświadcza oświadczył oświadczyła odpowiada odpowiedział
        odpowiedziała dodaje dodał dodała pyta pytał zapytał ostrzega ostrzegł podkreśla podkreślił
        zapewnia zapewnił przyznaje przyznał uważa uważał zauważa zauważył
    """,
    "cs": """
        říká říkal řekl řekla řekli píše psal napsal napsala tvrdí tvrdil prohlásil prohlásila
        odpovídá odpověděl odpověděla dodává dodal dodala ptá zeptal varuje varoval zdůrazňuje
        zdůraznil uvádí uvedl uvedla
    """,
    "ru": """
        говорит говорил говорила говорят сказал сказала сказали пишет писал писала написал написала
        написали заявляет заявил заявила заявили утверждает утверждал утверждала отвечает ответил
        ответила добавляет добавил добавила спрашивает спросил спросила предупреждает предупредил
        подчёркивает подчеркивает подчеркнул подчеркнула считает отметил отметила объяснил
    """,
    "uk": """
        каже казав казала сказав сказала сказали пише писав писала написав написала заявляє заявив
        заявила стверджує стверджував відповідає відповів відповіла додає додав додала питає спитав
        підкреслює підкреслив
    """,
    "tr": """
        diyor dedi demiş dediler yazıyor yazdı söylüyor söyledi belirtti belirtiyor açıkladı
        açıklıyor ekledi ekliyor sordu soruyor vurguladı savundu savunuyor iddia
    """,
    "he": """
        אמר אמרה אמרו אומר אומרת אומרים כתב כתבה כתבו כותב כותבת טען טענה טוען טוענת הצהיר הצהירה
        השיב השיבה ענה ענתה הוסיף הוסיפה שאל שאלה הסביר הסבירה הזהיר הדגיש הודיע
    """,
    "ar": """
        قال قالت قالوا يقول تقول يقولون كتب كتبت يكتب تكتب صرح صرحت يصرح أعلن أعلنت أكد أكدت يؤكد
        أضاف أضافت يضيف أجاب أجابت سأل سألت زعم زعمت ذكر ذكرت أوضح أوضحت
    """,
    "zh": """
        说 說 称 稱 写道 寫道 表示 指出 认为 認為 回答 问道 問道 补充 補充
        强调 強調 宣称 宣稱 声称 聲稱
    """,
    "ja": "と言 と語 と述べ と書 と答え と話 と主張 と説明 と指摘 と訴え によると",
}

_PHRASES = {
    "en": "according to; in the words of; to quote; quoting; as quoted by; in a statement by",
    "de": "laut; zufolge; nach Angaben von; nach den Worten von; mit den Worten; so",
    "fr": "selon; d'après; d’après; pour citer; aux dires de; suivant",
    "es": "según; en palabras de; de acuerdo con; a decir de",
    "it": "secondo; a detta di; nelle parole di; stando a",
    "pt": "segundo; conforme; nas palavras de; de acordo com",
    "nl": "volgens; aldus; in de woorden van",
    "sv": "enligt; med ord av",
    "da": "ifølge; med ordene",
    "nb": "ifølge; med ordene",
    "fi": "mukaan; sanoin",
    "pl": "według; zdaniem; jak mówi",
    "cs": "podle; slovy",
    "ru": "по словам; согласно; как пишет; по мнению",
    "uk": "за словами; на думку; згідно з",
    "tr": "göre; sözleriyle",
    "he": "לפי; לדברי; כדברי; על פי",
    "ar": "وفقا ل; وفقًا ل; بحسب; حسب; على حد قول",
    "zh": "根据; 根據; 据; 據; 按照",
    "ja": "によると; によれば",
}

_THAT = {
    "en": "that", "de": "dass daß", "fr": "que qu’ qu'", "es": "que", "it": "che", "pt": "que",
    "nl": "dat", "sv": "att", "da": "at", "nb": "at", "fi": "että", "pl": "że", "cs": "že",
    "ru": "что", "uk": "що", "tr": "ki", "he": "כי ש", "ar": "أن إن", "zh": "", "ja": "",
}  # fmt: skip

# English verbs, whose other forms are regular but for those listed after them.
_REGULAR = """
    answer reply respond claim declare announce argue add remark comment explain insist maintain
    contend assert affirm admit concede confess acknowledge stress emphasise emphasize suggest
    conclude continue repeat reiterate recall report reveal relate complain joke quip shout cry
    exclaim whisper mutter murmur retort counter object protest predict testify tweet state note
    observe warn promise vow pledge demand ask deny urge assure advise caution proclaim pronounce
    recount scream snap opine quote lament
"""
_IRREGULAR = """
    say says said saying write writes wrote written writing speak speaks spoke speaking swear swears
    swore swearing tell tells told telling reads
"""
NOUNS = frozenset(
    "answer reply claim remark comment stress report joke cry whisper retort counter object "
    "protest tweet state note promise vow pledge demand quote urge snap scream lament".split()
)
"""Verbs of which the bare form is a noun as well, and so is no verb of saying here."""
DOUBLED = frozenset("admit quip snap".split())


def _english() -> Iterator[str]:
    """Yield each form of each English verb of saying."""
    yield from _IRREGULAR.split()
    for verb in _REGULAR.split():
        if verb not in NOUNS:
            yield verb
        if verb.endswith("y") and verb[-2] not in "aeiou":
            yield from (f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing")
        elif verb.endswith("e"):
            yield from (f"{verb}s", f"{verb}d", f"{verb[:-1]}ing")
        else:
            stem = verb + verb[-1] if verb in DOUBLED else verb
            es = "es" if verb.endswith(("s", "sh", "ch")) else "s"
            yield from (f"{verb}{es}", f"{stem}ed", f"{stem}ing")


VERBS: Mapping[str, tuple[str, ...]] = {
    "en": tuple(sorted(set(_english()))),
    **{language: tuple(dict.fromkeys(words.split())) for language, words in _VERBS.items()},
}
"""The verbs of saying, in every form, by the first part of a language's tag."""

PHRASES: Mapping[str, tuple[str, ...]] = {
    language: tuple(phrase.strip() for phrase in phrases.split(";"))
    for language, phrases in _PHRASES.items()
}
"""Phrases after which the name of a speaker comes, and then the words."""

THAT: Mapping[str, tuple[str, ...]] = {
    language: tuple(words.split()) for language, words in _THAT.items()
}
"""Words that may be between a verb of saying and what is said."""
