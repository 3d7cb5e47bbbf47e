//! The sources as they are cited and listed, in APA, by Hayagriva: once for the whole report. Typst's own bibliography
//! would do the same again for each pass of the layout, and could not say in which language a title is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{FontStyle, IndependentStyle, Locale, LocaleCode, LocaleFile, Style};
use hayagriva::types::EntryType;
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
    /// The same without letters, and without a list but its order.
    plain: IndependentStyle,
    locales: [Locale; 1],
}

static APA: LazyLock<Option<Apa>> = LazyLock::new(|| match ArchivedStyle::AmericanPsychologicalAssociation.get() {
    Style::Independent(style) => {
        let mut plain = style.clone();
        plain.citation.disambiguate_add_names = false;
        plain.citation.disambiguate_add_givenname = false;
        plain.citation.disambiguate_add_year_suffix = false;
        plain.bibliography.as_mut()?.layout.elements.clear();
        Some(Apa { style, plain, locales: [LocaleFile::from_xml(include_str!("apa-nl.xml")).ok()?.into()] })
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

    /// In the order of the list, each with the words it would be cited in without a letter.
    fn sorted<'a>(&self, library: &'a Library, mut entries: Vec<&'a Entry>) -> Vec<(&'a Entry, String)> {
        // For each comparison Hayagriva renders both authors; in nearly the right order it compares only neighbours.
        entries.sort_by_cached_key(|entry| nearly_in_order(entry));
        let done = self.rendered(&self.plain, &entries);
        let words = entries.iter().zip(&done.citations).map(|(entry, cited)| (entry.key(), plain(&cited.citation)));
        let mut words: BTreeMap<&str, String> = words.collect();
        let list = done.bibliography.into_iter().flat_map(|list| list.items);
        list.filter_map(|item| Some((library.get(&item.key)?, words.remove(item.key.as_str())?))).collect()
    }
}

fn nearly_in_order(entry: &Entry) -> (Option<String>, Option<i32>, Option<String>) {
    let title = entry.title().map(|title| title.value.to_string().to_lowercase());
    let author = entry.authors().and_then(|authors| Some(authors.first()?.name.to_lowercase()));
    let author = author.filter(|_| *entry.entry_type() != EntryType::Legislation);
    (author.or(title.clone()), entry.date_any().map(|date| date.year), title)
}

/// The sources with these keys, of a list that was checked when it was loaded.
pub(super) fn of(sources: &str, keys: &BTreeSet<String>) -> Citations {
    let (Ok(library), Some(apa)) = (hayagriva::io::from_yaml_str(sources), APA.as_ref()) else { return Citations::default() };
    let sorted = apa.sorted(&library, keys.iter().filter_map(|key| library.get(key)).collect());
    let alike = alike(&sorted);
    let mut done: BTreeMap<&str, (Cited, Listed)> = alike.par_iter().flat_map_iter(|group| together(apa, group)).collect();
    let mut citations = Citations::default();
    for (key, (cited, listed)) in sorted.iter().filter_map(|(entry, _)| done.remove_entry(entry.key())) {
        citations.cited.insert(key.to_owned(), cited);
        citations.listed.push(listed);
    }
    citations
}

/// The sources that would be cited in the same words, which letters then tell apart: «2024a». Each group is rendered by
/// itself, because Hayagriva gives no more than three groups at once their letters.
fn alike<'a>(sorted: &[(&'a Entry, String)]) -> Vec<Vec<&'a Entry>> {
    let mut groups: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for (entry, words) in sorted {
        groups.entry(words).or_default().push(entry);
    }
    groups.into_values().collect()
}

fn together<'a>(apa: &Apa, group: &[&'a Entry]) -> Vec<(&'a str, (Cited, Listed))> {
    // Hayagriva gives letters only in the company of a source that has a date.
    let mut dated = Entry::new("", EntryType::Misc);
    dated.set_date(hayagriva::types::Date::from_year(1));
    let entries: Vec<&Entry> = group.iter().copied().chain((group.len() > 1).then_some(&dated)).collect();
    let done = apa.rendered(&apa.style, &entries);
    let list: BTreeMap<_, _> = done.bibliography.into_iter().flat_map(|list| list.items).map(|item| (item.key, item.content)).collect();
    let mut both = Vec::with_capacity(group.len());
    for (entry, cited) in group.iter().zip(&done.citations) {
        if let Some(listed) = list.get(entry.key()) {
            both.push((entry.key(), (Cited::of(&plain(&cited.citation)), Listed::of(entry, listed))));
        }
    }
    both
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

    /// More groups than Hayagriva gives letters at once: of two authors, of an editor, of titles alone, of laws.
    #[test]
    fn every_source_that_could_be_taken_for_another_has_its_letter() {
        let mut sources = String::new();
        for (key, fields) in [
            ("a", "author: Zon, date: 2024-05-20"),
            ("b", "author: Zon, date: 2024-01-12"),
            ("c", "author: Zon"),
            ("d", "author: Zon"),
            ("e", "author: Zon, date: 2025"),
            ("f", "author: Aarde"),
            ("g", "author: [Aarde, Maan], date: 2024"),
            ("h", "author: Aarde"),
            ("i", "author: [Aarde, Maan], date: 2024"),
            ("j", "author: Aarde, date: 2024"),
            ("k", "editor: Zon, date: 2025"),
        ] {
            sources.push_str(&format!("{key}: {{ type: web, title: Titel {key}, {fields} }}\n"));
        }
        for (key, title, date) in [("l", "Nota", "2020"), ("m", "Nota", "2020"), ("n", "Brief", "2020"), ("o", "Brief", "2020")] {
            sources.push_str(&format!("{key}: {{ type: web, title: {title}, date: {date}, url: 'https://example.org/{key}' }}\n"));
        }
        let keys = "abcdefghijklmno".chars().map(String::from).collect();
        let citations = of(&sources, &keys);
        let listed: Vec<String> =
            citations.listed.iter().map(|listed| format!("{}: {}", listed.key, citations.cited[&listed.key].text)).collect();
        assert_eq!(citations.cited.values().map(|cited| &cited.text).collect::<BTreeSet<_>>().len(), keys.len(), "{listed:#?}");
        expect_test::expect![[r#"
            f: Aarde, z.d.-a
            h: Aarde, z.d.-b
            j: Aarde, 2024
            g: Aarde & Maan, 2024a
            i: Aarde & Maan, 2024b
            n: Brief, 2020a
            o: Brief, 2020b
            l: Nota, 2020a
            m: Nota, 2020b
            c: Zon, z.d.-a
            d: Zon, z.d.-b
            b: Zon, 2024a
            a: Zon, 2024b
            e: Zon, 2025a
            k: Zon, 2025b"#]]
        .assert_eq(&listed.join("\n"));
    }
}
