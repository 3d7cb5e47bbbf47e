//! The words of a claim → what it says. A small Dutch language: every form is in the manual.
//!
//! ```text
//! REEKS en REEKS stijgt|daalt [licht|aanzienlijk] [met HOEVEEL] van P naar Q | sinds P | elk jaar sinds P | elk jaar van P tot Q
//! REEKS stijgt|daalt sterker|minder sterk dan REEKS van P naar Q
//! REEKS blijft stabiel [binnen N%] van P tot Q | sinds P
//! REEKS schommelt [meer dan N%] van P tot Q | sinds P
//! REEKS piekt in P van P tot Q | sinds P            REEKS bereikt een dieptepunt in P van P tot Q
//! REEKS is in P terug op het peil van Q [binnen N%]   REEKS is in P het hoogst|laagst sinds Q | van Q tot R
//! CIJFER > CIJFER > CIJFER [in P]
//! CIJFER is de [tweede] grootste|kleinste van CIJFER, CIJFER en CIJFER [in P]
//! CIJFER is ongeveer gelijk aan CIJFER [binnen N%] [in P]
//! CIJFER is HOEVEEL keer CIJFER [in P]                CIJFER is HOEVEEL [in P]
//! extern "woorden" [@bron]                          kwalitatief "woorden"
//! ```
//! Every claim but the last two may end in the words of the text that it is about, in quotation marks.

use super::statement::{Amount, Claim, Size, Statement, Stretch, Subject};
use crate::content::{ClaimText, Expression};
use crate::diagnostic::{Code, Diagnostic};
use crate::report::References;
use crate::source::{Span, Spanned};
use crate::units::{Decimal, Period, PeriodKind};

/// What a claim can refer to.
pub(in crate::review) struct Known<'a> {
    pub references: &'a References,
    /// The last period of each kind, for «sinds».
    pub latest: [Period; 2],
}

/// # Errors
/// At the word that does not fit, with what would.
pub(in crate::review) fn read(text: &ClaimText, known: &Known<'_>) -> Result<Claim, Diagnostic> {
    let mut words = text.words.as_slice();
    let quoted = match words.split_last() {
        Some((last, before)) if is_quotation(last) && !matches!(words[0].value.as_str(), "extern" | "kwalitatief") => {
            words = before;
            Some(unquoted(last))
        }
        _ => None,
    };
    let mut reader = Reader { words, at: 0, whole: text.span, known };
    let (statement, own) = reader.statement()?;
    reader.end()?;
    Ok(Claim { statement, quoted: quoted.or(own), span: text.span })
}

struct Reader<'a> {
    words: &'a [Spanned<String>],
    at: usize,
    whole: Span,
    known: &'a Known<'a>,
}

type Read<T> = Result<T, Diagnostic>;

impl Reader<'_> {
    fn statement(&mut self) -> Read<(Statement, Option<Spanned<String>>)> {
        if self.take("extern") {
            let words = self.quotation()?;
            return Ok((Statement::External { sources: self.sources()? }, Some(words)));
        }
        if self.take("kwalitatief") {
            return Ok((Statement::Qualitative, Some(self.quotation()?)));
        }
        let subjects = self.subjects()?;
        Ok((self.about(subjects)?, None))
    }

    fn about(&mut self, subjects: Vec<Subject>) -> Read<Statement> {
        let verb = self.peek().to_owned();
        match verb.as_str() {
            "stijgt" | "stijgen" => self.change(subjects, true),
            "daalt" | "dalen" => self.change(subjects, false),
            "blijft" | "blijven" => self.stable(subjects),
            "schommelt" | "schommelen" => self.fluctuates(subjects),
            "piekt" | "pieken" => self.extreme(subjects, true),
            "bereikt" | "bereiken" => self.extreme(subjects, false),
            ">" => self.order(subjects),
            "is" | "zijn" => self.is(subjects),
            _ => Err(self.expected("stijgt, daalt, blijft stabiel, schommelt, piekt, bereikt een dieptepunt, is of >")),
        }
    }

    fn change(&mut self, subjects: Vec<Subject>, up: bool) -> Read<Statement> {
        self.at += 1;
        if self.take("sterker") {
            return self.stronger(subjects, up, true);
        }
        if self.peek() == "minder" && self.peek_at(1) == "sterk" {
            self.at += 2;
            return self.stronger(subjects, up, false);
        }
        let size = match self.peek() {
            "licht" => Some(Size::Slight),
            "aanzienlijk" | "sterk" | "fors" => Some(Size::Considerable),
            _ => None,
        };
        self.at += usize::from(size.is_some());
        let amount = if self.take("met") { Some(self.amount()?) } else { None };
        let every = self.peek() == "elk" && self.peek_at(1) == "jaar";
        self.at += if every { 2 } else { 0 };
        let over = self.stretch()?;
        Ok(Statement::Change { subjects, up, size, amount, over, every })
    }

    fn stronger(&mut self, subjects: Vec<Subject>, up: bool, more: bool) -> Read<Statement> {
        let a = self.single(subjects)?;
        self.want("dan")?;
        let b = self.subject()?;
        let over = self.stretch()?;
        Ok(Statement::Stronger { a, b, up, more, over })
    }

    fn stable(&mut self, subjects: Vec<Subject>) -> Read<Statement> {
        self.at += 1;
        self.want("stabiel")?;
        let within = self.within()?;
        let over = self.stretch()?;
        Ok(Statement::Stable { subjects, within, over })
    }

    fn fluctuates(&mut self, subjects: Vec<Subject>) -> Read<Statement> {
        self.at += 1;
        let beyond = if self.take("meer") {
            self.want("dan")?;
            Some(self.percentage()?)
        } else {
            None
        };
        let over = self.stretch()?;
        Ok(Statement::Fluctuates { subjects, beyond, over })
    }

    fn extreme(&mut self, subjects: Vec<Subject>, high: bool) -> Read<Statement> {
        self.at += 1;
        if !high {
            self.want("een")?;
            self.want("dieptepunt")?;
        }
        self.want("in")?;
        let at = self.period()?;
        let over = self.stretch()?;
        let over = self.around(at, over)?;
        Ok(Statement::Extreme { subjects, high, at, over })
    }

    /// A stretch in which a period lies.
    fn around(&self, at: Period, over: Stretch) -> Read<Stretch> {
        let over = self.in_order(over)?;
        if at.kind() != over.from.kind() || at < over.from || at > over.to {
            let message = format!("{at} ligt niet tussen {} en {}", over.from, over.to);
            return Err(Diagnostic::error(Code::ClaimSyntax, self.here_before(), message).help("Kijk de periodes na."));
        }
        Ok(over)
    }

    fn order(&mut self, subjects: Vec<Subject>) -> Read<Statement> {
        let mut items = vec![self.single(subjects)?];
        while self.take(">") {
            items.push(self.subject()?);
        }
        Ok(Statement::Order { items, at: self.moment()? })
    }

    /// Everything that begins with «is».
    fn is(&mut self, subjects: Vec<Subject>) -> Read<Statement> {
        self.at += 1;
        if self.take("in") {
            let at = self.period()?;
            return self.is_in(subjects, at);
        }
        if self.take("het") {
            return Err(self.expected_instead("het", "in en een periode, zoals «is in 2024 het hoogst sinds 2018»"));
        }
        let subject = self.single(subjects)?;
        if self.peek() == "de" && self.peek_at(1) != "helft" {
            return self.nth(subject);
        }
        if self.peek() == "ongeveer" && self.peek_at(1) == "gelijk" {
            self.at += 2;
            self.want("aan")?;
            let b = self.subject()?;
            let within = self.within()?;
            return Ok(Statement::Equal { a: subject, b, within, at: self.moment()? });
        }
        let amount = self.amount()?;
        if self.take("keer") || self.take("maal") || self.take("van") {
            let b = self.subject()?;
            return Ok(Statement::Times { a: subject, amount, b, at: self.moment()? });
        }
        Ok(Statement::Is { subject, amount, at: self.moment()? })
    }

    fn is_in(&mut self, subjects: Vec<Subject>, at: Period) -> Read<Statement> {
        if self.take("terug") {
            ["op", "het", "peil", "van"].into_iter().try_for_each(|word| self.want(word))?;
            let level = self.period()?;
            if level.kind() != at.kind() {
                let message = format!("{at} en {level} zijn geen periodes van dezelfde soort");
                return Err(Diagnostic::error(Code::SumPeriods, self.here_before(), message));
            }
            return Ok(Statement::Back { subjects, at, level, within: self.within()? });
        }
        self.want("het")?;
        let high = match self.peek() {
            "hoogst" => true,
            "laagst" => false,
            _ => return Err(self.expected("hoogst of laagst")),
        };
        self.at += 1;
        let over = match self.peek() {
            "van" => self.stretch()?,
            _ => {
                self.want("sinds")?;
                Stretch { from: self.period()?, to: at }
            }
        };
        let over = self.around(at, over)?;
        Ok(Statement::Extreme { subjects, high, at, over })
    }

    fn nth(&mut self, subject: Subject) -> Read<Statement> {
        const PLACES: [&str; 9] = ["tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende"];
        self.at += 1;
        let place = PLACES.iter().position(|word| *word == self.peek()).map(|at| at + 2);
        self.at += usize::from(place.is_some());
        let largest = match self.peek() {
            "grootste" | "hoogste" => true,
            "kleinste" | "laagste" => false,
            _ => return Err(self.expected("grootste of kleinste")),
        };
        self.at += 1;
        self.want("van")?;
        let among = self.subjects()?;
        Ok(Statement::Nth { subject, place: place.unwrap_or(1), largest, among, at: self.moment()? })
    }

    /// `bijna 2%`, `meer dan 25%`, `een vijfde`, `4,2`, `3 procentpunt`
    fn amount(&mut self) -> Read<Amount> {
        let rest: Vec<&str> = self.words[self.at..].iter().map(|word| word.value.as_str()).collect();
        for count in (1..=rest.len().min(6)).rev() {
            // «Keer» asks for what it is that many times of.
            if matches!(rest[count - 1], "keer" | "maal") {
                continue;
            }
            let words = rest[..count].join(" ");
            let points = words.strip_suffix("procentpunt").map(str::trim);
            let Some((nearness, target, percent)) = super::super::numbers::value_of(points.unwrap_or(&words)) else { continue };
            self.at += count;
            return Ok(Amount { nearness, target, percent, points: points.is_some() });
        }
        Err(self.expected("een hoeveelheid, zoals 4,2 of «meer dan 25%»"))
    }

    fn stretch(&mut self) -> Read<Stretch> {
        if self.take("sinds") {
            let from = self.period()?;
            let latest = self.known.latest[usize::from(from.kind() == PeriodKind::Year)];
            return self.in_order(Stretch { from, to: latest });
        }

        self.want("van")?;
        let from = self.period()?;
        if !self.take("naar") && !self.take("tot") {
            return Err(self.expected("naar of tot"));
        }
        let to = self.period()?;
        self.in_order(Stretch { from, to })
    }

    fn in_order(&self, stretch: Stretch) -> Read<Stretch> {
        if stretch.from.kind() != stretch.to.kind() {
            let message = format!("{} en {} zijn geen periodes van dezelfde soort", stretch.from, stretch.to);
            return Err(Diagnostic::error(Code::SumPeriods, self.here_before(), message));
        }
        if stretch.from >= stretch.to {
            let message = format!("{} komt niet vóór {}", stretch.from, stretch.to);
            return Err(Diagnostic::error(Code::ClaimSyntax, self.here_before(), message).help("Noem eerst de vroegste periode."));
        }
        Ok(stretch)
    }

    fn moment(&mut self) -> Read<Option<Period>> {
        if self.take("in") { self.period().map(Some) } else { Ok(None) }
    }

    fn within(&mut self) -> Read<Option<Decimal>> {
        if self.take("binnen") { self.percentage().map(Some) } else { Ok(None) }
    }

    fn percentage(&mut self) -> Read<Decimal> {
        let number = self.peek().strip_suffix('%').and_then(super::super::numbers::decimal);
        let number = number.ok_or_else(|| self.expected("een percentage, zoals 5%"))?;
        self.at += 1;
        Ok(number)
    }

    fn period(&mut self) -> Read<Period> {
        let period = Period::parse(self.peek()).ok_or_else(|| self.expected("een periode, zoals 2024-2025 of 2024"))?;
        self.at += 1;
        Ok(period)
    }

    fn subjects(&mut self) -> Read<Vec<Subject>> {
        let mut subjects = vec![self.subject()?];
        while self.take(",") || self.take("en") {
            subjects.push(self.subject()?);
        }
        Ok(subjects)
    }

    fn subject(&mut self) -> Read<Subject> {
        let Some(word) = self.words.get(self.at) else { return Err(self.expected("een reeks of een cijfer, zoals bednet.leerlingen")) };
        let expression = Expression { source: word.value.clone(), span: word.span, reported: false };
        let reference = self.known.references.read(&expression)?;
        self.at += 1;
        Ok(Subject { reference, words: word.value.clone(), span: word.span })
    }

    fn single(&self, subjects: Vec<Subject>) -> Read<Subject> {
        let mut subjects = subjects.into_iter();
        match (subjects.next(), subjects.next()) {
            (Some(subject), None) => Ok(subject),
            (_, other) => {
                let span = other.map_or(self.whole, |other| other.span);
                Err(Diagnostic::error(Code::ClaimSyntax, span, "deze vorm van bewering gaat over één cijfer")
                    .help("Schrijf twee beweringen."))
            }
        }
    }

    fn quotation(&mut self) -> Read<Spanned<String>> {
        let word = self.words.get(self.at).filter(|word| is_quotation(word));
        let word = word.ok_or_else(|| self.expected("de woorden uit de tekst, tussen aanhalingstekens"))?;
        self.at += 1;
        Ok(unquoted(word))
    }

    fn sources(&mut self) -> Read<Vec<Spanned<String>>> {
        let mut sources = Vec::new();
        while let Some(word) = self.words.get(self.at) {
            let Some(key) = word.value.strip_prefix("[@").and_then(|rest| rest.strip_suffix(']')) else { break };
            sources.push(Spanned::new(key.to_owned(), word.span));
            self.at += 1;
        }
        if sources.is_empty() { Err(self.expected("de bron die het zegt, zoals [@ovsg_2021]")) } else { Ok(sources) }
    }

    fn peek(&self) -> &str {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> &str {
        self.words.get(self.at + ahead).map_or("", |word| word.value.as_str())
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.peek() == word;
        self.at += usize::from(found);
        found
    }

    fn want(&mut self, word: &str) -> Read<()> {
        if self.take(word) { Ok(()) } else { Err(self.expected(&format!("«{word}»"))) }
    }

    fn end(&self) -> Read<()> {
        if self.at == self.words.len() {
            Ok(())
        } else {
            Err(self.expected("niets meer, of de woorden uit de tekst tussen aanhalingstekens"))
        }
    }

    fn here_before(&self) -> Span {
        self.words.get(self.at.saturating_sub(1)).map_or(self.whole, |word| word.span)
    }

    fn expected(&self, what: &str) -> Diagnostic {
        let (found, span) = match self.words.get(self.at) {
            Some(word) => (format!("«{}»", word.value), word.span),
            None => ("het einde".to_owned(), self.here_before()),
        };
        Diagnostic::error(Code::ClaimSyntax, span, format!("in deze bewering staat {found} waar {what} hoort te staan"))
    }

    fn expected_instead(&self, word: &str, what: &str) -> Diagnostic {
        let message = format!("in deze bewering staat «{word}» waar {what} hoort te staan");
        Diagnostic::error(Code::ClaimSyntax, self.here_before(), message)
    }
}

fn is_quotation(word: &Spanned<String>) -> bool {
    word.value.len() > 1 && word.value.starts_with(['"', '\'', '“', '«']) && word.value.ends_with(['"', '\'', '”', '»'])
}

fn unquoted(word: &Spanned<String>) -> Spanned<String> {
    Spanned::new(word.value.trim_matches(['"', '\'', '“', '”', '«', '»']).trim().to_owned(), word.span)
}
