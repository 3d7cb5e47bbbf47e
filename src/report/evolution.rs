//! The demand for help and the load on the centres, from the first year to the last: a page that is written by the program.
//! Every statement on it is a claim too, which the review holds against the figures.

use super::bind::Binder;
use super::tree::{Block, Inline, NodeKind, Notes, Stated, Table};
use crate::content::{self, EvolutionOf};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::{self, Break, Cell, Change, Figure, Measure, Reference, TableRow};
use crate::source::Span;
use crate::units::{Interval, Notation, Period, Ratio, Sign, Value, enumerated};

const ID: &str = "verslag/evolutie";

/// What is measured of a domain, and what a sentence calls it.
const MEASURES: [(&str, &str); 3] = [
    ("leerlingen", "het aantal leerlingen"),
    ("interventies", "het aantal interventies"),
    ("gemiddelde", "het gemiddelde aantal interventies per leerling"),
];

/// A measure of a domain at the first and the last year that are known of it.
struct Course {
    measure: &'static str,
    words: &'static str,
    from: Figure,
    to: Figure,
    growth: Option<Figure>,
}

impl Binder<'_> {
    pub(super) fn evolution(&mut self, evolution: &content::Evolution) -> Notes {
        let title = self.line(&evolution.title, &format!("{ID}/titel"));
        let id = self.node(ID, NodeKind::Title, evolution.title.span);
        let mut body = self.prose(&evolution.intro, ID);
        let courses: Vec<(String, &EvolutionOf, Vec<Course>)> = evolution
            .subjects
            .iter()
            .filter_map(|subject| {
                let name = self.name_of(subject)?;
                Some((name, subject, self.courses(subject, &evolution.periods)))
            })
            .collect();
        body.extend(self.evolution_table(&courses, evolution));
        for (at, (name, subject, known)) in courses.iter().enumerate().filter(|(_, (_, _, known))| !known.is_empty()) {
            body.push(self.in_words(&format!("{ID}/{}", at + 1), name, subject, known, evolution));
        }
        let unknown: Vec<&str> = courses.iter().filter(|(_, _, known)| known.is_empty()).map(|(name, ..)| name.as_str()).collect();
        body.extend(self.without_series(&unknown, evolution));
        Notes { id, title, body }
    }

    fn name_of(&mut self, subject: &EvolutionOf) -> Option<String> {
        let Some(indicator) = self.figures.indicator(&subject.indicator.value) else {
            let message = format!("de indicator «{}» bestaat niet", subject.indicator.value);
            let diagnostic = Diagnostic::error(Code::ExpressionUnknown, subject.indicator.span, message);
            self.sink.push(diagnostic.suggest(&subject.indicator.value, self.figures.names()));
            return None;
        };
        Some(subject.name.as_ref().map_or_else(|| indicator.title.clone(), |name| self.words(name, ID)))
    }

    fn courses(&self, subject: &EvolutionOf, periods: &[Period]) -> Vec<Course> {
        MEASURES.iter().filter_map(|(measure, words)| self.course(subject, measure, words, periods)).collect()
    }

    fn course(&self, subject: &EvolutionOf, measure: &'static str, words: &'static str, periods: &[Period]) -> Option<Course> {
        let of = if measure == "gemiddelde" { Measure::Mean } else { Measure::Observed(measure.to_owned()) };
        let reference = Reference { measure: of, ..Reference::to(&subject.indicator.value) };
        let known = periods.iter().filter_map(|period| self.figures.resolve(&reference.at(*period)).ok());
        let known: Vec<Figure> = known.filter(|figure| figure.value.is_some()).collect();
        let [from, .., to] = known.as_slice() else { return None };
        let change = Reference { change: Some(Change::Growth(from.period, to.period)), ..reference };
        let growth = self.figures.resolve(&change).ok().filter(|_| is_known_well(from, to));
        Some(Course { measure, words, from: from.clone(), to: to.clone(), growth })
    }

    fn evolution_table(&mut self, courses: &[(String, &EvolutionOf, Vec<Course>)], evolution: &content::Evolution) -> Option<Block> {
        let span = evolution.intro.span;
        let id = self.node(&format!("{ID}/tabel"), NodeKind::Table, span);
        let before = self.printed.len();
        let mut rows = Vec::new();
        for (name, _, known) in courses {
            for course in known {
                let cells = vec![
                    self.dated_cell(&course.from, &id, span),
                    self.dated_cell(&course.to, &id, span),
                    self.change_cell(course, &id, span),
                ];
                rows.push(TableRow { header: format!("{name}: {}", in_table(course.measure)), cells });
            }
        }
        if rows.is_empty() {
            return None;
        }
        let columns = ["", "Eerste cijfer", "Laatste cijfer", "Verandering"].map(str::to_owned).to_vec();
        let sources = self.sources_since(before);
        let credits = sources.iter().map(|key| figures::Credit { key: key.clone(), of: None }).collect();
        let notes = [
            "Achter elk cijfer staat het schooljaar waarvan het is: het eerste en het laatste met een openbaar cijfer.",
            "Per leerling: het gemiddelde aantal interventies.",
            "Een streepje: de cijfers zijn te sterk afgerond om de verandering te berekenen.",
        ];
        let is_untold = courses.iter().flat_map(|(_, _, known)| known).any(|course| course.growth.is_none());
        let notes = &notes[..if is_untold { 3 } else { 2 }];
        let notes = notes.iter().map(|note| (*note).to_owned()).collect();
        let content = figures::Table { columns, rows, notes, sources, credits };
        let title = vec![Inline::Text { text: "Vraag en taaklast, van het eerste tot het laatste bekende schooljaar".to_owned() }];
        Some(Block::Table(Table { id, title, content }))
    }

    fn dated_cell(&mut self, figure: &Figure, node: &str, span: Span) -> Cell {
        let text = figure.write(&Notation::table(self.grouping));
        self.note_printed(figure, &text, node, span);
        Cell { text, marks: figure.mark_letters(), behind: format!("({})", figure.period) }
    }

    fn change_cell(&mut self, course: &Course, node: &str, span: Span) -> Cell {
        let Some(growth) = &course.growth else { return Cell { text: "–".to_owned(), marks: Vec::new(), behind: String::new() } };
        let text = growth.write(&Notation { sign: Sign::Always, ..Notation::table(self.grouping) });
        self.note_printed(growth, &text, node, span);
        Cell { text, marks: growth.mark_letters(), behind: String::new() }
    }

    /// One paragraph: what rose and fell, over which breaks, and through which unusual years.
    fn in_words(&mut self, id: &str, name: &str, subject: &EvolutionOf, known: &[Course], evolution: &content::Evolution) -> Block {
        let span = subject.indicator.span;
        let mut children = vec![Inline::Strong { children: vec![text(format!("{name}."))] }, text(" ")];
        for (at, course) in known.iter().enumerate() {
            if at > 0 {
                children.push(text(" "));
            }
            self.sentence(course, &format!("{id}/{}", at + 1), span, &mut children);
        }
        if let Some(sentence) = self.breaks_in_words(known) {
            children.push(text(format!(" {sentence}")));
        }
        if let Some(sentence) = unusual_in_words(known, evolution) {
            children.push(text(format!(" {sentence}")));
        }
        let is_known = |measure: &str| known.iter().any(|course| course.measure == measure);
        let unknown: Vec<&str> = MEASURES.iter().filter(|(measure, _)| !is_known(measure)).map(|(_, words)| *words).collect();
        if !unknown.is_empty() {
            children.push(text(format!(" Over {} is in deze periode geen reeks openbaar.", enumerated(&unknown))));
        }
        Block::Paragraph { id: self.node(&format!("{id}/p1"), NodeKind::Paragraph, span), children }
    }

    /// Domains of which there are no two figures to compare.
    fn without_series(&mut self, names: &[&str], evolution: &content::Evolution) -> Option<Block> {
        let (first, last) = (evolution.periods.first()?, evolution.periods.last()?);
        (!names.is_empty()).then_some(())?;
        let names: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let words = format!(
            " Van {} zijn tussen {first} en {last} geen twee schooljaren te vergelijken: er is geen reeks openbaar.",
            enumerated(&names)
        );
        let children = vec![Inline::Strong { children: vec![text("Geen openbare reeks.")] }, text(words)];
        Some(Block::Paragraph { id: self.node(&format!("{ID}/zonder"), NodeKind::Paragraph, evolution.title.span), children })
    }

    fn sentence(&mut self, course: &Course, id: &str, span: Span, children: &mut Vec<Inline>) {
        let (from, to) = (course.from.value.map(Value::ratio), course.to.value.map(Value::ratio));
        let (Some(from), Some(to)) = (from, to) else { return };
        let subject = crate::units::capitalized(course.words);
        let up = to > from;
        let written = |figure: &Figure| figure.write(&self.in_prose());
        if written(&course.from) == written(&course.to) {
            let rounded = if from == to { "" } else { "afgerond " };
            children.push(text(format!("{subject} bleef {rounded}gelijk: ")));
            self.figure(&course.from, &format!("{id}/van"), span, children);
            children.push(text(format!(" in {} en in {}.", course.from.period, course.to.period)));
            self.state(course, "is ongeveer gelijk aan", span);
            return;
        }
        children.push(text(format!("{subject} {} van ", if up { "steeg" } else { "daalde" })));
        self.figure(&course.from, &format!("{id}/van"), span, children);
        children.push(text(format!(" in {} naar ", course.from.period)));
        self.figure(&course.to, &format!("{id}/naar"), span, children);
        children.push(text(format!(" in {}", course.to.period)));
        if let Some(growth) =
            course.growth.as_ref().filter(|growth| growth.value.is_some_and(|value| value.ratio().abs() > Ratio::whole(0)))
        {
            children.push(text(", "));
            let unsigned = Notation { sign: Sign::Never, grouping: self.grouping, ..Notation::default() };
            self.figure_as(growth, &unsigned, &format!("{id}/groei"), span, children);
            children.push(text(if up { " meer" } else { " minder" }));
        }
        children.push(text("."));
        self.state(course, if up { "stijgt" } else { "daalt" }, span);
    }

    fn figure(&mut self, figure: &Figure, id: &str, span: Span, children: &mut Vec<Inline>) {
        self.figure_as(figure, &self.in_prose(), id, span, children);
    }

    fn in_prose(&self) -> Notation {
        Notation { grouping: self.grouping, ..Notation::default() }
    }

    fn figure_as(&mut self, figure: &Figure, notation: &Notation, id: &str, span: Span, children: &mut Vec<Inline>) {
        let words = figure.write(notation);
        self.note_printed(figure, &words, id, span);
        children.push(Inline::Figure { id: self.node(id, NodeKind::Figure, span), text: words, marks: figure.mark_letters() });
    }

    /// Says a sentence once more, in the language of claims.
    fn state(&mut self, course: &Course, verb: &str, span: Span) {
        let name = |figure: &Figure| figure.reference.to_string();
        let series = Reference { period: None, ..course.from.reference.clone() }.to_string();
        let words = match verb {
            "is ongeveer gelijk aan" => format!("{} {verb} {}", name(&course.to), name(&course.from)),
            _ => format!("{series} {verb} van {} naar {}", course.from.period, course.to.period),
        };
        self.stated.push(Stated { words, span });
    }

    fn breaks_in_words(&self, known: &[Course]) -> Option<String> {
        let first = known.iter().map(|course| course.from.period).min()?;
        let last = known.iter().map(|course| course.to.period).max()?;
        let indicator = self.figures.indicator(&known.first()?.from.reference.indicator)?;
        let crossed: Vec<&Break> = indicator.breaks.iter().filter(|one| first < one.from && one.from <= last).collect();
        let years: Vec<String> = crossed.iter().map(|one| one.from.to_string()).collect();
        let sentence = match years.len() {
            0 => return None,
            1 => format!("De vergelijking loopt over de breuk van {} heen.", years[0]),
            _ => format!("De vergelijking loopt over de breuken van {} heen.", enumerated(&years)),
        };
        Some(sentence)
    }
}

/// Whether what rounding leaves open of both ends is less than half of the change: from a printed 4, which may be 3,5 to 4,5, no
/// growth can be told.
fn is_known_well(from: &Figure, to: &Figure) -> bool {
    let Some((from, to)) = from.range().zip(to.range()) else { return false };
    let width = |range: Interval| range.high.as_f64() - range.low.as_f64();
    width(from) + width(to) < (to.middle() - from.middle()).abs()
}

/// Years between or at the ends of what was compared that were not like others.
fn unusual_in_words(known: &[Course], evolution: &content::Evolution) -> Option<String> {
    let first = known.iter().map(|course| course.from.period).min()?;
    let last = known.iter().map(|course| course.to.period).max()?;
    let within: Vec<&Period> = evolution.unusual.0.iter().filter(|period| first <= **period && **period <= last).collect();
    let (from, to) = (within.first()?, within.last()?);
    let years = if from == to { from.to_string() } else { format!("{from} tot en met {to}") };
    let reason = evolution.unusual.1.as_deref().unwrap_or_default();
    Some(format!("Daarin vallen ook de jaren van {reason}: {years}."))
}

fn in_table(measure: &str) -> &str {
    if measure == "gemiddelde" { "per leerling" } else { measure }
}

fn text(words: impl Into<String>) -> Inline {
    Inline::Text { text: words.into() }
}
