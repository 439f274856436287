"""Negations and hedges of each language: words whose loss may turn a statement round."""

from __future__ import annotations

from collections.abc import Mapping

_LISTED = {
    "en": """
        not, n't, no, never, neither, nor, none, nothing, nobody, nowhere, no one, cannot, without,
        deny, denies, denied, denying, refuse, refuses, refused, refusing, refusal, reject, rejects,
        rejected, rejecting, fail, fails, failed, failing, failure, doubt, doubts, doubted,
        doubtful, false, untrue, wrong, wrongly, lack, lacks, lacked, far from, rather than,
        instead of, short of, anything but, all but,
        unless, until, if, only, except, but, yet, however, although, though, despite, provided,
        hardly, scarcely, barely, rarely, seldom, sometimes, usually, mostly, partly, almost,
        nearly, may, might, could, perhaps, maybe, possibly, probably, likely, unlikely, apparently,
        allegedly, supposedly, reportedly, seemingly, arguably, seem, seems, seemed, appear,
        appears, appeared,
        eventually, ultimately, at the moment, for now, at least, at most, so far, as yet
    """,
    "de": """
        nicht, nichts, nie, niemals, niemand, nirgends, kein, keine, keinen, keinem, keiner, keines,
        weder, noch nicht, ohne, statt, anstatt, leugnet, leugnete, bestreitet, bestritt, verneint,
        weigert, weigerte, ablehnt, lehnt, lehnte, verweigert, scheitert, scheiterte, zweifelt,
        falsch, unwahr, kaum, selten, fast, beinahe, nur, außer, sofern, wenn, falls, bis, es sei
        denn, aber, jedoch, doch, sondern, obwohl, vielleicht, möglicherweise, wahrscheinlich, wohl,
        angeblich, offenbar, anscheinend, scheint, könnte, könnten, dürfte, dürften, mag, mögen,
        schließlich, derzeit, bisher, mindestens, höchstens, unwahrscheinlich
    """,
    "fr": """
        ne, n', pas, jamais, aucun, aucune, rien, personne, ni, non, sans, nie, nier, refuse,
        refusé, refuser, rejette, rejeté, échoue, échoué, doute, doutes, faux, fausse, loin de,
        plutôt que, au lieu de, à peine, rarement, presque, seulement, sauf, si, à moins, jusqu'à,
        mais, pourtant, cependant, toutefois, bien que, peut-être, probablement, sans doute,
        apparemment, semble, semblent, pourrait, pourraient, prétendument, finalement, pour le
        moment, au moins, jusqu'ici
    """,
    "es": """
        no, nunca, jamás, nadie, nada, ningún, ninguna, ninguno, ni, sin, tampoco, niega, negó,
        rechaza, rechazó, rehúsa, fracasa, fracasó, duda, dudas, falso, falsa, lejos de, en lugar
        de, apenas, rara vez, casi, solo, sólo, salvo, excepto, si, a menos que, hasta, pero, sino,
        sin embargo, aunque, quizá, quizás, tal vez, probablemente, posiblemente, al parecer,
        parece, parecen, podría, podrían, puede, supuestamente, finalmente, por ahora, al menos
    """,
    "pt": """
        não, nunca, jamais, ninguém, nada, nenhum, nenhuma, nem, sem, nega, negou, recusa, recusou,
        rejeita, rejeitou, falha, falhou, duvida, falso, falsa, longe de, em vez de, mal, raramente,
        quase, só, somente, apenas, salvo, exceto, se, a menos que, até, mas, porém, contudo,
        embora, talvez, provavelmente, possivelmente, aparentemente, parece, parecem, poderia, pode,
        supostamente, finalmente, por enquanto, pelo menos
    """,
    "it": """
        non, mai, nessuno, nessuna, nessun, niente, nulla, né, senza, neanche, nega, negò, rifiuta,
        rifiutò, respinge, respinse, fallisce, fallì, dubita, falso, falsa, lungi da, invece di,
        appena, raramente, quasi, solo, soltanto, salvo, eccetto, se, a meno che, finché, ma, però,
        tuttavia, sebbene, forse, probabilmente, possibilmente, sembra, sembrano, potrebbe, può,
        presumibilmente, infine, per ora, almeno, finora
    """,
    "nl": """
        niet, niets, nooit, niemand, nergens, geen, noch, zonder, ontkent, ontkende, weigert,
        weigerde, verwerpt, verwierp, faalt, faalde, betwijfelt, onwaar, vals, in plaats van,
        nauwelijks, zelden, bijna, alleen, slechts, behalve, tenzij, als, indien, tot, maar, echter,
        hoewel, misschien, wellicht, waarschijnlijk, mogelijk, kennelijk, blijkbaar, lijkt, lijken,
        zou, zouden, kan, uiteindelijk, voorlopig, tot nu toe, minstens
    """,
    "sv": """
        inte, aldrig, ingen, inget, inga, ingenting, varken, utan, ej, icke, förnekar, förnekade,
        vägrar, vägrade, avvisar, avvisade, misslyckas, tvivlar, falsk, falskt, snarare än, i
        stället för, knappast, knappt, sällan, nästan, bara, endast, utom, om, tills, men, dock,
        trots, fast, kanske, troligen, möjligen, förmodligen, verkar, tycks, kunde, skulle, kan,
        påstås, till slut, för närvarande, hittills, åtminstone
    """,
    "pl": """
        nie, nigdy, nikt, nic, żaden, żadna, żadne, ani, bez, zaprzecza, zaprzeczył, odmawia,
        odmówił, odrzuca, odrzucił, wątpi, fałszywy, fałszywe, zamiast, ledwie, rzadko, prawie,
        tylko, oprócz, jeśli, jeżeli, chyba że, dopóki, ale, lecz, jednak, choć, chociaż, może,
        być może, prawdopodobnie, podobno, rzekomo, wydaje się, mógłby, w końcu, na razie, dotąd,
        co najmniej
    """,
    "ru": """
        не, нет, ни, никогда, никто, ничего, ничто, нигде, никакой, никакого, нельзя, без,
        отрицает, отрицал, отказывается, отказался, отвергает, отверг, сомневается, ложь, ложно,
        вместо, едва, редко, почти, только, лишь, кроме, если, пока, но, однако, хотя, может,
        может быть, возможно, вероятно, наверное, якобы, кажется, бы, в конце концов, до сих пор,
        по крайней мере
    """,
    "ar": """
        لا, لم, لن, ليس, ليست, ليسوا, غير, دون, بدون, أبدا, أبدًا, ينفي, نفى, يرفض, رفض, إلا, سوى,
        فقط, إذا, إن, لو, حتى, لكن, ولكن, رغم, ربما, قد, لعل, يبدو, على الأقل, حاليا
    """,
    "he": """
        לא, אין, אינו, אינה, אינם, בלי, ללא, מעולם, לעולם, אף, שום, מכחיש, הכחיש, מסרב, סירב, דוחה,
        דחה, רק, אלא, אם, עד, אבל, אולם, אך, למרות, אולי, כנראה, ייתכן, נראה, לפחות, בינתיים
    """,
    "zh": """
        不, 没, 沒, 拒绝, 拒絕, 否认, 否認, 除非, 除了, 只有, 仅, 僅, 如果, 直到, 但, 却, 卻,
        然而, 虽然, 雖然, 也许, 也許, 或许, 或許, 可能, 大概, 似乎, 据说, 據說, 几乎, 幾乎, 最终,
        最終, 至少, 目前
    """,
    "ja": """
        ない, なかっ, なく, ません, ず, 不, 否定, 拒否, 拒絶, だけ, しか, 除い, もし, なら,
        まで, しかし, だが, けれど, かもしれ, おそらく, 恐らく, たぶん, 多分, らしい, ようだ,
        だろう, でしょう, ほとんど, 最終的, 少なくとも, 今のところ
    """,
}

WORDS_OF: Mapping[str, tuple[str, ...]] = {
    language: tuple(" ".join(word.split()) for word in words.split(","))
    for language, words in _LISTED.items()
}
"""By the first part of a language's tag; `n't` is an end, and other words are whole."""

CLOSING: Mapping[str, frozenset[str]] = {
    "de": frozenset(
        "nicht nichts nie niemals niemand nirgends kein keine keinen keinem keiner keines".split()
    ),
    "nl": frozenset("niet niets nooit niemand nergens geen".split()),
    "ja": frozenset("ない なかっ なく ません ず".split()),
}
"""Negations that may come last in their clause, and so far from the word that they negate."""

OPENS_NO_SENTENCE = frozenset({"but", "yet", "however"})
"""As the first word of a sentence, these join it to the one before and hedge nothing in it."""
