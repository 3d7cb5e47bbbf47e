//! What the road has to say: every error and warning is a [`Diagnostic`] value in one [`Sink`]. Nothing here prints.

use crate::source::Span;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
}

impl Severity {
    /// The Dutch word that readers of terminal and JSON see.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "fout",
            Severity::Warning => "waarschuwing",
        }
    }
}

/// One thing that is wrong, phrased for the person who can mend it: what failed (why), then what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    /// One Dutch sentence without a final stop.
    pub message: String,
    /// Absent only where no file is at fault, such as a full disk.
    pub span: Option<Span>,
    /// What to do, in Dutch.
    pub help: String,
    /// The arithmetic behind a finding of the review, in Dutch; empty where nothing was computed.
    pub computed: String,
}

impl Diagnostic {
    pub fn error(code: Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        let help = code.remedy().to_owned();
        Self { code, severity: Severity::Error, message: message.into(), span: span.into(), help, computed: String::new() }
    }

    pub fn warning(code: Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// Replaces the general remedy of the code by one for this very case.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Puts «bedoelde u …?» before the remedy where a known name resembles what was written.
    pub fn suggest<'a>(mut self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        if let Some(name) = closest(written, known) {
            self.help = format!("Bedoelde u «{name}»? {}", self.help);
        }
        self
    }

    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

impl Code {
    /// Whether it is a finding of the review, whose weight an edition may set.
    pub fn is_of_review(self) -> bool {
        Self::LooseNumber <= self && self <= Self::WaiverIdle
    }
}

/// Gathers diagnostics; stages push, shells show.
#[derive(Debug, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
}

impl Sink {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Takes over everything another sink gathered.
    pub fn extend(&mut self, other: Sink) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// Forgets what follows from faults that were reported elsewhere.
    pub fn drop_codes(&mut self, codes: &[Code]) {
        self.diagnostics.retain(|diagnostic| !codes.contains(&diagnostic.code));
    }

    /// Writes the name of the edition where an advice speaks of any, so that a command in it can be copied.
    pub fn name_edition(&mut self, edition: &str) {
        for diagnostic in &mut self.diagnostics {
            diagnostic.help = diagnostic.help.replace("<editie>", edition);
        }
    }

    /// Takes every warning as an error.
    pub fn harden(&mut self) {
        self.diagnostics.iter_mut().for_each(|diagnostic| diagnostic.severity = Severity::Error);
    }

    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Adds what was said on an earlier occasion.
    pub fn push_all(&mut self, diagnostics: &[Diagnostic]) {
        self.diagnostics.extend_from_slice(diagnostics);
    }

    /// Whether an error was reported at exactly this place.
    pub fn has_at(&self, span: Span) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error && diagnostic.span == Some(span))
    }

    /// Everything once, in the order of the files and the places in them.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by(|a, b| (a.span, a.severity, a.code, &a.message).cmp(&(b.span, b.severity, b.code, &b.message)));
        self.diagnostics.dedup();
        self.diagnostics
    }
}

/// The known name nearest to what was written, when it is near enough to be a slip of the pen.
pub fn closest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&written, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= 1 + name.chars().count() / 4)
        .min()
        .map(|(_, name)| name)
}

/// Declares every code once: the name users see, what is wrong, what to do. `docs/meldingen.md` is made from this table.
macro_rules! codes {
    ($($(#[doc = $heading:literal])? $variant:ident $name:literal $wrong:literal $remedy:literal;)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $heading])? $variant),* }

        impl Code {
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $name),* }
            }

            /// What is wrong in general, in Dutch.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => $wrong),* }
            }

            /// What to do in general, in Dutch.
            pub fn remedy(self) -> &'static str {
                match self { $(Code::$variant => $remedy),* }
            }
        }
    };
}

codes! {
    FileMissing "bestand.ontbreekt" "Een bestand dat nodig is, is er niet." "Zet het bestand op de genoemde plaats of verbeter de naam.";
    FileUnreadable "bestand.onleesbaar" "Een bestand kan niet gelezen worden." "Controleer of u het bestand mag lezen en of het niet in een ander programma openstaat.";
    FileOutside "bestand.buiten-project" "Een pad of symbolische koppeling leidt buiten het project." "Zet het bestand zelf in de map van de editie en verwijs ernaar met zijn naam.";
    FileNotUtf8 "bestand.geen-utf8" "Een bestand is niet in UTF-8 bewaard." "Bewaar het bestand opnieuw met tekenset UTF-8.";
    FileNotWritten "bestand.niet-geschreven" "Een resultaat kan niet geschreven worden; wat er stond, is behouden." "Maak schijfruimte vrij of controleer of u in de map mag schrijven, en probeer opnieuw.";
    FileBusy "bestand.bezet" "Twee opdrachten schreven op hetzelfde ogenblik dezelfde editie." "Kijk of het resultaat is wat u verwachtte, en maak het anders opnieuw.";
    EditionUnknown "editie.onbekend" "De gevraagde editie bestaat niet." "Kies een map die in content/ staat.";
    BeginName "editie.begin" "Een nieuwe editie kan hier niet beginnen." "«jaarverslag new --help» toont wat mogelijk is.";
    EditionTwice "editie.dubbel" "Twee edities zeggen het verslag over hetzelfde schooljaar te zijn." "Verbeter het schooljaar van een van beide in verslag.yaml, of haal de map van de andere uit content/.";

    YamlSyntax "yaml.syntaxis" "De tekst is geen geldige YAML." "Kijk op deze regel en de regel erboven naar inspringing, dubbele punten en aanhalingstekens.";
    YamlUnquoted "yaml.accolades" "Een waarde begint met {{ zonder aanhalingstekens." "Zet de hele waarde tussen dubbele aanhalingstekens: \"{{ … }}\".";
    YamlBudget "yaml.te-groot" "Het bestand gebruikt ankers, aliassen of is te diep genest of te groot." "Schrijf de inhoud uit zonder & en *, en splits een te groot bestand.";
    YamlDuplicateKey "yaml.dubbele-sleutel" "Een sleutel staat twee keer in dezelfde groep." "Laat er één staan.";
    YamlCutOff "yaml.afgebroken-tekst" "Een « #» heeft de rest van een regel tot commentaar gemaakt." "Zet de waarde tussen aanhalingstekens, of zet het commentaar op een eigen regel.";
    YamlUnknownKey "yaml.onbekende-sleutel" "Een sleutel heeft hier geen betekenis." "Verbeter of verwijder de sleutel.";
    YamlMissingKey "yaml.ontbrekende-sleutel" "Een verplichte sleutel ontbreekt." "Vul de sleutel aan.";
    YamlWrongType "yaml.verkeerde-soort" "Een waarde is van een andere soort dan hier verwacht." "Pas de waarde aan.";

    TextControl "tekst.verboden-teken" "De tekst bevat een stuurteken of een teken voor eigen gebruik." "Verwijder het teken en typ de tekst daar opnieuw.";
    TextTooLong "tekst.te-lang" "Een veld of woord is langer dan toegestaan (100.000 en 1.000 tekens)." "Splits het veld of kort het woord in.";
    TextTooDeep "tekst.te-diep" "Lijsten of nadruk zijn dieper dan 8 niveaus genest." "Maak de tekst vlakker.";
    TextLink "tekst.koppeling" "Een koppeling wijst naar iets anders dan https, mailto, tel of een taal." "Gebruik een volledig adres dat met https://, mailto: of tel: begint, of de code van een taal na taal:.";
    TextStatement "tekst.opdracht" "De tekst bevat {% … %}." "Alleen {{ naam }} is toegestaan; laat de opdracht weg.";
    TextPlaceholder "tekst.open-accolades" "Een {{ wordt niet gesloten." "Sluit de verwijzing met }}.";
    TextFootnote "tekst.voetnoot" "Een voetnoot en haar verwijzing horen niet bij elkaar." "Schrijf [^naam] in de tekst en [^naam]: … in hetzelfde veld.";
    TextLiteral "tekst.letterlijk" "Opmaak die het verslag niet kent, wordt niet wat ze lijkt." "Gebruik wat het verslag daarvoor heeft, of schrijf het anders.";
    TextGlyph "tekst.teken-zonder-letterbeeld" "Geen van de lettertypes heeft dit teken." "Vervang het teken door een ander of een omschrijving.";
    TextUnknownSource "tekst.onbekende-bron" "Een bronverwijzing noemt een sleutel die niet in bronnen.yaml staat." "Verbeter de sleutel of voeg de bron toe aan bronnen.yaml.";

    ContentBlockKind "inhoud.soort-blok" "Een blok heeft geen soort of meer dan één." "Geef het blok precies één soort: tekst, grafiek, kerncijfers, ranglijst, citaat, tabel, kader of beeld.";
    ContentValue "inhoud.waarde" "Een waarde is op deze plaats niet mogelijk." "Kies een van de mogelijke waarden.";
    ContentDuplicateId "inhoud.dubbele-id" "Twee onderdelen hebben dezelfde id." "Geef elk onderdeel een eigen id.";
    ContentPhase "inhoud.fase" "Een hoofdstuk is nog niet goedgekeurd; het definitieve verslag vraagt dat van elk hoofdstuk." "Schrijf «fase: goedgekeurd» zodra het hoofdstuk af is; een concept kan al eerder.";
    ContentRewrite "inhoud.herschrijven" "Een passage is nog van het vorige verslag; het definitieve verslag vraagt dat ze herschreven wordt." "Herschrijf de passage voor dit schooljaar en verwijder de regel «herschrijven».";
    ContentUnlisted "inhoud.niet-opgenomen" "Een YAML-bestand van de editie staat niet bij de hoofdstukken." "Voeg het toe aan hoofdstukken in verslag.yaml of verwijder het bestand.";

    DataExcel "gegevens.excel" "Het bestand is niet de strikte CSV, maar wat Excel ervan maakte." "Bewaar de tabel met LibreOffice Calc als CSV (tekenset UTF-8, veldscheiding komma), met een punt als decimaalteken en zonder lege rijen. De handleiding zegt hoe het met Excel kan.";
    DataColumns "gegevens.kolommen" "Een kolom ontbreekt, is onbekend of staat er twee keer." "Neem de kopregel over uit de handleiding.";
    DataRowLength "gegevens.rij" "Een rij heeft te veel of te weinig velden." "Zet een waarde met een komma tussen aanhalingstekens en vul lege velden aan met komma’s.";
    DataEmptyDimension "gegevens.lege-dimensie" "Een dimensie is leeg." "Schrijf «alle» wanneer niet is uitgesplitst.";
    DataNumber "gegevens.geen-getal" "Een waarde is geen getal." "Schrijf alleen cijfers, met een punt voor decimalen en zonder punt of spatie tussen duizendtallen.";
    DataFraction "gegevens.gebroken-aantal" "Een aantal is geen geheel getal." "Tel hele leerlingen of stukken, of geef de indicator «decimalen».";
    DataNegative "gegevens.negatief" "Een aantal is negatief." "Verbeter de waarde.";
    DataMissingValue "gegevens.lege-waarde" "Een waarde ontbreekt zonder reden, of staat er hoewel ze ontbreekt of geheim is." "Laat de waarde alleen leeg met status «ontbreekt» of met «geheim».";
    DataBounds "gegevens.grenzen" "Onder- en bovengrens passen niet bij de waarde." "Zorg dat ondergrens ≤ waarde ≤ bovengrens.";
    DataIndicator "gegevens.onbekende-indicator" "Een indicator is niet beschreven in indicatoren.yaml." "Verbeter de naam of beschrijf de indicator.";
    DataMeasure "gegevens.onbekende-maat" "Een maat past niet bij de indicator of het bestand." "Gebruik een maat uit de handleiding.";
    DataStatus "gegevens.onbekende-status" "Een statuswoord bestaat niet." "Gebruik voorlopig, herzien, geschat, afgerond, afgeleid, onbetrouwbaar, breuk, ontbreekt of fictief.";
    DataSource "gegevens.onbekende-bron" "Een bron ontbreekt of staat niet in bronnen.yaml." "Geef elke waarde de sleutel van een bron uit bronnen.yaml.";
    DataPeriod "gegevens.periode" "Een periode is geen schooljaar, jaar of reeks maanden, of past niet bij de indicator." "Schrijf 2024-2025, 2024 of 2020-09/2021-01.";
    DataSegment "gegevens.onbekend-segment" "Een net of segment bestaat niet." "Gebruik een segment of net uit de handleiding, of «alle».";
    DataDuplicate "gegevens.dubbele-rij" "Twee rijen geven dezelfde waarde voor hetzelfde." "Verwijder een van beide rijen.";
    DataContradiction "gegevens.tegenspraak" "Twee rijen geven een verschillende waarde voor hetzelfde." "Zoek uit welke waarde juist is en verwijder de andere.";
    DataFictitious "gegevens.fictief" "Een fictieve waarde staat in een echte editie." "Fictieve waarden horen alleen in een voorbeeldeditie (map «voorbeeld-…»).";
    DataSources "gegevens.bronnenlijst" "bronnen.yaml is geen geldige bronnenlijst." "Volg de vorm van de andere bronnen in het bestand.";
    DataSeal "gegevens.zegel" "Een tabel is veranderd sinds ze verzegeld is, of is nooit verzegeld." "De gegevensbeheerder kijkt de tabel na en verzegelt ze opnieuw met «jaarverslag data seal <editie>».";
    DataPackage "gegevens.pakket" "datapackage.json is geen geldig gegevenspakket." "Maak het opnieuw met «jaarverslag data seal <editie>».";

    Import "gegevens.invoer" "Een tabel van het kantoor kan niet overgenomen worden." "Verbeter de genoemde cel in Excel en probeer opnieuw.";

    Nomenclature "nomenclatuur.waarde" "Een domein, code of schooljaar in nomenclatuur.yaml kan niet." "Volg de vorm van de andere onderwerpen in het bestand.";
    DataTopic "nomenclatuur.onderwerp" "Een onderwerp, functie of opvolger bestaat niet, of een indicator gaat zonder trendbreuk over naar een opvolger." "Gebruik een code uit nomenclatuur.yaml.";

    CountUsage "telling.keuze" "Een keuze bij de opdracht betekent niets." "«jaarverslag count --help» toont de keuzes.";
    CountFile "telling.bestand" "Een bestand met registraties is niet te gebruiken." "Lever het bestand opnieuw aan; de handleiding zegt welke kolommen het heeft.";
    CountRefused "telling.geweigerd" "Te veel registraties passen niet in de telling." "Verbeter de registraties, of aanvaard de reden met --accept.";
    CountInProject "telling.in-project" "Een interne telling, met centra en kleine aantallen, zou in een project komen." "Schrijf ze buiten het project, waar alleen de gegevensbeheerder bij kan.";

    Synthesis "synthese.fout" "De verzonnen registraties kunnen niet gemaakt worden." "Kies een nieuwe of een lege map, op een schijf met genoeg plaats.";

    ExpressionSyntax "cijfer.syntaxis" "Een verwijzing tussen {{ }} is niet te lezen." "Schrijf bijvoorbeeld {{ indicator.leerlingen }} of {{ indicator[\"2022-2023\"].aandeel }}.";
    ExpressionUnknown "cijfer.onbekend" "Een cijfer of eigenschap bestaat niet." "«jaarverslag figures <editie>» toont alle namen.";
    ExpressionMissing "cijfer.niet-waargenomen" "Voor deze periode of uitsplitsing is niets waargenomen." "Kies een andere periode, of voeg de waarneming toe aan waarnemingen.csv.";
    ExpressionFilter "cijfer.filter" "Een filter bestaat niet of past niet bij dit cijfer." "Mogelijk zijn decimalen(n), woord, op_honderd, met_teken, zonder_teken, breuk(\"een vijfde\"), en voor een benadering bijna, een_kleine, ruim, een_goede, meer_dan, minder_dan en ongeveer.";
    ExpressionKind "cijfer.soort" "De verwijzing geeft geen cijfer of geen reeks." "Verwijs naar één cijfer in een tekst, en naar een reeks zonder periode in een grafiek.";
    ChartEmpty "grafiek.geen-reeks" "Een grafiek of tabel heeft te weinig bekende waarden en valt weg uit het definitieve verslag, of van een deel van een grafiek is geen waarde bekend." "Voeg waarnemingen toe, of laat de grafiek weg.";

    ChartCrowded "grafiek.geen-plaats" "In een grafiek is geen plaats voor alle woorden of cijfers; wat wegvalt, staat wel in de tabel." "Kort de woorden in (namen, redenen van uitschieters) of toon minder jaren of delen.";

    LockMissing "slot.ontbreekt" "De editie heeft geen slot om mee te vergelijken." "Maak eerst een definitief verslag met «jaarverslag build <editie>»; dat schrijft het slot.";
    LockBroken "slot.beschadigd" "Een slot is half geschreven, met de hand gewijzigd of van een andere vorm." "Zet het slot terug zoals het was, uit het versiebeheer of een reservekopie. Is dat er niet, verwijder het dan: een nieuw definitief verslag maakt een nieuw slot.";
    LockInput "slot.invoer" "Een bestand is veranderd sinds het definitieve verslag gemaakt werd." "Zet het bestand terug zoals het was. Is de wijziging gewild, maak dan een nieuw definitief verslag zonder --locked.";
    LockFigure "slot.cijfer" "Een gedrukt cijfer is een ander dan in het definitieve verslag." "Zet het cijfer terug zoals het was. Is de wijziging gewild, maak dan een nieuw definitief verslag zonder --locked.";
    LockText "slot.tekst" "Een gedrukte tekst is een andere dan in het definitieve verslag." "Zet de tekst terug zoals hij was. Is de wijziging gewild, maak dan een nieuw definitief verslag zonder --locked.";
    LockOutput "slot.uitvoer" "Hetzelfde programma maakte van dezelfde bestanden een ander resultaat." "Meld de fout aan de makers, met beide bestanden erbij.";
    RevisionUnexplained "herziening.reden" "Een cijfer is anders dan in een vroegere editie, en niemand zegt waarom." "Zet de reden bij herzieningen in verslag.yaml, of neem het cijfer van toen weer over.";
    RevisionIdle "herziening.overbodig" "Een reden spreekt van een cijfer dat geen vroegere editie anders drukt." "Kijk de naam, de periode en de maat na, of laat de herziening weg.";
    Erratum "erratum.ontbreekt" "Een verslag dat al verschenen is, verandert zonder dat het dat zegt." "Zet in verslag.yaml bij errata wat er verbeterd is, met de sha256 van de pdf die verschenen was.";
    StyleDiffers "huisstijl.verschil" "Een huisstijl drukt niet hetzelfde als die van de editie." "Herstel de huisstijl in templates/, of meld de fout aan de makers: een stijl verandert geen cijfer en geen woord.";

    LooseNumber "getal.los" "Een getal in de tekst hangt aan geen enkel cijfer." "Verwijs naar het cijfer met {{ … }}, verklaar het extern met zijn bron («extern» bij beweringen), of zeg bij verantwoord waarom er geen cijfer achter staat.";
    FalseApproximation "getal.benadering" "Een woord als bijna, ruim of een vijfde past niet bij het cijfer erachter." "Kies een ander woord of een ander rond getal; de handleiding zegt wat elk woord betekent.";
    ClaimSyntax "bewering.syntaxis" "Een bewering is niet te lezen." "Schrijf een van de vormen uit de handleiding, bijvoorbeeld «gc_verslagen daalt van 2023-2024 naar 2024-2025».";
    ClaimFalse "bewering.onwaar" "Een bewering klopt niet met de cijfers." "Verbeter de tekst en de bewering, of kijk de cijfers na.";
    ClaimUncertain "bewering.onzeker" "De cijfers volstaan niet om een bewering na te gaan." "Verzwak de uitspraak, of verklaar ze extern met de bron die ze doet.";
    ClaimMissing "bewering.ontbreekt" "De tekst zegt iets over de cijfers zonder bewering ernaast." "Zet bij beweringen wat de woorden zeggen, verklaar ze extern met hun bron, of kwalitatief als er geen cijfer achter staat.";
    ClaimContradicts "bewering.tegenspraak" "De woorden zeggen het omgekeerde van het cijfer of de bewering ernaast." "Verbeter de woorden, of de bewering.";
    ClaimWords "bewering.woorden" "Een bewering haalt woorden aan die niet in de tekst staan." "Neem de woorden over zoals ze in de tekst staan, of verwijder de bewering.";
    SumShare "rekening.aandeel" "Een gepubliceerd percentage volgt niet uit het aantal en de noemer." "Verbeter de waarde die fout is, of geef de reden bij de indicator in indicatoren.yaml (verantwoord).";
    SumDenominator "rekening.noemers" "Percentages die een deel van dezelfde groep heten te zijn, rekenen met verschillende groepen." "Zoek uit welke waarde fout is of welke groep bedoeld is, of geef de reden bij de indicator in indicatoren.yaml (verantwoord).";
    SumParts "rekening.delen" "Delen zijn samen meer dan hun geheel, of een som is niet wat haar delen samen zijn." "Verbeter de waarde die fout is, of geef de reden bij de indicator in indicatoren.yaml (verantwoord).";
    SumRest "rekening.rest" "Delen die samen alles horen te zijn, laten iets over, of iets anders dan de bron zegt." "Vul het deel aan dat ontbreekt, of geef de reden bij de indicator in indicatoren.yaml (verantwoord).";
    SumUnique "rekening.uniek" "Aantallen unieke leerlingen passen niet bij elkaar: een deel is meer dan het geheel, of het geheel meer dan alle delen samen." "Verbeter de waarde die fout is, of geef de reden bij de indicator in indicatoren.yaml (verantwoord).";
    SumHundred "rekening.honderd" "Percentages van één geheel zijn samen geen 100%." "Verbeter de waarde die fout is, of geef de reden bij de indicator in indicatoren.yaml (verantwoord).";
    SumMean "rekening.gemiddelde" "Een gepubliceerd gemiddelde volgt niet uit de leerlingen en de interventies." "Verbeter de waarde die fout is, of geef de reden bij de indicator in indicatoren.yaml (verantwoord).";
    SumGrowth "rekening.groei" "Een gepubliceerde groei volgt niet uit haar begin en haar einde." "Verbeter de waarde die fout is, of geef de reden bij de indicator in indicatoren.yaml (verantwoord).";
    SumEqual "rekening.gelijk" "Hetzelfde getal staat bij twee verschillende dingen." "Kijk na of het niet twee keer overgenomen is, of geef de reden bij de indicator in indicatoren.yaml (verantwoord).";
    SumJump "rekening.sprong" "Een waarde springt uit de reeks." "Kijk de waarde na. Klopt ze, geef dan de reden bij de indicator in indicatoren.yaml (verantwoord, of trendbreuken als er iets anders geteld wordt).";
    SumCircle "rekening.kring" "Een waarde wordt gecontroleerd met een cijfer waaruit ze zelf is afgeleid." "Zoek een andere bron, of geef de reden bij de indicator in indicatoren.yaml (verantwoord).";
    SumSources "rekening.bronnen" "Twee bronnen geven voor hetzelfde een waarde die niet allebei waar kan zijn." "Kies welke bron voorgaat en geef de reden bij de indicator in indicatoren.yaml (verantwoord).";
    SumInterventions "rekening.interventies" "Er zijn minder interventies dan leerlingen, en wie geteld wordt had er minstens één." "Verbeter de waarde die fout is, of geef de reden bij de indicator in indicatoren.yaml (verantwoord).";
    SumPrinted "rekening.gedrukt" "De woorden van een gepubliceerde waarde noemen een ander getal dan ernaast staat." "Neem in «waarde» of de grenzen het getal van «gedrukt» over, of geef de reden bij de indicator in indicatoren.yaml (verantwoord).";
    SumRank "rekening.rangorde" "Plaatsen in een lijst spreken elkaar of de aantallen tegen." "Verbeter de plaats of het aantal dat fout is, of geef de reden bij de indicator in indicatoren.yaml (verantwoord).";
    SumPeriods "rekening.periodes" "Kalenderjaren en schooljaren staan door elkaar." "Vergelijk alleen periodes van dezelfde soort.";
    SeriesGone "reeks.verdwenen" "Een reeks van de vorige editie staat niet meer in deze." "Neem de reeks weer op, of geef in verslag.yaml bij nazicht, reeksen de reden; die komt in de bijlage.";
    SeriesRedefined "reeks.definitie" "Een reeks van de vorige editie telt nu iets anders." "Herstel de definitie, of geef in verslag.yaml bij nazicht, reeksen de reden; die komt in de bijlage.";
    SeriesIdle "reeks.overbodig" "Een reden spreekt van een reeks die niet verdwenen of veranderd is." "Verbeter de naam van de reeks, of verwijder de reden.";
    BreakUntold "breuk.verzwegen" "Een uitspraak gaat over een trendbreuk of een onzeker cijfer heen zonder het te zeggen." "Zeg het in de tekst («over de breuk van … heen»), of vergelijk alleen jaren aan één kant ervan.";
    StyleVariants "tekst.schrijfwijze" "Hetzelfde staat op verschillende manieren geschreven." "Kies één schrijfwijze voor het hele verslag.";
    ChartUnmentioned "grafiek.onvermeld" "Niets in de tekst eromheen spreekt van wat een grafiek toont." "Zeg in de tekst van het onderdeel wat de grafiek laat zien, of laat ze weg.";
    SourceUnused "bron.ongebruikt" "Een bron in bronnen.yaml wordt nergens gebruikt." "Verwijder de bron, of verwijs ernaar waar ze gebruikt is.";
    QuoteNameless "citaat.naamloos" "Een citaat zegt niet van wie het is of uit welke bron." "Vul van en bron in.";
    WaiverIdle "verantwoording.overbodig" "Een verantwoording dekt niets meer." "Verwijder de verantwoording, of neem de woorden over zoals ze nu in de tekst staan.";

    PreviewPort "voorbeeld.poort" "Het voorbeeld kan op deze poort niet antwoorden." "Kies een andere poort met --port, of laat --port weg: dan wordt een vrije gezocht.";
    PreviewWatch "voorbeeld.volgen" "Wijzigingen in een map kunnen niet gevolgd worden." "Controleer of u de mappen content/, data/ en templates/ mag lezen; sluit zo nodig andere programma’s die veel bestanden volgen.";

    TemplateFault "sjabloon.fout" "Het sjabloon kan het verslag niet zetten. Dit is een fout van het programma of van een eigen sjabloon, niet van uw tekst." "Herstel het sjabloon in templates/, of meld de fout aan de makers met deze melding erbij.";
}
