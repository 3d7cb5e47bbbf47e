//! What a text says in numbers, beside that text: the shapes of `beweringen`, `verantwoord` and what an edition asks of its
//! review, and what they mean. The review itself reads the claims.

use schemars::JsonSchema;
use serde::Deserialize;

use super::load::Lowering;
use super::model::{Accounts, ClaimText, Discontinued, ReviewRules, Waiver};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, Spanned};
use crate::yaml::{Keyed, Text};

/// Eén bewering over de cijfers, in een kleine vaste taal; de handleiding toont elke vorm.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("examples" = [
    "gc_verslagen daalt van 2023-2024 naar 2024-2025",
    "bednet.leerlingen stijgt elk jaar sinds 2014",
    "verontrusting.leerlingen stijgt met meer dan 25% van 2019-2020 naar 2020-2021",
    "preventieve_gezondheidszorg.leerlingen blijft stabiel binnen 5% van 2012-2013 tot 2018-2019",
    "preventieve_gezondheidszorg.leerlingen schommelt meer dan 10% van 2018-2019 tot 2022-2023",
    "angstproblemen.leerlingen piekt in 2020-2021 van 2018-2019 tot 2024-2025",
    "angstproblemen.leerlingen is in 2024-2025 terug op het peil van 2018-2019 binnen 5%",
    "m_documenten is in 2024 het hoogst sinds 2018",
    "iac_verslagen > ov4_verslagen in 2024-2025",
    "sidin_bezoekers is de tweede grootste van clbchat_gesprekken, sidin_bezoekers, onderwijskiezer_surfsessies in 2024-2025",
    "pesten.leerlingen is ongeveer gelijk aan gedragsproblemen.leerlingen binnen 5% in 2024-2025",
    "gc_verslagen is meer dan 10 keer ov4_verslagen in 2024-2025",
    "problematische_afwezigheden.aandeel is ongeveer 2,5% in 2024-2025",
    "bereik_totaal.aandeel daalt sterker dan bereik_totaal.leerlingen van 2013-2014 naar 2022-2023",
    "extern \"neemt toe\" [@agodi_2025]",
    "kwalitatief \"loopt het vast\""
]))]
pub struct ClaimShape(Text);

/// Woorden of getallen die niemand hoeft na te rekenen, met de reden.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaiverShape {
    /// De woorden, precies zoals ze in de tekst staan.
    tekst: Text,
    /// Waarom er geen cijfer achter hoeft te staan; komt in de bijlage.
    reden: Text,
}

/// Hoe zwaar een bevinding weegt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Weight {
    /// Houdt het definitieve verslag tegen.
    #[serde(rename = "fout")]
    Error,
    /// Houdt het alleen met --strict tegen.
    #[serde(rename = "waarschuwing")]
    Warning,
}

/// Wat een woord in dit verslag betekent, in procent.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct ThresholdsShape {
    /// «licht» is een verandering van hoogstens zoveel; zonder keuze 5.
    #[schemars(with = "Option<u8>", range(min = 1, max = 99))]
    licht: Option<Text>,
    /// «aanzienlijk», «sterk» en «fors» zijn minstens zoveel; zonder keuze 10.
    #[schemars(with = "Option<u8>", range(min = 1, max = 99))]
    aanzienlijk: Option<Text>,
    /// «stabiel» blijft binnen zoveel van het midden; zonder keuze 5.
    #[schemars(with = "Option<u8>", range(min = 1, max = 99))]
    stabiel: Option<Text>,
    /// «ongeveer» is een verschil van hoogstens zoveel; zonder keuze 5.
    #[schemars(with = "Option<u8>", range(min = 1, max = 99))]
    ongeveer: Option<Text>,
}

/// What words mean in a report, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// A slight change is at most this.
    pub slight: u8,
    /// A considerable one is at least this.
    pub considerable: u8,
    /// What is stable stays within this of its middle.
    pub stable: u8,
    /// What is about equal differs by at most this.
    pub about: u8,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { slight: 5, considerable: 10, stable: 5, about: 5 }
    }
}

/// Wat een editie van haar nazicht vraagt.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ReviewShape {
    /// Code van een bevinding → fout of waarschuwing.
    ernst: Option<Keyed<Spanned<Weight>>>,
    drempels: ThresholdsShape,
    /// De editie waarvan dit verslag de reeksen voortzet.
    vorige_editie: Option<Spanned<String>>,
    /// Reeksen van de vorige editie die hier niet meer staan of anders tellen, met de reden.
    reeksen: Vec<DiscontinuedShape>,
}

/// Waarom reeksen van de vorige editie hier niet of anders staan.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DiscontinuedShape {
    /// Namen van indicatoren, of van één maat: bednet of bednet.groei.
    reeksen: Vec<Spanned<String>>,
    /// Komt in de bijlage.
    reden: Text,
}

/// More words make no sentence of the language of claims.
const MOST_WORDS: usize = 200;

impl Lowering<'_> {
    pub(super) fn accounts(&mut self, claims: &[ClaimShape], waivers: &[WaiverShape]) -> Accounts {
        let claims = claims.iter().filter_map(|ClaimShape(text)| self.claim(text)).collect();
        let waivers = waivers.iter().filter_map(|shape| self.waiver(shape)).collect();
        Accounts { claims, waivers }
    }

    fn claim(&mut self, text: &Text) -> Option<ClaimText> {
        if text.is_hole() {
            return None;
        }
        if let Some(at) = text.value.find("{{") {
            let span = text.place(&self.file, at..at + 2);
            let diagnostic = Diagnostic::error(Code::ClaimSyntax, span, "een bewering noemt een cijfer zonder accolades");
            self.sink.push(diagnostic.help("Laat {{ en }} weg: bednet.leerlingen, niet {{ bednet.leerlingen }}."));
            return None;
        }
        let words = words(&text.value).map(|words| {
            let word = |range: std::ops::Range<usize>| Spanned::new(text.value[range.clone()].to_owned(), text.place(&self.file, range));
            words.into_iter().map(word).collect::<Vec<_>>()
        });
        let Some(words) = words.filter(|words| !words.is_empty() && words.len() <= MOST_WORDS) else {
            self.sink.push(Diagnostic::error(Code::ClaimSyntax, text.span, "deze bewering is niet te lezen"));
            return None;
        };
        Some(ClaimText { words, span: text.span })
    }

    fn waiver(&mut self, shape: &WaiverShape) -> Option<Waiver> {
        if shape.tekst.is_hole() || shape.reden.is_hole() {
            return None;
        }
        for (text, what) in [(&shape.tekst, "tekst"), (&shape.reden, "reden")] {
            if text.value.trim().is_empty() {
                let message = format!("een verantwoording zonder {what} zegt niets");
                self.sink.push(Diagnostic::error(Code::ContentValue, text.span, message).help(format!("Vul «{what}» in.")));
            }
        }
        let text = Spanned::new(shape.tekst.value.trim().to_owned(), shape.tekst.span);
        Some(Waiver { text, reason: self.line(&shape.reden) })
    }

    pub(super) fn review_rules(&mut self, shape: ReviewShape) -> ReviewRules {
        if let (None, Some(first)) = (&shape.vorige_editie, shape.reeksen.first().and_then(|one| one.reeksen.first())) {
            let message = "«reeksen» zegt waarom reeksen van de vorige editie veranderden, en er is geen vorige editie genoemd";
            let diagnostic = Diagnostic::error(Code::ContentValue, first.span, message);
            self.sink.push(diagnostic.help("Noem ze: «vorige_editie: 2022-2023», of laat «reeksen» weg."));
        }
        let thresholds = self.thresholds(&shape.drempels);
        let severities = shape.ernst.map(|Keyed(entries)| entries).unwrap_or_default();
        for (code, _) in &severities {
            self.check_code(code);
        }
        let severities = severities.into_iter().map(|(code, weight)| (code, weight.value)).collect();
        let discontinued = shape.reeksen.iter();
        let discontinued = discontinued.map(|one| Discontinued { series: one.reeksen.clone(), reason: self.line(&one.reden) }).collect();
        ReviewRules { severities, thresholds, predecessor: shape.vorige_editie, discontinued }
    }

    fn check_code(&mut self, code: &Spanned<String>) {
        let known = || Code::ALL.iter().filter(|code| code.is_of_review()).map(|code| code.as_str());
        if known().any(|name| name == code.value) {
            return;
        }
        let exists = Code::ALL.iter().any(|known| known.as_str() == code.value);
        let message = match exists {
            true => format!("de ernst van «{}» staat vast: dit is geen bevinding van het nazicht", code.value),
            false => format!("«{}» is geen code van een bevinding", code.value),
        };
        let diagnostic = Diagnostic::error(Code::ContentValue, code.span, message);
        let help = "Te kiezen zijn de codes van getal.los tot en met verantwoording.overbodig in docs/meldingen.md.";
        let diagnostic = diagnostic.help(help);
        self.sink.push(if exists { diagnostic } else { diagnostic.suggest(code, known()) });
    }

    fn thresholds(&mut self, shape: &ThresholdsShape) -> Thresholds {
        let usual = Thresholds::default();
        let mut one = |text: &Option<Text>, usual: u8| text.as_ref().map_or(usual, |text| self.threshold(text).unwrap_or(usual));
        let thresholds = Thresholds {
            slight: one(&shape.licht, usual.slight),
            considerable: one(&shape.aanzienlijk, usual.considerable),
            stable: one(&shape.stabiel, usual.stable),
            about: one(&shape.ongeveer, usual.about),
        };
        if let Some(place) = shape.licht.as_ref().or(shape.aanzienlijk.as_ref()).filter(|_| thresholds.slight >= thresholds.considerable) {
            let message = format!("«licht» ({}%) moet kleiner zijn dan «aanzienlijk» ({}%)", thresholds.slight, thresholds.considerable);
            let diagnostic = Diagnostic::error(Code::ContentValue, place.span, message);
            self.sink.push(diagnostic.help("Anders is dezelfde verandering zowel licht als aanzienlijk."));
        }
        thresholds
    }

    /// A whole percentage from 1 to 99.
    fn threshold(&mut self, text: &Text) -> Option<u8> {
        let percent = text.value.trim().parse::<u8>().ok().filter(|percent| (1..100).contains(percent));
        if percent.is_none() && !text.is_hole() {
            let message = format!("«{}» is geen drempel", text.value);
            let diagnostic = Diagnostic::error(Code::ContentValue, text.span, message);
            self.sink.push(diagnostic.help("Schrijf een geheel getal van 1 tot en met 99, zonder procentteken."));
        }
        percent
    }
}

/// The words of a claim: split at white space, but not within brackets or quotation marks. A comma behind a word is a word of
/// its own. `None` where a bracket or a quotation is not closed.
fn words(text: &str) -> Option<Vec<std::ops::Range<usize>>> {
    let (mut words, mut start, mut depth, mut quote) = (Vec::new(), None, 0_u32, None);
    for (at, character) in text.char_indices() {
        let outside = depth == 0 && quote.is_none();
        if outside && (character.is_whitespace() || character == ',') && !is_decimal(text, at) {
            words.extend(start.take().map(|start| start..at));
            words.extend((character == ',').then_some(at..at + 1));
            continue;
        }
        start = start.or(Some(at));
        match (quote, character) {
            (Some(open), _) if closes(open, character) => quote = None,
            (None, '"' | '\'' | '“' | '«') => quote = Some(character),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    words.extend(start.map(|start| start..text.len()));
    (depth == 0 && quote.is_none()).then_some(words)
}

/// A claim that the program makes itself, about something at this place.
pub fn claim_of(text: &str, span: Span) -> Option<ClaimText> {
    let words = words(text)?.into_iter().map(|range| Spanned::new(text[range].to_owned(), span)).collect();
    Some(ClaimText { words, span })
}

fn closes(open: char, character: char) -> bool {
    matches!((open, character), ('"', '"') | ('\'', '\'') | ('“', '”') | ('«', '»'))
}

/// Whether the comma at this place stands within a number: 2,5%.
fn is_decimal(text: &str, at: usize) -> bool {
    let digit = |character: Option<char>| character.is_some_and(|character| character.is_ascii_digit());
    text[at..].starts_with(',') && digit(text[..at].chars().next_back()) && digit(text[at + 1..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_brackets_and_quotations_whole() {
        let split = |text: &'static str| words(text).map(|words| words.into_iter().map(|range| &text[range]).collect::<Vec<_>>());
        assert_eq!(split("a.b(x=\"1 2\", y=\"3\") > c in 2024"), Some(vec!["a.b(x=\"1 2\", y=\"3\")", ">", "c", "in", "2024"]));
        assert_eq!(split("a, b en c is 2,5%"), Some(vec!["a", ",", "b", "en", "c", "is", "2,5%"]));
        assert_eq!(split("extern \"neemt wel toe\" [@x]"), Some(vec!["extern", "\"neemt wel toe\"", "[@x]"]));
        assert_eq!(split("extern \"open"), None);
        assert_eq!(split("a) > b"), None);
    }
}
