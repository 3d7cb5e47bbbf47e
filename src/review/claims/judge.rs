//! Holds a claim against the figures. What a value can be is a range: a claim is true when it is for all of it, false when it
//! is for none, and cannot be told otherwise.

use super::statement::{Amount, Claim, Size, Statement, Stretch, Subject};
use crate::content::Thresholds;
use crate::figures::{Change, Figure, Figures, Reference};
use crate::review::interval::told;
use crate::units::Interval;
use crate::units::{Decimal, Grouping, Notation, Period, Ratio, Value, range_of};

/// What came of a claim; with the values it was held against, in Dutch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::review) enum Verdict {
    True(String),
    False(String),
    /// Why it cannot be told, and the values.
    Uncertain(String, String),
}

impl Verdict {
    /// With the values for which the words are true.
    fn with(self, amount: &Amount) -> Self {
        let said = told(&range_of(amount.nearness, amount.target, amount.percent), amount.percent);
        let more = |computed: String| format!("{computed}. {said}");
        match self {
            Self::True(_) => self,
            Self::False(computed) => Self::False(more(computed)),
            Self::Uncertain(why, computed) => Self::Uncertain(why, more(computed)),
        }
    }
}

/// What a single comparison comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    Perhaps,
}

impl Answer {
    fn of(certain: bool, possible: bool) -> Self {
        match (certain, possible) {
            (true, _) => Self::Yes,
            (_, true) => Self::Perhaps,
            _ => Self::No,
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Perhaps,
        }
    }
}

/// A value with the figure it is of.
struct Known {
    figure: Figure,
    range: Interval,
}

pub(in crate::review) struct Judge<'a> {
    pub figures: &'a Figures,
    pub thresholds: Thresholds,
    pub grouping: Grouping,
}

/// Why nothing can be told.
type Told<T> = Result<T, Verdict>;

impl Judge<'_> {
    pub fn judge(&self, claim: &Claim) -> Verdict {
        self.statement(&claim.statement).unwrap_or_else(|verdict| verdict)
    }

    /// Whether the change that a claim speaks of may be so large or so small as a word says; one of no change may not.
    pub fn is_of_size(&self, claim: &Claim, size: Size) -> bool {
        let Statement::Change { subjects, over, .. } = &claim.statement else { return true };
        subjects.iter().all(|subject| {
            let ends = (self.at(subject, Some(over.from)), self.at(subject, Some(over.to)));
            let (Ok(from), Ok(to)) = ends else { return true };
            self.size(size, growth(&from, &to)) != Answer::No
        })
    }

    /// Whether a growth may be as small or as large as a word says.
    pub fn is_growth_of_size(&self, size: Size, growth: Interval) -> bool {
        self.size(size, Some(growth)) != Answer::No
    }

    fn statement(&self, statement: &Statement) -> Told<Verdict> {
        match statement {
            Statement::Change { subjects, up, size, amount, over, every } => {
                self.each(subjects, |subject| self.change(subject, *up, *size, *amount, *over, *every))
            }
            Statement::Stable { subjects, within, over } => self.each(subjects, |subject| self.stable(subject, *within, *over)),
            Statement::Fluctuates { subjects, beyond, over } => self.each(subjects, |subject| self.fluctuates(subject, *beyond, *over)),
            Statement::Extreme { subjects, high, at, over } => self.each(subjects, |subject| self.extreme(subject, *high, *at, *over)),
            Statement::Back { subjects, at, level, within } => {
                self.each(subjects, |subject| self.near(&self.at(subject, Some(*at))?, &self.at(subject, Some(*level))?, *within))
            }
            Statement::Order { items, at } => self.order(items, *at),
            Statement::Nth { subject, place, largest, among, at } => self.nth(subject, *place, *largest, among, *at),
            Statement::Equal { a, b, within, at } => {
                let (a, b) = (self.at(a, *at)?, self.at(b, *at)?);
                Ok(self.verdict(self.near(&a, &b, *within)?, &[&a, &b]))
            }
            Statement::Times { a, amount, b, at } => self.times(a, amount, b, *at),
            Statement::Is { subject, amount, at } => {
                let known = self.at(subject, *at)?;
                let is_percent = known.figure.unit == "%" || known.figure.value.is_some_and(Value::is_percent);
                if is_percent != amount.percent {
                    let kind = if is_percent { "een percentage" } else { "geen percentage" };
                    return Err(Verdict::Uncertain(
                        format!("«{}» is {kind}, en de hoeveelheid {}", subject.words, if is_percent { "niet" } else { "wel" }),
                        String::new(),
                    ));
                }
                Ok(self.verdict(holds(amount, known.range), &[&known]).with(amount))
            }
            Statement::Stronger { a, b, up, more, over } => self.stronger(a, b, *up, *more, *over),
            Statement::External { .. } | Statement::Qualitative => Ok(Verdict::True(String::new())),
        }
    }

    /// What is said of several series is said of each.
    fn each(&self, subjects: &[Subject], judge: impl Fn(&Subject) -> Told<Answer>) -> Told<Verdict> {
        let mut all = Answer::Yes;
        for subject in subjects {
            all = all.and(judge(subject)?);
        }
        // What is true needs no proof at length; a series may be long.
        let computed = || subjects.iter().map(|subject| self.series(subject)).collect::<Vec<_>>().join("; ");
        Ok(of_answer(all, if all == Answer::Yes { String::new() } else { computed() }))
    }

    fn change(&self, subject: &Subject, up: bool, size: Option<Size>, amount: Option<Amount>, over: Stretch, every: bool) -> Told<Answer> {
        if every {
            // A year that is missing cannot make up for a step that is known.
            return self.unless_missing(subject, over, |points| {
                points.windows(2).map(|pair| self.step(&pair[0], &pair[1], up, size, amount)).fold(Answer::Yes, Answer::and)
            });
        }
        let (from, to) = match (self.at(subject, Some(over.from)), self.at(subject, Some(over.to))) {
            (Ok(from), Ok(to)) => (from, to),
            (from, to) => {
                // A growth that somebody published speaks for ends that nobody did.
                let growth = self.published_growth(subject, over).filter(|_| amount.is_none_or(|amount| amount.percent && !amount.points));
                return growth.map_or_else(
                    || Err(from.err().or(to.err()).unwrap_or_else(unknown)),
                    |growth| Ok(self.grown(growth, up, size, amount)),
                );
            }
        };
        Ok(self.step(&from, &to, up, size, amount))
    }

    /// From one value to the next.
    fn step(&self, from: &Known, to: &Known, up: bool, size: Option<Size>, amount: Option<Amount>) -> Answer {
        let sized = size.map_or(Answer::Yes, |size| self.size(size, growth(from, to)));
        let by = amount.map_or(Answer::Yes, |amount| by(&amount, from, to));
        direction(from, to, up).and(sized).and(by)
    }

    fn published_growth(&self, subject: &Subject, over: Stretch) -> Option<Interval> {
        let reference = &subject.reference;
        let alone = reference.period.is_none() && reference.change.is_none();
        let growth = Reference { change: Some(Change::Growth(over.from, over.to)), ..reference.clone() };
        alone.then(|| self.figures.resolve(&growth).ok()).flatten().as_ref().and_then(Figure::range)
    }

    /// What a growth by itself says of a change.
    fn grown(&self, growth: Interval, up: bool, size: Option<Size>, amount: Option<Amount>) -> Answer {
        let zero = Ratio::whole(0);
        let rises = Answer::of(growth.low > zero, growth.high > zero);
        let falls = Answer::of(growth.high < zero, growth.low < zero);
        let (least, most) = absolute(growth);
        let sized = size.map_or(Answer::Yes, |size| self.size(size, Some(growth)));
        let by = amount.map_or(Answer::Yes, |amount| holds(&amount, Interval { low: least, high: most }));
        (if up { rises } else { falls }).and(sized).and(by)
    }

    /// Whether a relative change is as small or as large as a word says.
    fn size(&self, size: Size, growth: Option<Interval>) -> Answer {
        let Some(growth) = growth else { return Answer::Perhaps };
        let percent = |threshold: u8| Ratio::whole(i64::from(threshold)).scaled(1, 100);
        let (least, most) = absolute(growth);
        match size {
            Size::Slight => Answer::of(most <= percent(self.thresholds.slight), least <= percent(self.thresholds.slight)),
            Size::Considerable => Answer::of(least >= percent(self.thresholds.considerable), most >= percent(self.thresholds.considerable)),
        }
    }

    fn stable(&self, subject: &Subject, within: Option<Decimal>, over: Stretch) -> Told<Answer> {
        let within = within.map_or(Ratio::whole(i64::from(self.thresholds.stable)), Decimal::ratio).scaled(1, 100);
        Ok(self.spread(subject, over)?.map_or(Answer::Perhaps, |(least, most)| Answer::of(most <= within, least <= within)))
    }

    fn fluctuates(&self, subject: &Subject, beyond: Option<Decimal>, over: Stretch) -> Told<Answer> {
        let beyond = beyond.map_or(Ratio::whole(i64::from(self.thresholds.stable)), Decimal::ratio).scaled(1, 100);
        let points = self.all(subject, over)?;
        let turn = |up: bool, is: fn(Answer) -> bool| points.windows(2).map(|pair| direction(&pair[0], &pair[1], up)).any(is);
        let surely: fn(Answer) -> bool = |answer| answer == Answer::Yes;
        let perhaps: fn(Answer) -> bool = |answer| answer != Answer::No;
        let wide = self.spread(subject, over)?.map_or(Answer::Perhaps, |(least, most)| Answer::of(least > beyond, most > beyond));
        Ok(wide.and(Answer::of(turn(true, surely) && turn(false, surely), turn(true, perhaps) && turn(false, perhaps))))
    }

    /// How far the values lie from their middle, at least and at most, as a part of it.
    fn spread(&self, subject: &Subject, over: Stretch) -> Told<Option<(Ratio, Ratio)>> {
        let points = self.all(subject, over)?;
        let apart = |least: Ratio, most: Ratio| most.minus(least)?.divided_by(most.plus(least)?);
        let (lows, highs) = (|| points.iter().map(|known| known.range.low), || points.iter().map(|known| known.range.high));
        // All may be one value where the ranges have one in common.
        let nearest = || match (highs().min()?, lows().max()?) {
            (lowest_high, highest_low) if highest_low <= lowest_high => Some(Ratio::whole(0)),
            (lowest_high, highest_low) => apart(lowest_high, highest_low),
        };
        let widest = || apart(lows().min()?, highs().max()?);
        Ok(nearest().zip(widest()))
    }

    fn extreme(&self, subject: &Subject, high: bool, at: Period, over: Stretch) -> Told<Answer> {
        let top = self.at(subject, Some(at))?;
        self.unless_missing(subject, over, |points| {
            let others = points.iter().filter(|known| known.figure.period != at);
            others.map(|other| direction(other, &top, high)).fold(Answer::Yes, Answer::and)
        })
    }

    fn near(&self, a: &Known, b: &Known, within: Option<Decimal>) -> Told<Answer> {
        let within = within.map_or(Ratio::whole(i64::from(self.thresholds.about)), Decimal::ratio).scaled(1, 100);
        Ok(growth(b, a).map(absolute).map_or(Answer::Perhaps, |(least, most)| Answer::of(most <= within, least <= within)))
    }

    fn order(&self, items: &[Subject], at: Option<Period>) -> Told<Verdict> {
        let known = items.iter().map(|item| self.at(item, at)).collect::<Told<Vec<Known>>>()?;
        let answer = known.windows(2).map(|pair| self.above(&pair[0], &pair[1])).fold(Answer::Yes, Answer::and);
        Ok(self.verdict(answer, &known.iter().collect::<Vec<_>>()))
    }

    /// Whether one stands above the other: it is more, or its place is nearer to the first.
    fn above(&self, a: &Known, b: &Known) -> Answer {
        let ranks = a.figure.measure == "rang" && b.figure.measure == "rang";
        if ranks { direction(a, b, true) } else { direction(b, a, true) }
    }

    fn nth(&self, subject: &Subject, place: usize, largest: bool, among: &[Subject], at: Option<Period>) -> Told<Verdict> {
        let own = self.at(subject, at)?;
        let known = among.iter().map(|item| self.at(item, at)).collect::<Told<Vec<Known>>>()?;
        let others: Vec<&Known> = known.iter().filter(|other| other.figure.reference != own.figure.reference).collect();
        let before: Vec<Answer> = others.iter().map(|other| direction(&own, other, largest)).collect();
        let count = |answer: Answer| before.iter().filter(|one| **one == answer).count();
        let (surely, perhaps) = (count(Answer::Yes) + 1, count(Answer::Perhaps));
        let answer = Answer::of(perhaps == 0 && surely == place, (surely..=surely + perhaps).contains(&place));
        let mut all = others;
        all.insert(0, &own);
        Ok(self.verdict(answer, &all))
    }

    fn times(&self, a: &Subject, amount: &Amount, b: &Subject, at: Option<Period>) -> Told<Verdict> {
        let (a, b) = (self.at(a, at)?, self.at(b, at)?);
        let answer = a.range.divided_by(b.range).map_or(Answer::Perhaps, |ratio| holds(amount, ratio));
        Ok(self.verdict(answer, &[&a, &b]).with(amount))
    }

    fn stronger(&self, a: &Subject, b: &Subject, up: bool, more: bool, over: Stretch) -> Told<Verdict> {
        let ends = |subject: &Subject| Ok::<_, Verdict>((self.at(subject, Some(over.from))?, self.at(subject, Some(over.to))?));
        let (from, to) = ends(a)?;
        let (other_from, other_to) = ends(b)?;
        let Some((own, other)) = growth(&from, &to).zip(growth(&other_from, &other_to)) else {
            return Err(Verdict::Uncertain("een van de veranderingen is niet te berekenen".to_owned(), String::new()));
        };
        // Down, the lower of two is the stronger.
        let (first, second) = if up == more { (own, other) } else { (other, own) };
        let stronger = Answer::of(first.low > second.high, first.high > second.low);
        let answer = direction(&from, &to, up).and(stronger);
        Ok(self.verdict(answer, &[&from, &to, &other_from, &other_to]))
    }

    /// The value of a subject in a period, or in its own.
    fn at(&self, subject: &Subject, period: Option<Period>) -> Told<Known> {
        let mut reference = subject.reference.clone();
        if let (None, None, Some(period)) = (reference.period, reference.change, period) {
            reference = reference.at(period);
        }
        let uncertain = |why: String| Verdict::Uncertain(why, String::new());
        let figure = self.figures.resolve(&reference).map_err(|missing| uncertain(missing.diagnostic(None).message))?;
        let range = figure.range();
        let range = range.ok_or_else(|| uncertain(format!("{reference} bestaat alleen in de woorden van zijn bron")))?;
        Ok(Known { figure, range })
    }

    /// The values of every period; none may be missing.
    fn all(&self, subject: &Subject, over: Stretch) -> Told<Vec<Known>> {
        let (known, missing) = self.known(subject, over);
        missing.map_or(Ok(known), Err)
    }

    /// What the known values say, where they say no; what they leave open the missing ones may.
    fn unless_missing(&self, subject: &Subject, over: Stretch, judge: impl Fn(&[Known]) -> Answer) -> Told<Answer> {
        let (known, missing) = self.known(subject, over);
        match (judge(&known), missing) {
            (Answer::No, _) => Ok(Answer::No),
            // Of nothing everything is true.
            _ if known.is_empty() => Err(unknown()),
            (_, Some(missing)) => Err(missing),
            (answer, None) => Ok(answer),
        }
    }

    /// The known values of a stretch in the order of time, and what to say of those that are missing.
    fn known(&self, subject: &Subject, over: Stretch) -> (Vec<Known>, Option<Verdict>) {
        let (mut known, mut missing) = (Vec::new(), Vec::new());
        for period in over.from.through(over.to) {
            match self.at(subject, Some(period)) {
                Ok(one) => known.push(one),
                Err(_) => missing.push(period.to_string()),
            }
        }
        let why = || format!("voor {} is van «{}» geen cijfer bekend", missing.join(", "), subject.words);
        let verdict = (!missing.is_empty()).then(|| Verdict::Uncertain(why(), self.series(subject)));
        (known, verdict)
    }

    /// Every known value of a series, for who has to see what was compared.
    fn series(&self, subject: &Subject) -> String {
        let values: Vec<String> = self.known_of(subject).iter().map(|figure| self.written(figure)).collect();
        format!("{}: {}", subject.words, values.join(", "))
    }

    fn known_of(&self, subject: &Subject) -> Vec<Figure> {
        if subject.reference.period.is_some() || subject.reference.change.is_some() {
            return self.figures.resolve(&subject.reference).into_iter().collect();
        }
        self.figures
            .known_periods(&subject.reference)
            .into_iter()
            .filter_map(|period| self.figures.resolve(&subject.reference.at(period)).ok())
            .collect()
    }

    /// `2024-2025: 30.229 [o]`
    fn written(&self, figure: &Figure) -> String {
        let marks: String = figure.mark_letters().iter().map(|mark| format!("[{mark}]")).collect();
        format!("{} {}{}", figure.period, figure.write(&Notation::table(self.grouping)), marks)
    }

    fn verdict(&self, answer: Answer, known: &[&Known]) -> Verdict {
        let values: Vec<String> =
            known.iter().map(|known| format!("{}: {}", known.figure.reference, self.written(&known.figure))).collect();
        let kinds = known.windows(2).find(|pair| pair[0].figure.period.kind() != pair[1].figure.period.kind());
        match kinds {
            Some(pair) => {
                let (a, b) = (pair[0].figure.period, pair[1].figure.period);
                Verdict::Uncertain(format!("{a} en {b} zijn niet dezelfde soort periode"), values.join("; "))
            }
            None => of_answer(answer, values.join("; ")),
        }
    }
}

fn unknown() -> Verdict {
    Verdict::Uncertain("er is geen cijfer bekend".to_owned(), String::new())
}

fn of_answer(answer: Answer, computed: String) -> Verdict {
    match answer {
        Answer::Yes => Verdict::True(computed),
        Answer::No => Verdict::False(computed),
        Answer::Perhaps => Verdict::Uncertain("de cijfers zijn afgerond of benaderd, en laten beide toe".to_owned(), computed),
    }
}

fn direction(from: &Known, to: &Known, up: bool) -> Answer {
    let (low, high) = if up { (from.range, to.range) } else { (to.range, from.range) };
    let answer = Answer::of(high.low > low.high, high.high > low.low);
    // What is exactly the same went nowhere.
    if from.range == to.range && from.range.low == from.range.high { Answer::No } else { answer }
}

/// (b − a) / a
fn growth(from: &Known, to: &Known) -> Option<Interval> {
    // Of one exact number over another the quotient is exact too; subtracting 1 afterwards keeps it so.
    let quotient = to.range.divided_by(from.range)?;
    quotient.minus(Interval::exactly(Ratio::whole(1)))
}

/// The least and the most of a range without its sign.
fn absolute(range: Interval) -> (Ratio, Ratio) {
    let (low, high) = (range.low.abs(), range.high.abs());
    let spans_zero = range.low.is_negative() && !range.high.is_negative();
    (if spans_zero { Ratio::whole(0) } else { low.min(high) }, low.max(high))
}

/// Whether a change is as large as was said.
fn by(amount: &Amount, from: &Known, to: &Known) -> Answer {
    let change = if amount.percent { growth(from, to) } else { to.range.minus(from.range) };
    let Some(change) = change else { return Answer::Perhaps };
    let (least, most) = absolute(change);
    // A point is a percent, and 3 of them all that rounds to it.
    let range = range_of(amount.nearness, amount.target, amount.percent || amount.points);
    Answer::of(range.holds(least, most), range.can_hold(least, most))
}

fn holds(amount: &Amount, value: Interval) -> Answer {
    let range = range_of(amount.nearness, amount.target, amount.percent);
    Answer::of(range.holds(value.low, value.high), range.can_hold(value.low, value.high))
}
