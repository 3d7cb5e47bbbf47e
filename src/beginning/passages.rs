//! The texts of an edition as the beginning of the next: chapters back to concept, references to the report's own year moved
//! along, and every passage that is bound to its year marked with `herschrijven`, with what makes it so.

use super::{Files, Model, copied};
use crate::diagnostic::Sink;
use crate::units::Period;

/// What a block can be; each stands as the first key of an item of `blokken`.
const KINDS: [&str; 9] = ["tekst", "kolommen", "grafiek", "kerncijfers", "ranglijst", "citaat", "tabel", "kader", "beeld"];

/// Blocks of figures: a year in them is that of the figures, and moves along.
const OF_FIGURES: [&str; 4] = ["grafiek", "kerncijfers", "ranglijst", "tabel"];

/// Words that say something of this year and no other.
const OF_THE_YEAR: [&str; 36] = [
    "dit jaar",
    "dit schooljaar",
    "vorig",
    "voorbije",
    "voorgaande",
    "recent",
    "vandaag",
    "momenteel",
    "intussen",
    "inmiddels",
    "nog steeds",
    "opnieuw",
    "voor het eerst",
    "sinds",
    "sindsdien",
    "stijg",
    "steeg",
    "daal",
    "daling",
    "toegenomen",
    "toename",
    "afname",
    "gegroeid",
    "groei",
    "meer dan in",
    "minder dan in",
    "het meest",
    "het hoogst",
    "het laagst",
    "steeds meer",
    "gestegen",
    "gedaald",
    "afgenomen",
    "afgelopen",
    "hoogste",
    "laagste",
];

/// Words with which a title says what was found.
const OF_A_FINDING: [&str; 8] = ["meer", "minder", "vaker", "steeds", "nieuw", "blijft", "blijven", "niet langer"];

/// Keys of a block of figures that hold words of an editor: a year in them is looked at, and stays.
const OF_WORDS: [&str; 6] = ["titel", "toelichting", "alt", "reden", "noot", "bron"];

/// Keys that may name a year and say nothing of it: the first or last of a chart, a source.
const OF_RANGE: [&str; 4] = ["vanaf", "tot", "periode", "bron"];

/// Keys of `verslag.yaml` that speak of the edition itself and not of the next.
const OF_ONE_EDITION: [&str; 4] = ["herzieningen", "gepubliceerd", "errata", "herschrijven"];

/// The files of the new edition's texts and pictures, and how many passages are marked in them.
pub(super) fn texts(model: &Model<'_>, edition: &str, sink: &mut Sink) -> Option<(Files, usize)> {
    let (from, to) = (format!("content/{}", model.from), format!("content/{edition}"));
    let (chapters, others): (Vec<String>, Vec<String>) =
        model.project.paths_below(&from).into_iter().partition(|path| path.ends_with(".yaml") || path.ends_with(".yml"));
    let mut files = copied(model.project, others.into_iter(), &from, &to, sink)?;
    let mut marked = 0;
    for path in chapters {
        let file = model.project.read_into(&path, sink)?;
        let mut text = Text::new(&file.text, model);
        if path.ends_with("/verslag.yaml") {
            text.report()
        } else {
            text.chapter()
        }
        marked += text.marked;
        files.push((path.replacen(&from, &to, 1), text.finished().into_bytes()));
    }
    Some((files, marked))
}

/// The lines of one file, and the new ones that come before some of them.
struct Text {
    lines: Vec<String>,
    before: Vec<(usize, String)>,
    marked: usize,
    /// The edition that these are the texts of.
    edition: String,
    old: String,
    new: String,
    step: Step,
    /// How much later the new edition is.
    years: usize,
}

impl Text {
    fn new(text: &str, model: &Model<'_>) -> Self {
        let lines = text.lines().map(str::to_owned).collect();
        let (old, new) = (model.old_year.to_string(), model.new_year.to_string());
        let before = |year: Period| year.previous().to_string();
        let step = Step {
            years: [old.clone(), new.clone()],
            before: [before(Period::SchoolYear(model.old_year)), before(Period::SchoolYear(model.new_year))],
        };
        Self { lines, before: Vec::new(), marked: 0, edition: model.from.to_owned(), old, new, step, years: model.years() }
    }

    fn finished(mut self) -> String {
        self.before.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        for (at, line) in self.before {
            self.lines.insert(at, line);
        }
        self.lines.join("\n") + "\n"
    }

    fn chapter(&mut self) {
        self.drop_marks();
        for line in &mut self.lines {
            if line.starts_with("fase:") {
                *line = "fase: concept".to_owned();
            }
        }
        self.move_placeholders();
        self.blocks();
        self.sections();
        let own = ["titel", "citaat", "inleiding"];
        let after_phase = self.lines.iter().position(|line| line.starts_with("fase:")).map_or(0, |at| at + 1);
        self.mark_keys(&own, after_phase, "");
    }

    /// The review of the new edition asks after the series of this one; why those of an earlier one are gone was told here.
    fn succeed(&mut self) {
        let Some((from, to)) = self.key("nazicht") else {
            self.lines.extend(["nazicht:".to_owned(), format!("  vorige_editie: {}", self.edition)]);
            return;
        };
        let mut kept = vec!["nazicht:".to_owned(), format!("  vorige_editie: {}", self.edition)];
        let mut dropping = false;
        for line in self.lines.drain(from..to).skip(1) {
            if indent_of(&line) <= 2 && !line.trim().is_empty() {
                dropping = ["vorige_editie:", "reeksen:"].iter().any(|key| line.trim_start().starts_with(key));
            }
            if !dropping {
                kept.push(line);
            }
        }
        self.lines.splice(from..from, kept);
    }

    fn report(&mut self) {
        for key in OF_ONE_EDITION {
            if let Some((from, to)) = self.key(key) {
                self.lines.drain(from..to);
            }
        }
        self.succeed();
        self.drop_marks();
        self.move_placeholders();
        if let Some((from, to)) = self.key("omslag") {
            self.move_years(from, to);
        }
        let (new, years) = (self.new.clone(), self.years);
        for line in &mut self.lines {
            if line.starts_with("schooljaar:") {
                *line = format!("schooljaar: {new}");
            } else if line.starts_with("datum:") {
                *line = later(line, years);
            }
        }
        self.blocks();
        if let Some((from, to)) = self.key("voorwoord") {
            let why = why_bound(&self.lines[from + 1..to].join("\n"), &self.old, &self.new);
            let indent = " ".repeat(self.lines.get(from + 1).map_or(2, |line| indent_of(line)));
            let why = why.unwrap_or_else(|| "schrijf een voorwoord voor dit jaar".to_owned());
            self.before.push((from + 1, marking(&indent, &why)));
            self.marked += 1;
        }
        let after_date = self.lines.iter().position(|line| line.starts_with("datum:")).map_or(0, |at| at + 1);
        self.before.push((after_date, marking("", "kies de datum, het thema en de trefwoorden van dit verslag")));
        self.marked += 1;
        self.mark_keys(&["titel", "colofon"], after_date, "");
    }

    /// Marks of last year: one that begins a block gives its place to the key behind it.
    fn drop_marks(&mut self) {
        while let Some(at) = self.lines.iter().position(|line| mark_of(line).is_some()) {
            let (indent, begins_item) = mark_of(&self.lines[at]).unwrap_or_default();
            let end = self.end_of(at, indent);
            let follows = self.lines.get(end).filter(|line| begins_item && indent_of(line) == indent).cloned();
            if let Some(next) = follows {
                self.lines[end] = format!("{}- {}", " ".repeat(indent - 2), next.trim_start());
            }
            self.lines.drain(at..end);
        }
    }

    /// The lines of a key at the outermost level.
    fn key(&self, key: &str) -> Option<(usize, usize)> {
        let from = self.lines.iter().position(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))?;
        let mut to = self.end_of(from, 0);
        // The items of a list may stand as far to the left as its key.
        while self.lines.get(to).is_some_and(|line| line.starts_with("- ")) {
            to = self.end_of(to, 0);
        }
        Some((from, to))
    }

    /// The first line after `from` that is not indented deeper than this.
    fn end_of(&self, from: usize, indent: usize) -> usize {
        let outside = |line: &&String| !line.trim().is_empty() && indent_of(line) <= indent;
        let length = self.lines[from + 1..].iter().take_while(|line| !outside(line)).count();
        from + 1 + length
    }

    /// Placeholders that name the report's own year name that of the new report, and so do the claims beside them.
    fn move_placeholders(&mut self) {
        let step = self.step.clone();
        for line in &mut self.lines {
            *line = in_placeholders(line, &step);
        }
        let starts: Vec<usize> = (0..self.lines.len()).filter(|at| key_of(&self.lines[*at]) == "beweringen").collect();
        for at in starts {
            let indent = indent_of(&self.lines[at]);
            let is_item = |line: &String| indent_of(line) == indent && line.trim_start().starts_with("- ");
            let mut end = self.end_of(at, indent);
            while self.lines.get(end).is_some_and(is_item) {
                end = self.end_of(end, indent);
            }
            for line in &mut self.lines[at..end] {
                *line = in_claim(line, &step);
            }
        }
    }

    /// Years of figures move along; those in an editor's words stay, to be looked at.
    fn move_years(&mut self, from: usize, to: usize) {
        for line in self.lines[from..to].iter_mut().filter(|line| !OF_WORDS.contains(&key_of(line))) {
            *line = line.replace(&self.old, &self.new);
        }
    }

    fn blocks(&mut self) {
        let mut at = 0;
        while at < self.lines.len() {
            let Some((indent, kind)) = block_at(&self.lines[at]) else {
                at += 1;
                continue;
            };
            let end = self.end_of(at, indent);
            if OF_FIGURES.contains(&kind) {
                self.move_years(at, end);
            }
            let told: Vec<&str> = self.lines[at..end].iter().map(String::as_str).filter(|line| !OF_RANGE.contains(&key_of(line))).collect();
            if let Some(why) = why_bound(&told.join("\n"), &self.old, &self.new) {
                // The mark becomes the first key of the item, and what was first follows it.
                let rest = self.lines[at].trim_start().trim_start_matches("- ").to_owned();
                self.lines[at] = format!("{}{rest}", " ".repeat(indent + 2));
                self.before.push((at, marking(&format!("{}- ", " ".repeat(indent)), &why)));
                self.marked += 1;
            }
            at = end;
        }
    }

    fn sections(&mut self) {
        let starts: Vec<usize> = (0..self.lines.len()).filter(|at| self.lines[*at].trim_start().starts_with("- id:")).collect();
        for at in starts {
            let inside = indent_of(&self.lines[at]) + 2;
            let end = self.end_of(at, inside - 2);
            let title = (at + 1..end).find(|line| self.lines[*line].starts_with(&format!("{}titel:", " ".repeat(inside))));
            if let Some(title) = title {
                let title_end = self.end_of(title, inside);
                let words = self.lines[title..title_end].join("\n");
                let compared: Vec<String> =
                    OF_A_FINDING.into_iter().filter(|word| has_word(&words, word)).map(|word| format!("“{word}”")).collect();
                let compared = (!compared.is_empty()).then(|| format!("zegt {}", compared.join(", ")));
                if let Some(why) = why_bound(&words, &self.old, &self.new).or(compared) {
                    self.before.push((title, marking(&" ".repeat(inside), &format!("de titel {why}"))));
                    self.marked += 1;
                }
            }
        }
    }

    /// One mark for those of these keys that are bound to their year. The file can hold only one at this level.
    fn mark_keys(&mut self, keys: &[&str], place: usize, indent: &str) {
        let reason = |key: &&str| {
            let (from, to) = self.key(key)?;
            Some(format!("{key} {}", why_bound(&self.lines[from..to].join("\n"), &self.old, &self.new)?))
        };
        let reasons: Vec<String> = keys.iter().filter_map(reason).collect();
        if reasons.is_empty() {
            return;
        }
        let line = marking(indent, &reasons.join("; "));
        match self.before.iter_mut().find(|(at, _)| *at == place) {
            Some((_, there)) => *there = joined(there, &reasons.join("; ")),
            None => {
                self.before.push((place, line));
                self.marked += 1;
            }
        }
    }
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The indent and the kind of the block that begins on a line.
fn block_at(line: &str) -> Option<(usize, &'static str)> {
    let item = line.trim_start().strip_prefix("- ")?;
    let kind = KINDS.into_iter().find(|kind| item.strip_prefix(kind).is_some_and(|rest| rest.starts_with(':')))?;
    Some((indent_of(line), kind))
}

/// The line of a mark. What makes a passage bound to its year may hold quotes, so YAML's own are doubled.
fn marking(before: &str, why: &str) -> String {
    format!("{before}herschrijven: '{}'", why.replace('\'', "''"))
}

fn joined(line: &str, more: &str) -> String {
    format!("{}; {}'", line.trim_end_matches('\''), more.replace('\'', "''"))
}

/// From the year of one report to that of the next, and from the year before it to the year before that.
#[derive(Clone)]
struct Step {
    years: [String; 2],
    before: [String; 2],
}

impl Step {
    /// The report's own year moves; the year before it only where it stands beside it, as the other end of a change.
    fn moved(&self, text: &str) -> String {
        let [old, new] = &self.years;
        let moved = text.replace(old, new);
        if moved == text { moved } else { moved.replace(&self.before[0], &self.before[1]) }
    }
}

/// A claim moves up to the words of the text that it quotes: these stay as they are there.
fn in_claim(line: &str, step: &Step) -> String {
    let is_quotation = |at: &usize| !line[..*at].ends_with(',') && !line[..*at].trim_end().ends_with(['[', '-', ':']);
    let end = line.match_indices(" \"").map(|(at, _)| at).find(is_quotation).unwrap_or(line.len());
    format!("{}{}", step.moved(&line[..end]), &line[end..])
}

fn in_placeholders(line: &str, step: &Step) -> String {
    let mut parts = line.split("{{");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str("{{");
        match part.split_once("}}") {
            Some((inside, after)) => {
                text.push_str(&step.moved(inside));
                text.push_str("}}");
                text.push_str(after);
            }
            None => text.push_str(part),
        }
    }
    text
}

/// `datum: 2026-11-22` → so many years later; a leap day has no such day.
fn later(line: &str, years: usize) -> String {
    let moved = |date: &str| {
        let (year, rest) = date.split_once('-')?;
        let year: usize = year.parse().ok()?;
        Some(format!("datum: {}-{}", year + years, if rest == "02-29" { "02-28" } else { rest }))
    };
    line.strip_prefix("datum:").and_then(|date| moved(date.trim())).unwrap_or_else(|| line.to_owned())
}

/// The key that a line begins with, also where it begins an item.
fn key_of(line: &str) -> &str {
    let line = line.trim_start();
    let line = line.strip_prefix("- ").unwrap_or(line);
    line.split_once(':').map_or("", |(key, _)| key)
}

/// Of a mark: how far its key stands to the right, and whether it begins an item.
fn mark_of(line: &str) -> Option<(usize, bool)> {
    let begins_item = line.trim_start().starts_with("- ");
    (key_of(line) == "herschrijven").then(|| (indent_of(line) + if begins_item { 2 } else { 0 }, begins_item))
}

/// What in a text holds for its year alone, in a Dutch clause; `None` where nothing does.
fn why_bound(text: &str, old: &str, new: &str) -> Option<String> {
    let (prose, placeholders, sources) = parts(text);
    let quoted = |years: Vec<String>| years.join(", ");
    let years = years(&prose, new);
    let asked = years_of_placeholders(&placeholders, new);
    let words: Vec<String> = OF_THE_YEAR.into_iter().filter(|word| has_word(&prose, word)).map(|word| format!("“{word}”")).collect();
    let of_old = old.replace('-', "_");
    let sources: Vec<String> = sources.into_iter().filter(|key| key.contains(&of_old)).collect();
    let clauses = [
        (!years.is_empty()).then(|| format!("noemt {}", quoted(years))),
        (!asked.is_empty()).then(|| format!("vraagt cijfers van {}", quoted(asked))),
        (!words.is_empty()).then(|| format!("zegt {}", words.join(", "))),
        (!sources.is_empty()).then(|| format!("steunt op {}", sources.join(", "))),
    ];
    let clauses: Vec<String> = clauses.into_iter().flatten().collect();
    (!clauses.is_empty()).then(|| clauses.join("; "))
}

/// Prose without placeholders, citations and addresses; the placeholders; the keys of the citations, each once.
fn parts(text: &str) -> (String, Vec<String>, Vec<String>) {
    let (mut prose, mut placeholders, mut sources) = (String::new(), Vec::new(), Vec::new());
    let mut rest = text;
    while let Some(at) = rest.find(['{', '[', 'h']) {
        prose.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((inside, after)) = rest.strip_prefix("{{").and_then(|rest| rest.split_once("}}")) {
            placeholders.push(inside.to_owned());
            rest = after;
        } else if let Some((inside, after)) = rest.strip_prefix("[@").and_then(|rest| rest.split_once(']')) {
            let keys = inside.split(';').map(|key| key.trim().trim_start_matches('@').to_owned());
            sources.extend(keys.filter(|key| !sources.contains(key)).collect::<Vec<_>>());
            rest = after;
        } else if rest.starts_with("https://") || rest.starts_with("http://") {
            rest = &rest[rest.find(|c: char| c.is_whitespace() || c == ')').unwrap_or(rest.len())..];
        } else {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            prose.push_str(&rest[..first]);
            rest = &rest[first..];
        }
    }
    prose.push_str(rest);
    (prose, placeholders, sources)
}

/// The calendar years and school years that a text names, but for the new report's own; each once.
fn years(text: &str, new: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let is_part = |c: char| c.is_ascii_digit() || c == '-';
    for word in text.split(|c: char| !is_part(c)) {
        let word = word.trim_matches('-');
        let is_year = |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
        let all = word.split('-').take(2).all(is_year) && !word.is_empty();
        if all && word != new && !found.iter().any(|one| one == word) {
            found.push(word.to_owned());
        }
    }
    found
}

fn years_of_placeholders(placeholders: &[String], new: &str) -> Vec<String> {
    let mut found = Vec::new();
    for year in placeholders.iter().flat_map(|placeholder| years(placeholder, new)) {
        if !found.contains(&year) {
            found.push(year);
        }
    }
    found
}

/// Whether a word, or one that begins so, stands in a text.
fn has_word(text: &str, word: &str) -> bool {
    let text = text.to_lowercase();
    text.match_indices(word).any(|(at, _)| !text[..at].ends_with(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step() -> Step {
        let words = |pair: [&str; 2]| pair.map(str::to_owned);
        Step { years: words(["2024-2025", "2025-2026"]), before: words(["2023-2024", "2024-2025"]) }
    }

    #[test]
    fn a_claim_moves_with_the_figures_and_its_quotation_stays() {
        for (line, moved) in [
            ("- x stijgt van 2023-2024 naar 2024-2025", "- x stijgt van 2024-2025 naar 2025-2026"),
            ("- x daalt van 2018-2019 naar 2024-2025", "- x daalt van 2018-2019 naar 2025-2026"),
            ("- x daalt van 2018-2019 naar 2023-2024", "- x daalt van 2018-2019 naar 2023-2024"),
            (
                "- 'x[\"2024-2025\"].aandeel is ruim de helft \"de helft in 2024-2025\"'",
                "- 'x[\"2025-2026\"].aandeel is ruim de helft \"de helft in 2024-2025\"'",
            ),
            ("- 'x.groei(\"2023-2024\", \"2024-2025\") > 0%'", "- 'x.groei(\"2024-2025\", \"2025-2026\") > 0%'"),
            ("- 'extern \"in 2024-2025\" [@bron_2024_2025]'", "- 'extern \"in 2024-2025\" [@bron_2024_2025]'"),
        ] {
            assert_eq!(in_claim(line, &step()), moved);
        }
    }

    #[test]
    fn what_is_bound_to_its_year_says_why() {
        let why = |text: &str| why_bound(text, "2024-2025", "2025-2026");
        assert_eq!(why("Elke leerling telt mee, zegt {{ x.leerlingen }}."), None);
        assert_eq!(why("In {{ schooljaar }} telden de CLB’s {{ x[\"2025-2026\"].leerlingen }}."), None);
        assert_eq!(why("In 2019 en 2017-2018 ook.").as_deref(), Some("noemt 2019, 2017-2018"));
        assert_eq!(why("Zie [dit](https://example.org/2019/a) en [@wet_2018]."), None);
        assert_eq!(why("Het daalt [@verslag_2024_2025; @wet_2018].").as_deref(), Some("zegt “daal”; steunt op verslag_2024_2025"));
        assert_eq!(why("{{ x.groei(\"2018-2019\", \"2025-2026\") }}").as_deref(), Some("vraagt cijfers van 2018-2019"));
        assert_eq!(why("Een omvorig woord."), None);
    }

    #[test]
    fn only_placeholders_of_the_own_year_move() {
        let line = "In 2024-2025: {{ a[\"2024-2025\"].x }} en {{ a.groei(\"2018-2019\", \"2024-2025\") }}";
        let moved = "In 2024-2025: {{ a[\"2025-2026\"].x }} en {{ a.groei(\"2018-2019\", \"2025-2026\") }}";
        assert_eq!(in_placeholders(line, &step()), moved);
    }
}
