"""French and German: the words by which a page says who speaks."""

from __future__ import annotations

from .language import Language, words

FRENCH = Language(
    saying=words(
        "dit disait dira dire disent disant dis écrit écrivait écrire écrivent écrivant répond "
        "répondit répondu répondre répondait répondant affirme affirmé affirmait affirmer "
        "affirment affirmant déclare déclaré déclarait déclarer déclarent déclarant ajoute ajouté "
        "ajoutait ajouter ajoutant explique expliqué expliquait expliquer expliquant soutient "
        "soutenu soutenait soutenir note noté notait remarque remarqué estime estimé estimait "
        "juge jugé parle parlait parlé demande demandé demandait promet promis annonce annoncé "
        "annonçait conclut conclu lance lancé lançait assure assuré assurait insiste insisté "
        "rappelle rappelé rappelait précise précisé souligne souligné soulignait raconte raconté "
        "avoue avoué admet admis prétend prétendu prétendait réplique répliqué rétorque rétorqué "
        "crie crié s'écrie murmure appelle appelé qualifie qualifié qualifiait décrit tweete cite "
        "cité citait citant citer reproduit reproduire imprime imprimé"
    ),
    quoting=words("cite cité citait citant citer reproduit reproduire imprime imprimé"),
    naming=words(
        "appelle appelé qualifie qualifié qualifiait décrit juge jugé estime estimé estimait"
    ),
    participles=words("disant écrivant répondant affirmant déclarant ajoutant expliquant citant"),
    be=words("est était fut été sont étaient soit"),
    by=words("par"),
    nouns=words(
        "mot mots parole paroles réponse réponses phrase phrases déclaration propos remarque "
        "formule avis opinion expression discours lettre message"
    ),
    texts=words(
        "texte rapport article essai livre chapitre section paragraphe passage phrase page titre "
        "lettre note étude journal éditorial entretien document source copie traduction édition "
        "discours déclaration message introduction conclusion résumé jugement arrêt loi traité "
        "mot mots paroles propos réponse formule expression réplique tribune récit conclusion "
        "conte poème roman"
    ),
    authors=words("auteur auteure autrice écrivain"),
    pronouns=words("il elle ils elles celui-ci celle-ci ce cela"),
    things=words("il elle ce cela son sa"),
    quantifiers=words("certains certaines plusieurs quelques-uns l tous toutes autres"),
    possessives=words("son sa ses leur leurs"),
    own=words("on nous je vous tu notre nos mon ma mes personne"),
    relatives=words("qui que dont lequel laquelle"),
    determiners=words(
        "le la les l un une des ce cet cette ces certains certaines plusieurs quelques tout tous "
        "toute toutes chaque autre autres deux trois"
    ),
    prepositions=words(
        "de du des d à au aux avec contre sur dans en pour par chez selon après avant entre sous "
        "sans vers depuis pendant devant derrière parmi malgré dès jusque comme envers"
    ),
    conjunctions=words("comme"),
    infinitive=words("de à pour"),
    auxiliaries=words(
        "a avait ont avaient aurait aura est était fut sera serait peut pouvait doit devait va "
        "allait vient se s lui leur l y en me nous vous n ne"
    ),
    adverbs=words(
        "aussi plus tard ensuite puis encore toujours déjà seulement même ainsi alors hier "
        "aujourd'hui demain souvent jamais parfois bientôt enfin cependant pourtant néanmoins "
        "donc ici là bien pas simplement clairement lui-même elle-même d'abord t"
    ),
    joins=words("et mais puis ou"),
    breaks=words("mais tandis alors parce quand lorsque si puisque"),
    that=words("que qu"),
    negations=words("jamais pas point guère"),
    did=words("si oui est était a l'a"),
    echoes=words("ainsi tels tel telle telles voilà"),
    sources=(("selon",), ("d", "après"), ("pour",)),
    times=words("jour semaine mois année an soir matin nuit heure moment fois lendemain veille"),
    titles=words(
        "m mm mme mlle dr me maître monsieur madame mademoiselle docteur président présidente "
        "ministre député députée sénateur juge maire"
    ),
    notes=frozenset(
        ["nous soulignons", "souligné dans l’original", "notre traduction", "note omise"]
    ),
    ways=words(
        "dans en à au aux le la les un une de du des d l lettre discours entretien débat écrit "
        "oral premier première second seconde deuxième réponse janvier février mars avril mai "
        "juin juillet août septembre octobre novembre décembre sur lors devant vers cité citée "
        "par rapporté rapportée"
    ),
)

GERMAN = Language(
    saying=words(
        "sagt sagte sagten sagen gesagt schreibt schrieb schrieben schreiben geschrieben "
        "antwortet antwortete antworten geantwortet erklärt erklärte erklären fragt fragte fragen "
        "gefragt behauptet behauptete behaupten meint meinte meinen gemeint betont betonte "
        "betonen fügt fügte hinzugefügt ruft rief rufen gerufen nennt nannte nennen genannt "
        "verspricht versprach versprochen fordert forderte fordern gefordert warnt warnte warnen "
        "gewarnt erwidert erwiderte erwidern entgegnet entgegnete entgegnen berichtet berichtete "
        "berichten spricht sprach sprechen gesprochen bemerkt bemerkte bemerken kündigt kündigte "
        "angekündigt lautet lautete erzählt erzählte erzählen gesteht gestand gestanden gibt gab "
        "zugegeben findet fand bezeichnet bezeichnete bezeichnen zitiert zitierte zitieren druckt "
        "druckte abgedruckt äußert äußerte geäußert"
    ),
    quoting=words("zitiert zitierte zitieren druckt druckte abgedruckt"),
    naming=words("nennt nannte nennen genannt findet fand bezeichnet bezeichnete bezeichnen"),
    be=words("ist war sind waren sei wäre worden wurde wird wurden werden"),
    by=words("von durch"),
    nouns=words(
        "wort worte worten antwort antworten satz aussage erklärung bemerkung formel ausdruck "
        "meinung rede brief forderung behauptung frage"
    ),
    texts=words(
        "text bericht artikel aufsatz buch kapitel abschnitt absatz satz seite überschrift titel "
        "brief rede erklärung aussage studie zeitung protokoll urteil gesetz vertrag dokument "
        "quelle abschrift übersetzung ausgabe antwort notiz beitrag kommentar interview gespräch"
    ),
    authors=words("autor autorin verfasser verfasserin schreiber"),
    pronouns=words("er sie es dieser diese"),
    things=words("er sie es"),
    possessives=words("sein seine seiner seinem seinen ihr ihre ihrer ihrem ihren"),
    own=words("wir ich man du uns mein unser niemand"),
    relatives=words("der die das welcher welche welches wer"),
    determiners=words("der die das den dem des ein eine einer einem einen eines dieser diese"),
    prepositions=words(
        "von vom zu zum zur mit gegen über aus auf in im an am für bei beim nach vor seit durch "
        "unter zwischen neben hinter ohne um wegen trotz während laut gegenüber wie als"
    ),
    conjunctions=words("wie als während seit"),
    auxiliaries=words(
        "hat hatte haben hatten habe hätte ist war sind waren wird wurde werden würde kann konnte "
        "muss soll sollte darf mag worden sich"
    ),
    adverbs=words(
        "auch später dann einmal wieder noch nur sogar schon zuerst jetzt so hier heute gestern "
        "daher jedoch aber immer oft nie niemals manchmal vielleicht bald endlich dazu darauf "
        "daraufhin zudem außerdem selbst dort da nicht etwa zuvor damals hinzu weiter"
    ),
    joins=words("und aber dann sowie oder"),
    breaks=words("aber während obwohl weil wenn als ob sondern"),
    that=words("dass daß"),
    negations=words("nie niemals nicht kein keine"),
    did=words("tat war hat sagte schon"),
    echoes=words("so das dies dieser diese"),
    sources=(("laut",), ("nach", "den", "worten", "von"), ("gemäß",)),
    times=words("tag woche monat jahr zeit morgen abend nacht stunde moment"),
    titles=words(
        "herr frau herrn dr prof professor präsident präsidentin kanzler kanzlerin minister "
        "ministerin richter richterin abgeordnete abgeordneter"
    ),
    notes=frozenset(
        [
            "hervorhebung hinzugefügt",
            "hervorhebung im original",
            "unsere übersetzung",
            "fußnote weggelassen",
        ]
    ),
    ways=words(
        "in im am an der die das dem den ein eine einer einem vom von zu zum zur bei beim nach "
        "vor erste erster zweite zweiter mündlich schriftlich rede brief gespräch interview "
        "debatte antwort auf januar februar märz april mai juni juli august september oktober "
        "november dezember zitiert bei berichtet"
    ),
    capitals=False,
    verb_last=True,
    genitive="s",
)
