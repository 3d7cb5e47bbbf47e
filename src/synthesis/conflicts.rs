//! What was published and cannot hold together.

/// Published values that exclude each other, and what the example edition does about it. Dutch sentences.
#[derive(Clone, Copy, Debug)]
pub struct Conflict {
    /// The values that do not fit.
    pub what: &'static str,
    /// Why they cannot, and which of them comes out.
    pub why: &'static str,
}

/// All that is known not to fit. Nothing of it was chosen in silence.
pub fn conflicts() -> Vec<Conflict> {
    CONFLICTS.to_vec()
}

const CONFLICTS: &[Conflict] = &[
    Conflict {
        what: "Vraaggestuurde werking in 2020-2021: 226.449 leerlingen en 21,55% van alle leerlingen.",
        why: "Samen geven ze een bevolking van ongeveer 1.051.000, terwijl de jaren ervoor en erna boven 1,2 miljoen liggen. Het aantal komt \
              uit; met een aangenomen bevolking van 1.213.000 is het aandeel 18,67%.",
    },
    Conflict {
        what: "Vraaggestuurde werking in 2018-2019: gemiddeld 4,3 en gemiddeld 4,13 interventies.",
        why: "Twee bronnen, twee getallen. Het gemiddelde van de sector (4,3) komt uit, dat van de parlementaire vraag (4,13) niet.",
    },
    Conflict {
        what: "2024-2025: 30.229 leerlingen is 2,44% en 31.825 leerlingen is 2,54% van alle leerlingen.",
        why: "Bij 2,44% horen 1.236.400 tot 1.241.400 leerlingen, bij 2,54% 1.250.500 tot 1.255.400. Met 1.238.900 komt 2,44% uit en wordt \
              het aandeel van problemen thuis en verontrusting 2,57%.",
    },
    Conflict {
        what: "2022-2023: 30.254 leerlingen is 2,46% en 4457 leerlingen is 0,37% van alle leerlingen.",
        why: "Met 1.229.837 leerlingen, waarop 2,46% en 56% uitkomen, is 4457 leerlingen 0,36%. Dat aandeel komt dus niet uit zoals gedrukt.",
    },
    Conflict {
        what: "Tijdelijke en definitieve uitsluitingen in 2017-2018: tweemaal 2.802 leerlingen.",
        why: "Dat beide precies gelijk zijn, is wellicht een vergissing in de bron. De voorbeeldcijfers nemen 2.520 en 2.610; samen met 22.686 \
              problematische afwezigheden past dat bij de gepubliceerde 27.123 leerlingen voor leerplicht.",
    },
    Conflict {
        what: "Angst-, stemmings- en persoonlijkheidsproblemen: 7.398 en 13.834 interventies en «meer dan 87%» meer.",
        why: "Van 7.398 naar 13.834 is 86,997%. Met 7.397 in 2019-2020 is het 87,02%; dat komt uit. Het aantal leerlingen moet dan onder \
              7.397 blijven, veel lager dan bij de andere onderwerpen; mogelijk bedoelde het persbericht leerlingen.",
    },
    Conflict {
        what: "Groei van het aantal leerlingen tussen 2018-2019 en 2024-2025 per segment (gewoon secundair 12,2%, gewoon basis -2,34%, \
               buitengewoon 18%) en in totaal (3%).",
        why: "Met de gepubliceerde aantallen per niveau groeien de segmenten samen meer dan het totaal. De groeicijfers en de totalen komen \
              allemaal uit doordat in 2018-2019 4.064 leerlingen (0,3%) segment «onbekend» krijgen, tegenover 59 in 2024-2025, en doordat dbso sterk \
              krimpt (van 8.900 naar 4.180).",
    },
    Conflict {
        what: "IAC- en OV4-verslagen in 2024-2025: 3% voor niet-ingeschreven kinderen, en buiten de genoemde niveaus blijven 325 verslagen over (2,4%).",
        why: "De voorbeeldcijfers tellen 412 verslagen (3%) voor niet-ingeschreven kinderen; 87 daarvan staan bij IAC en OV4 apart ook bij een niveau.",
    },
    Conflict {
        what: "Bereik in 2017-2018: 684.233 leerlingen is 57,36%, en de bron telt 1.180.220 leerlingen.",
        why: "57,36% hoort bij ongeveer 1.192.875 leerlingen. Dat is populatie_lars; populatie_officieel blijft 1.180.220.",
    },
    Conflict {
        what: "Verontrusting: van 8.313 leerlingen in 2019-2020 naar 10.689 in 2020-2021 en «28%» meer.",
        why: "Het is 28,6%, afgerond 29%. De aantallen komen uit, de gedrukte groei niet.",
    },
    Conflict {
        what: "Een kleine 19.000 leerlingen met gedragsproblemen in 2013-2014, en een groei van 32% en meer in de jaren daarna volgens de pers.",
        why: "Die groei past niet bij 22.663 leerlingen in 2018-2019. Voor 2017-2018 worden geen vragen nagebootst; alleen de 19.000 staat bij de andere reeksen.",
    },
    Conflict {
        what: "Waarden van voor 2017-2018 over vragen en over het hele bereik.",
        why: "De registraties van 2012-2013 tot 2016-2017 zijn alleen aanbodgestuurd. Wat er in die jaren over vragen of het bereik te tellen \
              valt, is dus geen cijfer: die waarden staan bij de andere reeksen en gaan voor op de telling.",
    },
];
