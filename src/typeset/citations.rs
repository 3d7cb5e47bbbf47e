//! The sources as they are cited and listed, in APA, by Hayagriva: once for the whole report. Typst's own bibliography
//! would do the same again for each pass of the layout, and could not say in which language a title is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{FontStyle, IndependentStyle, Locale, LocaleCode, LocaleFile, Style};
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren, Entry, Library};
use serde::Serialize;

use crate::content::Date;

/// What the template prints of the sources.
#[derive(Default, Serialize)]
pub(super) struct Citations {
    /// Key → how it is cited.
    cited: BTreeMap<String, Cited>,
    /// In the order of the list.
    listed: Vec<Listed>,
}

#[derive(Serialize)]
struct Cited {
    /// For between parentheses: `CLB-sector, z.d.`
    text: String,
    /// `CLB-sector (z.d.)`
    prose: String,
}

#[derive(Serialize)]
struct Listed {
    key: String,
    /// Of the title, where it is not that of the report: `en`.
    lang: Option<String>,
    parts: Vec<Piece>,
}

#[derive(Serialize)]
struct Piece {
    text: String,
    italic: bool,
    url: Option<String>,
}

/// The style and the words of its language, read once.
struct Apa {
    style: IndependentStyle,
    locales: [Locale; 1],
}

static APA: LazyLock<Option<Apa>> = LazyLock::new(|| match ArchivedStyle::AmericanPsychologicalAssociation.get() {
    Style::Independent(style) => Some(Apa { style, locales: [LocaleFile::from_xml(include_str!("apa-nl.xml")).ok()?.into()] }),
    Style::Dependent(_) => None,
});

/// The sources with these keys, of a list that was checked when it was loaded.
pub(super) fn of(sources: &str, keys: &BTreeSet<String>) -> Citations {
    let Ok(library) = hayagriva::io::from_yaml_str(sources) else { return Citations::default() };
    let entries: Vec<&Entry> = keys.iter().filter_map(|key| library.get(key)).collect();
    APA.as_ref().map(|apa| rendered(apa, &library, &entries)).unwrap_or_default()
}

fn rendered(apa: &Apa, library: &Library, entries: &[&Entry]) -> Citations {
    let dutch = || Some(LocaleCode("nl-NL".to_owned()));
    let mut driver = BibliographyDriver::new();
    for entry in entries {
        let item = CitationItem::with_entry(*entry);
        driver.citation(CitationRequest::new(vec![item], &apa.style, dutch(), &apa.locales, None));
    }
    let done = driver.finish(BibliographyRequest::new(&apa.style, dutch(), &apa.locales));
    let words = done.citations.iter().map(|citation| plain(&citation.citation));
    let cited = entries.iter().zip(words).map(|(entry, text)| (entry.key().to_owned(), Cited::of(&text)));
    let items = done.bibliography.into_iter().flat_map(|list| list.items);
    let listed = items.map(|item| {
        let lang = library.get(&item.key).and_then(Entry::language).map(|language| language.language.as_str().to_owned());
        let mut parts = Vec::new();
        gather(&item.content, &mut parts);
        drop_lone_retrieved(&mut parts);
        drop_stop_after_question(&mut parts);
        parts.iter_mut().for_each(|part| part.text = tidy(&part.text));
        Listed { key: item.key, lang: lang.filter(|lang| lang != "nl"), parts }
    });
    Citations { cited: cited.collect(), listed: listed.collect() }
}

impl Cited {
    /// From `(CLB-sector, z.d.)`.
    fn of(text: &str) -> Self {
        let inner = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(text);
        let prose = inner.rsplit_once(", ").map(|(author, year)| format!("{author} ({year})"));
        Self { text: inner.to_owned(), prose: prose.unwrap_or_else(|| inner.to_owned()) }
    }
}

fn plain(children: &ElemChildren) -> String {
    let mut parts = Vec::new();
    gather(children, &mut parts);
    parts.into_iter().map(|part| part.text).collect()
}

/// The pieces of an entry in their order; neighbours of one kind are one piece.
fn gather(children: &ElemChildren, parts: &mut Vec<Piece>) {
    for child in &children.0 {
        match child {
            ElemChild::Text(text) => add(parts, &text.text, text.formatting.font_style == FontStyle::Italic),
            ElemChild::Elem(element) => gather(&element.children, parts),
            ElemChild::Link { text, url } => parts.push(Piece { text: text.text.clone(), italic: false, url: Some(url.clone()) }),
            // Formulas were refused when the list was loaded.
            ElemChild::Markup(words) => add(parts, words, false),
            ElemChild::Transparent { .. } => {}
        }
    }
}

/// Before an address that was seen on no known day the style leaves its word alone: «Geraadpleegd https://…».
fn drop_lone_retrieved(parts: &mut [Piece]) {
    for at in 1..parts.len() {
        let before_address = parts[at].url.is_some();
        if let Some(rest) = parts[at - 1].text.strip_suffix("Geraadpleegd ").filter(|_| before_address) {
            parts[at - 1].text = rest.to_owned();
        }
    }
}

/// A title that asks something ends with its own mark.
fn drop_stop_after_question(parts: &mut [Piece]) {
    for at in 1..parts.len() {
        let asks = parts[at - 1].text.ends_with(['?', '!']);
        if let Some(rest) = parts[at].text.strip_prefix('.').filter(|_| asks) {
            parts[at].text = rest.to_owned();
        }
    }
}

/// What the style leaves English: the order of a day and its month, and a comma before a month that is not known.
fn tidy(text: &str) -> String {
    let mut tidy = text.replace(",)", ")").replace("?.", "?").replace("!.", "!");
    for month in Date::MONTHS {
        let words = format!(", {month} ");
        if let Some((before, after)) = tidy.split_once(&words)
            && let Some((day, rest)) = after.split_once(')')
            && day.bytes().all(|byte| byte.is_ascii_digit())
        {
            tidy = format!("{before}, {day} {month}){rest}");
        }
    }
    tidy
}

fn add(parts: &mut Vec<Piece>, text: &str, italic: bool) {
    match parts.last_mut() {
        Some(last) if last.italic == italic && last.url.is_none() => last.text.push_str(text),
        _ => parts.push(Piece { text: text.to_owned(), italic, url: None }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCES: &str = "verslag:\n  type: web\n  title: Wat nu?\n  author: CLB-sector\n  date: 2025-12-06\n  url: https://example.org/\nboek:\n  \
                           type: book\n  title: A Brief History\n  author: [\"Piketty, Thomas\", \"Peeters, An\"]\n  date: 2022\n  \
                           publisher: Belknap\n  language: en\n";

    #[test]
    fn sources_are_cited_and_listed_in_dutch() {
        let keys = ["boek", "verslag", "onbekend"].map(str::to_owned).into();
        let citations = of(SOURCES, &keys);
        let cited: Vec<(&str, &str)> = citations.cited.values().map(|cited| (cited.text.as_str(), cited.prose.as_str())).collect();
        assert_eq!(cited, [("Piketty & Peeters, 2022", "Piketty & Peeters (2022)"), ("CLB-sector, 2025", "CLB-sector (2025)")]);
        let text = |listed: &Listed| listed.parts.iter().map(|part| part.text.as_str()).collect::<String>();
        let listed: Vec<String> = citations.listed.iter().map(text).collect();
        assert_eq!(
            listed,
            [
                "CLB-sector. (2025, 6 december). Wat nu? https://example.org/",
                "Piketty, T., & Peeters, A. (2022). A Brief History. Belknap."
            ]
        );
        assert_eq!(citations.listed[1].lang.as_deref(), Some("en"));
        assert_eq!(citations.listed[0].parts.last().and_then(|part| part.url.as_deref()), Some("https://example.org/"));
    }
}
