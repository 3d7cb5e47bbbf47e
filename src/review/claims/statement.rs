//! What a claim says.

use crate::figures::Reference;
use crate::source::{Span, Spanned};
use crate::units::{Decimal, Nearness, Period, Target};

/// One claim, as far as it could be read.
#[derive(Debug, Clone)]
pub(in crate::review) struct Claim {
    pub statement: Statement,
    /// The words of the text that it is about, where it quotes them.
    pub quoted: Option<Spanned<String>>,
    pub span: Span,
}

/// A series or a figure, as it was written.
#[derive(Debug, Clone)]
pub(in crate::review) struct Subject {
    pub reference: Reference,
    pub words: String,
    pub span: Span,
}

/// How large, in words or in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::review) struct Amount {
    pub nearness: Option<Nearness>,
    pub target: Target,
    pub percent: bool,
    /// Of a change of percentages: in percentage points.
    pub points: bool,
}

/// The periods that a statement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::review) struct Stretch {
    pub from: Period,
    pub to: Period,
}

/// How large a change is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::review) enum Size {
    Slight,
    Considerable,
}

#[derive(Debug, Clone)]
pub(in crate::review) enum Statement {
    /// Up or down, between the ends or in every year.
    Change {
        subjects: Vec<Subject>,
        up: bool,
        size: Option<Size>,
        amount: Option<Amount>,
        over: Stretch,
        every: bool,
    },
    /// Within so many percent of its middle.
    Stable {
        subjects: Vec<Subject>,
        within: Option<Decimal>,
        over: Stretch,
    },
    /// Up and down, over more than so many percent of its middle.
    Fluctuates {
        subjects: Vec<Subject>,
        beyond: Option<Decimal>,
        over: Stretch,
    },
    /// The highest or lowest of all known values over the periods.
    Extreme {
        subjects: Vec<Subject>,
        high: bool,
        at: Period,
        over: Stretch,
    },
    /// About what it was.
    Back {
        subjects: Vec<Subject>,
        at: Period,
        level: Period,
        within: Option<Decimal>,
    },
    /// From high to low.
    Order {
        items: Vec<Subject>,
        at: Option<Period>,
    },
    /// The n-th of several.
    Nth {
        subject: Subject,
        place: usize,
        largest: bool,
        among: Vec<Subject>,
        at: Option<Period>,
    },
    Equal {
        a: Subject,
        b: Subject,
        within: Option<Decimal>,
        at: Option<Period>,
    },
    Times {
        a: Subject,
        amount: Amount,
        b: Subject,
        at: Option<Period>,
    },
    Is {
        subject: Subject,
        amount: Amount,
        at: Option<Period>,
    },
    /// Changes more, or less, than another does.
    Stronger {
        a: Subject,
        b: Subject,
        up: bool,
        more: bool,
        over: Stretch,
    },
    /// Somebody else says so.
    External {
        sources: Vec<Spanned<String>>,
    },
    /// No figure says so.
    Qualitative,
}

/// What sort of statement words make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::review) enum Class {
    Rise,
    Fall,
    Stable,
    Fluctuation,
    Peak,
    Low,
    Back,
    RankHigh,
    RankLow,
    Equal,
    Multiple,
    More,
    Less,
}

impl Class {
    pub const NAMES: [(&'static str, Self); 13] = [
        ("stijging", Self::Rise),
        ("daling", Self::Fall),
        ("stabiel", Self::Stable),
        ("schommeling", Self::Fluctuation),
        ("piek", Self::Peak),
        ("dieptepunt", Self::Low),
        ("terug", Self::Back),
        ("rang-hoog", Self::RankHigh),
        ("rang-laag", Self::RankLow),
        ("gelijk", Self::Equal),
        ("veelvoud", Self::Multiple),
        ("vergelijking-meer", Self::More),
        ("vergelijking-minder", Self::Less),
    ];

    pub fn of_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, class)| *class)
    }

    /// For who has to claim what such words say.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Rise => "een stijging",
            Self::Fall => "een daling",
            Self::Stable => "iets dat gelijk bleef",
            Self::Fluctuation => "een schommeling",
            Self::Peak => "een hoogtepunt",
            Self::Low => "een dieptepunt",
            Self::Back => "een terugkeer",
            Self::RankHigh => "een plaats vooraan",
            Self::RankLow => "een plaats achteraan",
            Self::Equal => "iets dat even groot is",
            Self::Multiple => "een veelvoud",
            Self::More => "meer dan iets anders",
            Self::Less => "minder dan iets anders",
        }
    }

    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, class)| *class == self).map_or("", |(name, _)| name)
    }

    /// Whether words of this class say which way a figure went.
    pub fn is_direction(self) -> bool {
        matches!(self, Self::Rise | Self::Fall | Self::More | Self::Less)
    }
}

impl Statement {
    /// The words that it accounts for. What is denied is accounted for by what stayed, or went the other way.
    pub fn covers(&self, class: Class, is_denied: bool) -> bool {
        use Class::*;
        if is_denied {
            return self.covers_denied(class);
        }
        match self {
            Self::Change { up: true, .. } => matches!(class, Rise | More | Multiple),
            Self::Change { up: false, .. } => matches!(class, Fall | Less | Multiple),
            Self::Stronger { up, .. } => matches!(class, More | Less | RankHigh | RankLow) || class == if *up { Rise } else { Fall },
            Self::Stable { .. } => matches!(class, Stable | Equal | Back),
            Self::Fluctuates { .. } => class == Fluctuation,
            Self::Extreme { high: true, .. } => matches!(class, Peak | RankHigh),
            Self::Extreme { high: false, .. } => matches!(class, Low | RankLow),
            Self::Back { .. } => matches!(class, Back | Stable | Equal),
            Self::Order { .. } | Self::Nth { .. } => matches!(class, RankHigh | RankLow | Peak | Low | More | Less),
            Self::Equal { .. } => matches!(class, Equal | Stable),
            Self::Times { .. } => matches!(class, Multiple | More | Less),
            Self::Is { .. } => matches!(class, Multiple | More | Less),
            Self::External { .. } | Self::Qualitative => true,
        }
    }

    fn covers_denied(&self, class: Class) -> bool {
        use Class::*;
        let keeps = matches!(self, Self::Stable { .. } | Self::Back { .. } | Self::Equal { .. });
        let moves = matches!(self, Self::Change { .. } | Self::Fluctuates { .. } | Self::Stronger { .. });
        let ranks = matches!(self, Self::Order { .. } | Self::Nth { .. } | Self::Extreme { .. });
        match (class, self) {
            (Rise | More, Self::Change { up, .. }) => !up,
            (Fall | Less, Self::Change { up, .. }) => *up,
            (Rise | Fall | More | Less, _) if keeps || matches!(self, Self::Fluctuates { .. }) => true,
            (Stable | Equal | Back, _) if moves || matches!(self, Self::Times { .. } | Self::Is { .. }) => true,
            (Fluctuation, _) if keeps => true,
            (Peak | Low | RankHigh | RankLow, _) if ranks => true,
            (Multiple, Self::Times { .. } | Self::Is { .. }) => true,
            _ => !self.is_computed(),
        }
    }

    /// Whether it says the opposite of words of this class.
    pub fn contradicts(&self, class: Class, is_denied: bool) -> bool {
        match self {
            Self::Change { up: true, .. } => matches!(class, Class::Fall | Class::Less) != is_denied && class.is_direction(),
            Self::Change { up: false, .. } => matches!(class, Class::Rise | Class::More) != is_denied && class.is_direction(),
            _ => false,
        }
    }

    /// How much it says, where it says a number.
    pub fn amount(&self) -> Option<&Amount> {
        match self {
            Self::Change { amount, .. } => amount.as_ref(),
            Self::Times { amount, .. } | Self::Is { amount, .. } => Some(amount),
            _ => None,
        }
    }

    pub fn subjects(&self) -> Vec<&Subject> {
        match self {
            Self::Change { subjects, .. }
            | Self::Stable { subjects, .. }
            | Self::Fluctuates { subjects, .. }
            | Self::Extreme { subjects, .. }
            | Self::Back { subjects, .. } => subjects.iter().collect(),
            Self::Order { items, .. } => items.iter().collect(),
            Self::Nth { subject, among, .. } => std::iter::once(subject).chain(among).collect(),
            Self::Equal { a, b, .. } | Self::Times { a, b, .. } | Self::Stronger { a, b, .. } => vec![a, b],
            Self::Is { subject, .. } => vec![subject],
            Self::External { .. } | Self::Qualitative => Vec::new(),
        }
    }

    /// The periods between which it says that something changed or did not.
    pub fn over(&self) -> Option<(Period, Period)> {
        match self {
            Self::Change { over, .. }
            | Self::Stable { over, .. }
            | Self::Fluctuates { over, .. }
            | Self::Extreme { over, .. }
            | Self::Stronger { over, .. } => Some((over.from, over.to)),
            Self::Back { at, level, .. } => Some((*level, *at)),
            _ => None,
        }
    }

    /// Every period that it compares of an indicator: those that it names itself, and those of the figure that it names.
    pub fn periods_of(&self, subject: &Subject) -> Vec<Period> {
        let moment = match self {
            Self::Order { at, .. } | Self::Nth { at, .. } | Self::Equal { at, .. } | Self::Times { at, .. } | Self::Is { at, .. } => *at,
            _ => None,
        };
        let over = self.over().into_iter().flat_map(|(from, to)| [from, to]);
        let changed = subject.reference.change.into_iter().flat_map(|change| <[Period; 2]>::from(change.periods()));
        over.chain(moment).chain(subject.reference.period).chain(changed).collect()
    }

    /// Whether a figure stands behind it.
    pub fn is_computed(&self) -> bool {
        !matches!(self, Self::External { .. } | Self::Qualitative)
    }
}
