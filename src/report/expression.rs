//! The words between `{{` and `}}` → what they point at. The only file that names minijinja.
//!
//! An expression gives a [`Reference`] with a notation, or a named constant: never a computed string or number, so a
//! printed number always has an origin.

use std::sync::Arc;

use minijinja::value::{Kwargs, Object, Value, from_args};
use minijinja::{Environment, Error, ErrorKind, State, UndefinedBehavior};

use super::grammar;
use crate::content::Expression;
use crate::diagnostic::{Code, Diagnostic, closest};
use crate::figures::{Breakdown, Change, Figures, Measure, NETS, Reference, SEGMENTS};
use crate::source::Span;
use crate::units::{Approximation, Decimal, Nearness, Notation, Period, PeriodKind, Sign, Target as Round, fraction_of};

/// More steps than any honest expression takes.
const FUEL: u64 = 2_000;
const FILTERS: [&str; 13] = [
    "decimalen",
    "woord",
    "op_honderd",
    "met_teken",
    "zonder_teken",
    "bijna",
    "een_kleine",
    "ruim",
    "een_goede",
    "meer_dan",
    "minder_dan",
    "ongeveer",
    "breuk",
];
/// Filters that say a value roughly; the review looks whether they are true.
const NEAR: [(&str, Nearness); 7] = [
    ("bijna", Nearness::Almost),
    ("een_kleine", Nearness::Small),
    ("ruim", Nearness::Over),
    ("een_goede", Nearness::Good),
    ("meer_dan", Nearness::MoreThan),
    ("minder_dan", Nearness::LessThan),
    ("ongeveer", Nearness::About),
];
const DIMENSIONS: [&str; 5] = ["net", "centrum", "segment", "type", "categorie"];
/// Decimals beyond this say nothing about pupils.
const MOST_DECIMALS: u8 = 4;

/// What an expression points at.
#[derive(Debug, Clone)]
pub(super) enum Target {
    Figure(Box<Reference>, Notation),
    /// A named constant, such as the school year.
    Constant(String),
}

/// Evaluates expressions of one edition.
pub(super) struct Evaluator {
    environment: Environment<'static>,
    names: Arc<Names>,
}

/// What expressions may name.
#[derive(Debug)]
struct Names {
    school_year: String,
    indicators: Vec<Known>,
}

#[derive(Debug)]
struct Known {
    id: String,
    measures: Vec<String>,
    default_period: Option<Period>,
}

impl Evaluator {
    pub fn new(figures: &Figures) -> Self {
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment.set_debug(true);
        environment.add_filter("decimalen", |value: &Value, decimals: u8| {
            if decimals > MOST_DECIMALS {
                return Err(fault(Code::ExpressionFilter, format!("meer dan {MOST_DECIMALS} decimalen kan niet"), None));
            }
            renoted(value, |notation| notation.decimals = Some(decimals))
        });
        environment.add_filter("woord", |value: &Value| renoted(value, |notation| notation.in_words = true));
        environment.add_filter("op_honderd", |value: &Value| renoted(value, |notation| notation.per_hundred = true));
        environment.add_filter("met_teken", |value: &Value| renoted(value, |notation| notation.sign = Sign::Always));
        environment.add_filter("zonder_teken", |value: &Value| renoted(value, |notation| notation.sign = Sign::Never));
        for (name, nearness) in NEAR {
            environment.add_filter(name, move |value: &Value, round: Option<Value>| roughly(value, Some(nearness), round));
        }
        environment.add_filter("breuk", |value: &Value, words: Value| roughly(value, None, Some(words)));
        Self { environment, names: Arc::new(names(figures)) }
    }

    /// # Errors
    /// When the words are not an expression, name something unknown, or give no figure.
    pub fn evaluate(&self, expression: &Expression) -> Result<Target, Diagnostic> {
        grammar::check(expression)?;
        let source = expression.source.trim();
        let explain = |error: Error| explain(&error, expression);
        let compiled = self.environment.compile_expression(source).map_err(explain)?;
        let root = Value::from_object(Root(Arc::clone(&self.names)));
        let value = compiled.eval(root).map_err(explain)?;
        if let Some(item) = value.downcast_object_ref::<Item>() {
            return Ok(Target::Figure(Box::new(item.reference.clone()), item.notation));
        }
        if let Some(constant) = value.downcast_object_ref::<Constant>() {
            return Ok(Target::Constant(constant.0.clone()));
        }
        Err(no_figure(&value, source, expression.span, &self.names))
    }
}

/// Reads the references of claims.
pub struct References(Evaluator);

impl References {
    pub fn new(figures: &Figures) -> Self {
        Self(Evaluator::new(figures))
    }

    /// # Errors
    /// When the words name no figure, or one with a filter.
    pub fn read(&self, expression: &Expression) -> Result<Reference, Diagnostic> {
        match self.0.evaluate(expression)? {
            Target::Figure(reference, notation) if notation == Notation::default() => Ok(*reference),
            Target::Figure(..) => Err(Diagnostic::error(Code::ExpressionFilter, expression.span, "een bewering heeft geen filters")
                .help("Laat het filter weg: een bewering gaat over het cijfer zelf.")),
            Target::Constant(_) => Err(Diagnostic::error(Code::ExpressionKind, expression.span, "dit is geen cijfer")),
        }
    }
}

/// The reference that a user typed, outside any file.
///
/// # Errors
/// As [`Evaluator::evaluate`], without a place.
pub fn look_up(figures: &Figures, words: &str) -> Result<Reference, Diagnostic> {
    let span = Span::start_of(crate::source::FileId(0));
    let expression = Expression { source: words.to_owned(), span, reported: false };
    match Evaluator::new(figures).evaluate(&expression) {
        Ok(Target::Figure(reference, _)) => Ok(*reference),
        Ok(Target::Constant(_)) => Err(Diagnostic::error(Code::ExpressionKind, None, format!("«{words}» is geen cijfer"))),
        Err(diagnostic) => Err(Diagnostic { span: None, ..diagnostic }),
    }
}

fn names(figures: &Figures) -> Names {
    let known = |id: &str| {
        let indicator = figures.indicator(id)?;
        let school_year = indicator.period_kind == PeriodKind::SchoolYear;
        Some(Known {
            id: id.to_owned(),
            measures: indicator.measures().into_iter().map(str::to_owned).collect(),
            default_period: school_year.then(|| Period::SchoolYear(figures.school_year())),
        })
    };
    Names { school_year: figures.school_year().to_string(), indicators: figures.names().filter_map(known).collect() }
}

/// The variables of an expression.
#[derive(Debug)]
struct Root(Arc<Names>);

impl Object for Root {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let name = key.as_str()?;
        if name == "schooljaar" {
            return Some(Value::from_object(Constant(self.0.school_year.clone())));
        }
        if let Some(at) = self.0.indicators.iter().position(|known| known.id == name) {
            let item = Item { names: Arc::clone(&self.0), at, reference: Reference::to(name), notation: Notation::default() };
            return Some(Value::from_object(item));
        }
        let names = self.0.indicators.iter().map(|known| known.id.as_str()).chain(["schooljaar"]);
        Some(Value::from(fault(Code::ExpressionUnknown, format!("het cijfer «{name}» bestaat niet"), closest(name, names))))
    }
}

#[derive(Debug)]
struct Constant(String);

impl Object for Constant {}

/// An indicator on its way to a reference.
#[derive(Debug, Clone)]
struct Item {
    names: Arc<Names>,
    at: usize,
    reference: Reference,
    notation: Notation,
}

impl Item {
    fn known(&self) -> &Known {
        &self.names.indicators[self.at]
    }

    fn with(&self, change: impl FnOnce(&mut Reference)) -> Value {
        let mut item = self.clone();
        change(&mut item.reference);
        Value::from_object(item)
    }

    fn property(&self, name: &str) -> Result<Value, Error> {
        if let Some(change) = self.reference.change {
            let (from, to) = change.periods();
            return Err(self.contradiction(&format!("na de verandering van {from} tot {to} kan niets meer volgen")));
        }
        if let Some(period) = Period::parse(name) {
            if let Some(earlier) = self.reference.period {
                return Err(self.contradiction(&format!("hier staan twee periodes, {earlier} en {period}")));
            }
            return Ok(self.with(|reference| reference.period = Some(period)));
        }
        let measure = match name {
            "vorig" => return self.previous(),
            "aandeel" => Measure::Share,
            "gemiddelde" => Measure::Mean,
            "rang" => Measure::Rank,
            _ if self.known().measures.iter().any(|measure| measure == name) => Measure::Observed(name.to_owned()),
            _ => return Err(self.unknown_property(name)),
        };
        if self.reference.measure != Measure::Own {
            return Err(self.contradiction("hier staan twee maten na elkaar"));
        }
        Ok(self.with(|reference| reference.measure = measure))
    }

    fn contradiction(&self, why: &str) -> Error {
        fault(Code::ExpressionKind, format!("deze verwijzing spreekt zichzelf tegen: {why}"), None)
    }

    fn previous(&self) -> Result<Value, Error> {
        let period = self.reference.period.or(self.known().default_period);
        let period = period.ok_or_else(|| {
            let message = format!("{} wordt per kalenderjaar geteld; «vorig» heeft een jaar nodig", self.known().id);
            fault(Code::ExpressionKind, message, None)
        })?;
        Ok(self.with(|reference| reference.period = Some(period.previous())))
    }

    fn unknown_property(&self, name: &str) -> Error {
        let known = self.known();
        let properties = ["vorig", "aandeel", "gemiddelde", "rang", "groei", "verschil"].into_iter();
        let suggestion = closest(name, properties.chain(known.measures.iter().map(String::as_str)));
        fault(Code::ExpressionUnknown, format!("{} heeft geen «{name}»", known.id), suggestion)
    }

    fn change(&self, kind: fn(Period, Period) -> Change, args: &[Value]) -> Result<Value, Error> {
        if self.reference.change.is_some() {
            return Err(self.contradiction("hier staan twee veranderingen na elkaar"));
        }
        if let Some(period) = self.reference.period {
            let message = format!("groei en verschil noemen zelf hun periodes; laat [\"{period}\"] weg");
            return Err(fault(Code::ExpressionKind, message, None));
        }
        let wrong = |message: &str| fault(Code::ExpressionSyntax, message.to_owned(), None);
        let [from, to] = args else { return Err(wrong("groei en verschil vragen twee periodes")) };
        let period = |value: &Value| value.as_str().and_then(Period::parse);
        let (Some(from), Some(to)) = (period(from), period(to)) else {
            return Err(wrong("groei en verschil vragen twee periodes tussen aanhalingstekens, zoals \"2022-2023\""));
        };
        if from.kind() != to.kind() || from >= to {
            return Err(wrong("de eerste periode van groei en verschil komt vóór de tweede, en is van dezelfde soort"));
        }
        Ok(self.with(|reference| reference.change = Some(kind(from, to))))
    }
}

impl Object for Item {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let name = key.as_str().map(str::to_owned).unwrap_or_else(|| key.to_string());
        Some(self.property(&name).unwrap_or_else(Value::from))
    }

    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let (kwargs,): (Kwargs,) = from_args(args)
            .map_err(|_| fault(Code::ExpressionSyntax, "een uitsplitsing heeft een naam, zoals segment=\"lager\"".to_owned(), None))?;
        let mut reference = self.reference.clone();
        if reference.breakdown != Breakdown::default() || reference.change.is_some() {
            return Err(self.contradiction("ze heeft al een uitsplitsing of een verandering"));
        }
        for name in kwargs.args() {
            let value = kwargs.peek::<Value>(name)?.to_string();
            check_dimension(name, &value)?;
            match name {
                "net" => reference.breakdown.net = value,
                "centrum" => reference.breakdown.centre = value,
                "segment" => reference.breakdown.segment = value,
                "type" => reference.breakdown.kind = value,
                "categorie" => reference.breakdown.category = value,
                _ => {
                    return Err(fault(
                        Code::ExpressionUnknown,
                        format!("de uitsplitsing «{name}» bestaat niet"),
                        closest(name, DIMENSIONS),
                    ));
                }
            }
        }
        Ok(self.with(|target| *target = reference))
    }

    fn call_method(self: &Arc<Self>, state: &mut State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        match method {
            "groei" => self.change(Change::Growth, args),
            "verschil" => self.change(Change::Difference, args),
            _ => {
                let value = self.property(method)?;
                value.call(state, args)
            }
        }
    }
}

/// Segments and nets are closed lists; the other dimensions are named by the data.
fn check_dimension(name: &str, value: &str) -> Result<(), Error> {
    let known = match name {
        "segment" => SEGMENTS,
        "net" => NETS,
        _ => return Ok(()),
    };
    if known.contains(&value) {
        return Ok(());
    }
    Err(fault(Code::ExpressionUnknown, format!("het {name} «{value}» bestaat niet"), closest(value, known.iter().copied())))
}

/// Says a value roughly: near to a round number or a fraction that is named, or else to the next round number.
fn roughly(value: &Value, nearness: Option<Nearness>, round: Option<Value>) -> Result<Value, Error> {
    let target = match &round {
        None => None,
        Some(round) => Some(target_of(round).ok_or_else(|| {
            let message = format!("«{round}» is geen rond getal en geen breuk");
            fault(Code::ExpressionFilter, message, None)
        })?),
    };
    if nearness.is_none() && !matches!(target, Some(Round::Fraction(..))) {
        return Err(fault(Code::ExpressionFilter, "«breuk» vraagt een breuk in woorden, zoals breuk(\"een vijfde\")".to_owned(), None));
    }
    renoted(value, |notation| notation.approximation = Some(Approximation { nearness, target }))
}

/// A number as it was typed, `30000` or `2.5`, or as it is printed, `"2,5%"`, or a fraction in words, `"de helft"`.
fn target_of(round: &Value) -> Option<Round> {
    match round.as_str() {
        Some(words) => {
            fraction_of(words).or_else(|| Decimal::parse_flemish(words.trim().trim_end_matches('%').trim_end()).map(Round::Number))
        }
        None => Decimal::parse(&round.to_string()).map(Round::Number),
    }
}

fn renoted(value: &Value, change: impl FnOnce(&mut Notation)) -> Result<Value, Error> {
    let item = value.downcast_object_ref::<Item>();
    let mut item = item.cloned().ok_or_else(|| fault(Code::ExpressionFilter, "een filter werkt alleen op een cijfer".to_owned(), None))?;
    change(&mut item.notation);
    Ok(Value::from_object(item))
}

/// A fault of ours that rides through minijinja as the source of its error.
#[derive(Debug)]
struct Fault {
    code: Code,
    message: String,
    suggestion: Option<String>,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

fn fault(code: Code, message: String, suggestion: Option<&str>) -> Error {
    let suggestion = suggestion.map(str::to_owned);
    Error::new(ErrorKind::InvalidOperation, message.clone()).with_source(Fault { code, message, suggestion })
}

fn explain(error: &Error, expression: &Expression) -> Diagnostic {
    let span = expression.span;
    let mut source: Option<&dyn std::error::Error> = Some(error);
    while let Some(inner) = source {
        if let Some(fault) = inner.downcast_ref::<Fault>() {
            return ours(fault, span);
        }
        source = inner.source();
    }
    match error.kind() {
        ErrorKind::UnknownFilter => {
            // minijinja names it in its own words: «filter woordd is unknown».
            let written = error.detail().and_then(|detail| detail.split_whitespace().nth(1)).unwrap_or_default();
            Diagnostic::error(Code::ExpressionFilter, span, format!("het filter «{written}» bestaat niet")).suggest(written, FILTERS)
        }
        ErrorKind::SyntaxError => Diagnostic::error(Code::ExpressionSyntax, span, "deze verwijzing is niet te lezen"),
        ErrorKind::UnknownFunction => Diagnostic::error(Code::ExpressionUnknown, span, "een functie bestaat hier niet"),
        ErrorKind::TooManyArguments | ErrorKind::MissingArgument => {
            Diagnostic::error(Code::ExpressionFilter, span, "dit filter krijgt te veel of te weinig waarden")
        }
        _ if expression.source.contains('|') => Diagnostic::error(Code::ExpressionFilter, span, "dit filter krijgt een verkeerde waarde"),
        _ => Diagnostic::error(Code::ExpressionKind, span, "hier kan niet gerekend of vergeleken worden"),
    }
}

fn ours(fault: &Fault, span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::error(fault.code, span, fault.message.clone());
    match &fault.suggestion {
        Some(name) => diagnostic.suggest(name, [name.as_str()]),
        None => diagnostic,
    }
}

fn no_figure(value: &Value, source: &str, span: Span, names: &Names) -> Diagnostic {
    if value.is_undefined() {
        let known = names.indicators.iter().map(|known| known.id.as_str());
        return Diagnostic::error(Code::ExpressionUnknown, span, format!("«{source}» bestaat niet")).suggest(source, known);
    }
    Diagnostic::error(Code::ExpressionKind, span, format!("«{source}» geeft geen cijfer"))
        .help("Verwijs naar een cijfer uit de gegevens; rekenen en samenvoegen kan hier niet.")
}
