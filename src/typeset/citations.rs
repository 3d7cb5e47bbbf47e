//! The sources as they are cited and listed, in APA, by Hayagriva: once for the whole report. Typst's own bibliography
//! would do the same again for each pass of the layout, and could not say in which language a title is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{FontStyle, IndependentStyle, Locale, LocaleCode, LocaleFile, Style};
use hayagriva::types::{Date as Year, EntryType};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren, Entry, Library, Rendered,
};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
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
    /// The style without words: it only puts sources in their order.
    order: IndependentStyle,
    locales: [Locale; 1],
}

static APA: LazyLock<Option<Apa>> = LazyLock::new(|| match ArchivedStyle::AmericanPsychologicalAssociation.get() {
    Style::Independent(style) => {
        let mut order = style.clone();
        order.citation.layout.elements.clear();
        order.bibliography.as_mut()?.layout.elements.clear();
        Some(Apa { style, order, locales: [LocaleFile::from_xml(include_str!("apa-nl.xml")).ok()?.into()] })
    }
    Style::Dependent(_) => None,
});

impl Apa {
    fn rendered(&self, style: &IndependentStyle, entries: &[&Entry]) -> Rendered {
        let dutch = || Some(LocaleCode("nl-NL".to_owned()));
        let mut driver = BibliographyDriver::new();
        for entry in entries {
            driver.citation(CitationRequest::new(vec![CitationItem::with_entry(*entry)], style, dutch(), &self.locales, None));
        }
        driver.finish(BibliographyRequest::new(style, dutch(), &self.locales))
    }

    /// In the order of the list.
    fn sorted<'a>(&self, library: &'a Library, mut entries: Vec<&'a Entry>) -> Vec<&'a Entry> {
        // For each comparison Hayagriva renders both authors; in nearly the right order it compares only neighbours.
        entries.sort_by_cached_key(|entry| {
            let title = entry.title().map(|title| title.value.to_string().to_lowercase());
            let author = first_author(entry).filter(|_| *entry.entry_type() != EntryType::Legislation);
            (author.or(title.clone()), year(entry), title)
        });
        let list = self.rendered(&self.order, &entries).bibliography;
        list.into_iter().flat_map(|list| list.items).filter_map(|item| library.get(&item.key)).collect()
    }
}

/// The sources with these keys, of a list that was checked when it was loaded.
pub(super) fn of(sources: &str, keys: &BTreeSet<String>) -> Citations {
    let (Ok(library), Some(apa)) = (hayagriva::io::from_yaml_str(sources), APA.as_ref()) else { return Citations::default() };
    let entries = apa.sorted(&library, keys.iter().filter_map(|key| library.get(key)).collect());
    let alike = alike(&entries);
    let mut done: BTreeMap<&str, (Cited, Listed)> = alike.par_iter().flat_map_iter(|group| together(apa, group)).collect();
    let mut citations = Citations::default();
    for (key, (cited, listed)) in entries.iter().filter_map(|entry| done.remove_entry(entry.key())) {
        citations.cited.insert(key.to_owned(), cited);
        citations.listed.push(listed);
    }
    citations
}

fn first_author(entry: &Entry) -> Option<String> {
    entry.authors()?.first().map(|author| author.name.to_lowercase())
}

fn year(entry: &Entry) -> Option<i32> {
    entry.date_any().map(|date| date.year)
}

/// The sources that could be cited in the same words, which letters then tell apart: «2024a». Each group is rendered by
/// itself, because Hayagriva gives no more than a few groups at once their letters.
fn alike<'a>(entries: &[&'a Entry]) -> Vec<Vec<&'a Entry>> {
    let mut groups: BTreeMap<_, Vec<&Entry>> = BTreeMap::new();
    for &entry in entries {
        groups.entry((first_author(entry), year(entry))).or_default().push(entry);
    }
    groups.into_values().collect()
}

fn together<'a>(apa: &Apa, group: &[&'a Entry]) -> Vec<(&'a str, (Cited, Listed))> {
    // Hayagriva gives letters only in the company of a source that has a date.
    let mut dated = Entry::new("", EntryType::Misc);
    dated.set_date(Year::from_year(1));
    let entries: Vec<&Entry> = group.iter().copied().chain((group.len() > 1).then_some(&dated)).collect();
    let done = apa.rendered(&apa.style, &entries);
    let listed: BTreeMap<_, _> = done.bibliography.into_iter().flat_map(|list| list.items).map(|item| (item.key, item.content)).collect();
    let cited = group.iter().zip(&done.citations);
    cited
        .filter_map(|(entry, cited)| Some((entry.key(), (Cited::of(&plain(&cited.citation)), Listed::of(entry, listed.get(entry.key())?)))))
        .collect()
}

impl Listed {
    fn of(entry: &Entry, content: &ElemChildren) -> Self {
        let lang = entry.language().map(|language| language.language.as_str().to_owned());
        let mut parts = Vec::new();
        gather(content, &mut parts);
        drop_lone_retrieved(&mut parts);
        drop_stop_after_question(&mut parts);
        parts.iter_mut().for_each(|part| part.text = tidy(&part.text));
        Self { key: entry.key().to_owned(), lang: lang.filter(|lang| lang != "nl"), parts }
    }
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

    /// Two authors, each with two sources of one year and two without a date.
    #[test]
    fn every_source_that_could_be_taken_for_another_has_its_letter() {
        let mut sources = String::new();
        for (key, author, date) in [
            ("a", "Zon", "2024-05-20"),
            ("b", "Zon", "2024-01-12"),
            ("c", "Zon", ""),
            ("d", "Zon", ""),
            ("e", "Zon", "2025"),
            ("f", "Aarde", ""),
            ("g", "Aarde", "2024"),
            ("h", "Aarde", ""),
            ("i", "Aarde", "2024"),
        ] {
            let date = if date.is_empty() { String::new() } else { format!("  date: {date}\n") };
            sources.push_str(&format!("{key}:\n  type: web\n  title: Titel {key}\n  author: {author}\n{date}"));
        }
        let citations = of(&sources, &["a", "b", "c", "d", "e", "f", "g", "h", "i"].map(str::to_owned).into());
        let listed: Vec<String> =
            citations.listed.iter().map(|listed| format!("{}: {}", listed.key, citations.cited[&listed.key].text)).collect();
        expect_test::expect![[r#"
            f: Aarde, z.d.-a
            h: Aarde, z.d.-b
            g: Aarde, 2024a
            i: Aarde, 2024b
            c: Zon, z.d.-a
            d: Zon, z.d.-b
            b: Zon, 2024a
            a: Zon, 2024b
            e: Zon, 2025"#]]
        .assert_eq(&listed.join("\n"));
    }
}
