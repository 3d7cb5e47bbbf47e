//! The lock: what a final report was made of, and everything that is printed in it. TOML, one line a figure and a passage,
//! so that a version control system shows what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Deserialize;

use crate::project::hash_of;

/// Of this form of the file; another is not read.
const FORM: u32 = 1;

/// Where the seal begins: the last lines, over all that stands before them.
const SEAL: &str = "\n[zegel]\nsha256 = ";

/// What a final report was made of and what it prints.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    #[serde(rename = "vorm")]
    form: u32,
    #[serde(rename = "editie")]
    pub edition: String,
    #[serde(rename = "schooljaar")]
    pub school_year: String,
    /// Name, version and sources of the program.
    #[serde(rename = "programma")]
    pub program: String,
    #[serde(rename = "huisstijl")]
    pub style: HouseStyle,
    /// Path → SHA-256 of every file of text and data, of the bytes that were parsed.
    #[serde(rename = "invoer")]
    pub inputs: BTreeMap<String, String>,
    /// Earlier edition → SHA-256 of the figures in its lock, which revisions are found in.
    #[serde(rename = "vroegere_edities", default)]
    pub earlier: BTreeMap<String, String>,
    /// Name → SHA-256 of every file that was written.
    #[serde(rename = "uitvoer")]
    pub outputs: BTreeMap<String, String>,
    #[serde(rename = "gedrukt")]
    printed: Contents,
    #[serde(rename = "zegel")]
    seal: Seal,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HouseStyle {
    #[serde(rename = "naam")]
    pub name: String,
    /// SHA-256 of its files together.
    #[serde(rename = "sjabloon")]
    pub template: String,
    /// SHA-256 of the fonts together.
    #[serde(rename = "lettertypes")]
    pub fonts: String,
    /// SHA-256 of those of its files, and of the fonts, that are the project's own; empty where there are none.
    #[serde(rename = "eigen", default)]
    pub own: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Contents {
    #[serde(rename = "cijfers")]
    figures: Vec<PrintedFigure>,
    #[serde(rename = "passages")]
    passages: Vec<Passage>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seal {
    #[serde(rename = "sha256")]
    _sha256: String,
}

/// A figure as it was printed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrintedFigure {
    #[serde(rename = "indicator")]
    pub indicator: String,
    #[serde(rename = "maat")]
    pub measure: String,
    #[serde(rename = "periode")]
    pub period: String,
    /// The start of a change.
    #[serde(rename = "basis")]
    pub base: Option<String>,
    /// As in a placeholder: `segment="lager"`; absent for everyone.
    #[serde(rename = "uitsplitsing")]
    pub breakdown: Option<String>,
    /// Absent where a source printed words alone, and for what a chart computed of several figures.
    #[serde(rename = "waarde")]
    pub value: Option<f64>,
    #[serde(rename = "gedrukt")]
    pub printed: String,
    /// Letters.
    #[serde(rename = "merken", default)]
    pub marks: String,
    /// Id of its node.
    #[serde(rename = "plaats")]
    pub node: String,
    #[serde(rename = "bladzijde")]
    pub page: Option<usize>,
}

/// What must be equal for two figures to be of the same thing.
pub type Key = (String, String, String, Option<String>, Option<String>);

impl PrintedFigure {
    pub fn key(&self) -> Key {
        (self.indicator.clone(), self.measure.clone(), self.period.clone(), self.base.clone(), self.breakdown.clone())
    }

    /// For who reads: `bednet, leerlingen, 2022`.
    pub fn name(&self) -> String {
        format!("{}, {}, {}", self.subject(), self.measure, self.time())
    }

    /// The indicator and its breakdown, as in a placeholder.
    pub fn subject(&self) -> String {
        let breakdown = self.breakdown.as_ref().map(|breakdown| format!("({breakdown})")).unwrap_or_default();
        format!("{}{breakdown}", self.indicator)
    }

    /// Its period in words.
    pub fn time(&self) -> String {
        match &self.base {
            Some(base) => format!("van {base} tot {}", self.period),
            None => self.period.clone(),
        }
    }

    /// Whether a chart computed it from several figures: no two charts have the same parts.
    pub fn is_of_parts(&self) -> bool {
        ["som", "rest"].contains(&self.measure.as_str())
    }
}

/// A piece of text as it was printed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// Id of its node.
    #[serde(rename = "plaats")]
    pub node: String,
    #[serde(rename = "tekst")]
    pub text: String,
}

/// Why a lock cannot be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// It ends before its seal.
    Half,
    /// The seal is of another text.
    Edited,
    /// A form of a later program.
    Form,
}

impl Broken {
    /// One Dutch clause.
    pub fn as_str(self) -> &'static str {
        match self {
            Broken::Half => "het is niet volledig, of geen slot",
            Broken::Edited => "het is met de hand gewijzigd",
            Broken::Form => "het is van een programma met een andere vorm van sloten",
        }
    }
}

/// The program: its version, and the sources it was built of. Two that are called the same write the same bytes.
pub fn program() -> String {
    format!("jaarverslag {} ({})", env!("CARGO_PKG_VERSION"), env!("JAARVERSLAG_SOURCES"))
}

impl Lock {
    pub fn new(edition: &str, school_year: &str, style: HouseStyle) -> Self {
        let printed = Contents { figures: Vec::new(), passages: Vec::new() };
        Self {
            form: FORM,
            edition: edition.to_owned(),
            school_year: school_year.to_owned(),
            program: program(),
            style,
            inputs: BTreeMap::new(),
            earlier: BTreeMap::new(),
            outputs: BTreeMap::new(),
            printed,
            seal: Seal { _sha256: String::new() },
        }
    }

    pub fn with_contents(mut self, figures: Vec<PrintedFigure>, passages: Vec<Passage>) -> Self {
        self.printed = Contents { figures, passages };
        self
    }

    /// The same, for files that another made: of that one the program and the outputs are known.
    pub fn with_outputs_of(self, other: &Self) -> Self {
        Self { program: other.program.clone(), outputs: other.outputs.clone(), ..self }
    }

    pub fn figures(&self) -> &[PrintedFigure] {
        &self.printed.figures
    }

    /// The SHA-256 of what its figures say, wherever they stand.
    pub fn figures_sha256(&self) -> String {
        let said = |figure: &PrintedFigure| format!("{} {:?} {}\n", figure.name(), figure.value, figure.printed);
        let said: BTreeSet<String> = self.figures().iter().map(said).collect();
        hash_of(said.into_iter().collect::<String>().as_bytes())
    }

    pub fn passages(&self) -> &[Passage] {
        &self.printed.passages
    }

    /// # Errors
    /// When the text is not a whole, untouched lock of a form that this program knows.
    pub fn parse(text: &str) -> Result<Self, Broken> {
        let (sealed, seal) = text.rsplit_once(SEAL).ok_or(Broken::Half)?;
        if seal.trim_end() != quoted(&hash_of(sealed.as_bytes())) {
            return Err(Broken::Edited);
        }
        let form = sealed.lines().find_map(|line| line.strip_prefix("vorm = "));
        if form != Some(&FORM.to_string()) {
            return Err(Broken::Form);
        }
        toml::from_str(text).map_err(|_| Broken::Half)
    }

    /// As it is written, with its seal.
    pub fn text(&self) -> String {
        let mut text = String::from(
            "# Het slot van een definitief verslag: waarvan het gemaakt is, en wat erin gedrukt staat. Het programma schrijft het en\n\
             # kijkt het na met «jaarverslag build <editie> --locked». Verander niets met de hand: het zegel onderaan verraadt het.\n\n",
        );
        let _ = writeln!(text, "vorm = {}", self.form);
        for (key, value) in [("editie", &self.edition), ("schooljaar", &self.school_year), ("programma", &self.program)] {
            let _ = writeln!(text, "{key} = {}", quoted(value));
        }
        let style = [
            ("naam", &self.style.name),
            ("sjabloon", &self.style.template),
            ("lettertypes", &self.style.fonts),
            ("eigen", &self.style.own),
        ];
        table(&mut text, "huisstijl", style);
        table(&mut text, "invoer", self.inputs.iter().map(|(path, hash)| (path.as_str(), hash)));
        table(&mut text, "vroegere_edities", self.earlier.iter().map(|(edition, hash)| (edition.as_str(), hash)));
        table(&mut text, "uitvoer", self.outputs.iter().map(|(name, hash)| (name.as_str(), hash)));
        text.push_str("\n[gedrukt]\n");
        list(&mut text, "cijfers", self.printed.figures.iter().map(figure_line));
        list(&mut text, "passages", self.printed.passages.iter().map(passage_line));
        let seal = quoted(&hash_of(text.as_bytes()));
        text.push_str(SEAL);
        text.push_str(&seal);
        text.push('\n');
        text
    }
}

fn table<'a>(text: &mut String, name: &str, entries: impl IntoIterator<Item = (&'a str, &'a String)>) {
    let _ = writeln!(text, "\n[{name}]");
    for (key, value) in entries {
        let bare = key.bytes().all(|byte| byte.is_ascii_lowercase());
        let key = if bare { key.to_owned() } else { quoted(key) };
        let _ = writeln!(text, "{key} = {}", quoted(value));
    }
}

fn list(text: &mut String, name: &str, lines: impl Iterator<Item = String>) {
    let _ = writeln!(text, "{name} = [");
    for line in lines {
        let _ = writeln!(text, "  {line},");
    }
    text.push_str("]\n");
}

fn figure_line(figure: &PrintedFigure) -> String {
    let optional = |key: &str, value: &Option<String>| value.as_ref().map(|value| format!("{key} = {}", quoted(value)));
    let parts = [
        Some(format!("indicator = {}", quoted(&figure.indicator))),
        Some(format!("maat = {}", quoted(&figure.measure))),
        Some(format!("periode = {}", quoted(&figure.period))),
        optional("basis", &figure.base),
        optional("uitsplitsing", &figure.breakdown),
        figure.value.map(|value| format!("waarde = {value}")),
        Some(format!("gedrukt = {}", quoted(&figure.printed))),
        (!figure.marks.is_empty()).then(|| format!("merken = {}", quoted(&figure.marks))),
        Some(format!("plaats = {}", quoted(&figure.node))),
        figure.page.map(|page| format!("bladzijde = {page}")),
    ];
    format!("{{ {} }}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

fn passage_line(passage: &Passage) -> String {
    format!("{{ plaats = {}, tekst = {} }}", quoted(&passage.node), quoted(&passage.text))
}

/// A basic string of TOML; its escapes are those of JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Lock {
        let style = HouseStyle { name: "2025".to_owned(), template: "a".to_owned(), fonts: "b".to_owned(), own: String::new() };
        let mut lock = Lock::new("2024-2025", "2024-2025", style);
        lock.earlier.insert("2022-2023".to_owned(), "e".to_owned());
        lock.inputs.insert("content/2024-2025/verslag \"x\".yaml".to_owned(), "c".to_owned());
        let figure = PrintedFigure {
            indicator: "bednet".to_owned(),
            measure: "groei".to_owned(),
            period: "2024".to_owned(),
            base: Some("2023".to_owned()),
            breakdown: Some("segment=\"lager\"".to_owned()),
            value: Some(-2.34),
            printed: "−2,34\u{a0}%".to_owned(),
            marks: "dg".to_owned(),
            node: "a/1".to_owned(),
            page: Some(3),
        };
        let words = PrintedFigure { value: None, base: None, breakdown: None, marks: String::new(), page: None, ..figure.clone() };
        lock.with_contents(vec![figure, words], vec![Passage { node: "a/1".to_owned(), text: "een\ttab, \\ en “ ”\n".to_owned() }])
    }

    #[test]
    fn what_is_written_is_read() {
        let lock = sample();
        let read = Lock::parse(&lock.text()).expect("a lock");
        assert_eq!(read.text(), lock.text());
        assert_eq!((read.figures(), read.passages()), (lock.figures(), lock.passages()));
    }

    #[test]
    fn a_lock_cut_off_anywhere_is_not_a_lock() {
        let text = sample().text();
        for end in (0..text.len() - 1).filter(|end| text.is_char_boundary(*end)) {
            assert!(Lock::parse(&text[..end]).is_err(), "cut off at {end}");
        }
    }

    #[test]
    fn a_change_by_hand_shows() {
        let text = sample().text();
        assert_eq!(Lock::parse(&text.replace("-2.34", "-2.35")), Err(Broken::Edited));
        let later = text.replace("vorm = 1", "vorm = 2");
        let (sealed, _) = later.rsplit_once(SEAL).expect("a seal");
        let sealed = format!("{sealed}{SEAL}{}\n", quoted(&hash_of(sealed.as_bytes())));
        assert_eq!(Lock::parse(&sealed), Err(Broken::Form));
    }
}
