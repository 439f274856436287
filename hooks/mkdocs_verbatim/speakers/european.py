"""Spanish, Italian, Dutch, Portuguese: the words by which a page says who speaks."""

from __future__ import annotations

from .language import Language, words

SPANISH = Language(
    saying=words(
        "dice dijo decía dicen dijeron decir dicho diciendo escribe escribió escriben escrito "
        "escribir responde respondió respondido afirma afirmó afirmado declara declaró declarado "
        "añade añadió explica explicó sostiene sostuvo señala señaló pregunta preguntó contesta "
        "contestó promete prometió anuncia anunció concluye concluyó asegura aseguró insiste "
        "insistió recuerda recordó llama llamó califica calificó describe describió exclama "
        "exclamó cita citó citado reproduce reprodujo imprime imprimió opina opinó"
    ),
    quoting=words("cita citó citado reproduce reprodujo imprime imprimió"),
    be=words("es fue era son fueron sido"),
    by=words("por"),
    nouns=words("palabra palabras respuesta frase declaración comentario opinión expresión"),
    texts=words(
        "texto informe artículo ensayo libro capítulo sección párrafo pasaje frase página título "
        "titular carta nota estudio periódico editorial entrevista documento fuente copia "
        "discurso declaración respuesta palabras ley tratado sentencia"
    ),
    authors=words("autor autora escritor escritora"),
    pronouns=words("él ella ellos ellas este esta esto ello"),
    things=words("este esta esto ello"),
    possessives=words("su sus"),
    own=words("nosotros yo uno nadie nuestro nuestra"),
    relatives=words("que quien quienes cual"),
    determiners=words("el la los las un una unos unas este esta ese esa otro otra algunos muchos"),
    prepositions=words(
        "de del a al con contra sobre en para por según tras ante entre sin hacia desde durante "
        "hasta bajo como"
    ),
    auxiliaries=words("ha había han habían haya es fue era puede podía debe le les lo se me no"),
    adverbs=words(
        "también después luego otra vez aún ya primero ahora así aquí ayer hoy nunca jamás "
        "siempre entonces además sin embargo más tarde"
    ),
    joins=words("y e pero o luego"),
    breaks=words("pero mientras aunque porque cuando si"),
    that=words("que"),
    negations=words("nunca no jamás"),
    did=words("sí fue lo"),
    echoes=words("así esto estas esas"),
    sources=(("según",),),
    times=words("día semana mes año noche mañana tarde hora momento vez"),
    titles=words(
        "señor señora sr sra don doña doctor doctora dr dra presidente presidenta ministro"
    ),
)

ITALIAN = Language(
    saying=words(
        "dice disse diceva dicono dissero dire detto dicendo scrive scrisse scriveva scrivono "
        "scritto scrivere risponde rispose risposto afferma affermò affermato dichiara dichiarò "
        "dichiarato aggiunge aggiunse aggiunto spiega spiegò spiegato sostiene sostenne chiede "
        "chiese chiesto promette promise annuncia annunciò conclude concluse assicura assicurò "
        "insiste insistette ricorda ricordò chiama chiamò definisce definì esclama esclamò cita "
        "citò citato riproduce stampa stampò osserva osservò"
    ),
    quoting=words("cita citò citato riproduce stampa stampò"),
    be=words("è fu era sono furono stato stata"),
    by=words("da dal dalla"),
    nouns=words("parola parole risposta frase dichiarazione commento opinione espressione"),
    texts=words(
        "testo rapporto articolo saggio libro capitolo sezione paragrafo passo frase pagina "
        "titolo lettera nota studio giornale editoriale intervista documento fonte copia discorso "
        "dichiarazione risposta parole legge trattato sentenza"
    ),
    authors=words("autore autrice scrittore scrittrice"),
    pronouns=words("egli ella lui lei loro essi questo questa"),
    things=words("esso essa questo questa"),
    possessives=words("suo sua suoi sue loro"),
    own=words("noi io si nessuno nostro nostra"),
    relatives=words("che cui quale"),
    determiners=words("il lo la i gli le l un uno una questo questa altro altra alcuni molti"),
    prepositions=words(
        "di del della dei delle a al alla con contro su sul sulla in nel nella per da dal dalla "
        "secondo dopo prima tra fra senza verso durante sotto come"
    ),
    auxiliaries=words("ha aveva hanno avevano abbia è fu era può deve gli le lo si mi non"),
    adverbs=words(
        "anche dopo poi ancora già prima ora così qui ieri oggi mai sempre allora inoltre più tardi"
    ),
    joins=words("e ed ma o poi"),
    breaks=words("ma mentre sebbene perché quando se"),
    that=words("che"),
    negations=words("mai non"),
    did=words("sì fu era l'ha"),
    echoes=words("così queste"),
    sources=(("secondo",),),
    times=words("giorno settimana mese anno notte mattina sera ora momento volta"),
    titles=words("signor signora sig dott dottor dottoressa presidente ministro onorevole"),
)

DUTCH = Language(
    saying=words(
        "zegt zei zeiden zeggen gezegd schrijft schreef schreven schrijven geschreven antwoordt "
        "antwoordde geantwoord verklaart verklaarde verklaard vraagt vroeg gevraagd beweert "
        "beweerde meent meende vindt vond noemt noemde genoemd belooft beloofde voegt voegde legt "
        "legde uitgelegd citeert citeerde geciteerd drukt drukte stelt stelde gesteld roept riep"
    ),
    quoting=words("citeert citeerde geciteerd drukt drukte"),
    be=words("is was zijn waren werd wordt worden"),
    by=words("door"),
    nouns=words("woord woorden antwoord zin uitspraak verklaring opmerking"),
    texts=words(
        "tekst bericht artikel essay boek hoofdstuk alinea zin pagina titel kop brief verklaring "
        "studie krant document bron kopie toespraak antwoord woorden wet verdrag vonnis"
    ),
    authors=words("auteur schrijver schrijfster"),
    pronouns=words("hij zij ze het deze"),
    things=words("het deze"),
    possessives=words("zijn haar hun"),
    own=words("wij we ik men je niemand ons onze"),
    relatives=words("die dat wie"),
    determiners=words("de het een deze dit die dat andere sommige"),
    prepositions=words(
        "van aan met tegen over uit op in voor bij na tot sinds door onder tussen naast achter "
        "zonder om volgens tijdens als"
    ),
    auxiliaries=words("heeft had hebben hadden is was zijn waren zal zou kan kon moet zich"),
    adverbs=words("ook later dan nog weer al eerst nu zo hier gisteren vandaag nooit altijd toen"),
    joins=words("en maar toen of"),
    breaks=words("maar terwijl hoewel omdat toen als"),
    that=words("dat"),
    negations=words("nooit niet"),
    did=words("wel deed was"),
    echoes=words("zo dat dit"),
    sources=(("volgens",),),
    times=words("dag week maand jaar tijd morgen avond nacht uur moment"),
    titles=words("meneer mevrouw dhr mevr dr prof president minister rechter"),
    verb_last=True,
    genitive="s",
)

PORTUGUESE = Language(
    saying=words(
        "diz disse dizia dizem disseram dizer dito dizendo escreve escreveu escrevem escrito "
        "responde respondeu afirma afirmou declara declarou acrescenta acrescentou explica "
        "explicou sustenta sustentou pergunta perguntou promete prometeu anuncia anunciou conclui "
        "concluiu assegura assegurou insiste insistiu lembra lembrou chama chamou descreve "
        "descreveu cita citou citado reproduz reproduziu imprime imprimiu"
    ),
    quoting=words("cita citou citado reproduz reproduziu imprime imprimiu"),
    be=words("é foi era são foram sido"),
    by=words("por pelo pela"),
    nouns=words("palavra palavras resposta frase declaração comentário opinião expressão"),
    texts=words(
        "texto relatório artigo ensaio livro capítulo seção parágrafo trecho frase página título "
        "carta nota estudo jornal editorial entrevista documento fonte cópia discurso declaração "
        "resposta palavras lei tratado sentença"
    ),
    authors=words("autor autora escritor escritora"),
    pronouns=words("ele ela eles elas este esta isto"),
    things=words("este esta isto"),
    possessives=words("seu sua seus suas"),
    own=words("nós eu ninguém nosso nossa"),
    relatives=words("que quem qual"),
    determiners=words("o a os as um uma uns umas este esta esse essa outro outra alguns muitos"),
    prepositions=words(
        "de do da dos das a ao à aos com contra sobre em no na nos nas para por segundo após ante "
        "entre sem desde durante até sob como"
    ),
    auxiliaries=words("tem tinha têm há havia é foi era pode deve lhe lhes o se me não"),
    adverbs=words("também depois ainda já primeiro agora assim aqui ontem hoje nunca sempre então"),
    joins=words("e mas ou depois"),
    breaks=words("mas enquanto embora porque quando se"),
    that=words("que"),
    negations=words("nunca não jamais"),
    did=words("sim foi"),
    echoes=words("assim isto estas"),
    sources=(("segundo",),),
    times=words("dia semana mês ano noite manhã tarde hora momento vez"),
    titles=words("senhor senhora sr sra dom dona doutor doutora dr dra presidente ministro"),
)
