//! What the review doubts, and what it is about.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::units::Period;

/// One thing that the review doubts.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    pub code: Code,
    /// One Dutch sentence without a final stop.
    pub message: String,
    /// The arithmetic, in Dutch; empty where nothing was computed.
    pub computed: String,
    /// Instead of the general remedy of the code; empty to keep that.
    pub help: String,
    pub span: Span,
    pub about: About,
}

/// What a finding is about: whoever excuses it names that.
#[derive(Debug, Clone)]
pub(super) enum About {
    /// Words of a passage: its number, and the bytes in its text.
    Words(usize, Range<usize>),
    /// Values of these indicators, of one period or of several.
    Data { indicators: Vec<String>, period: Option<Period> },
    /// Neither can be excused by itself.
    Other,
}

impl Finding {
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), computed: String::new(), help: String::new(), span, about: About::Other }
    }

    /// Of words of a passage.
    pub fn of_words(code: Code, span: Span, passage: usize, range: Range<usize>, message: impl Into<String>) -> Self {
        Self { about: About::Words(passage, range), ..Self::new(code, span, message) }
    }

    /// Of values in the tables.
    pub fn of_data(
        code: Code,
        span: Span,
        indicators: &[&str],
        period: Option<Period>,
        message: impl Into<String>,
        computed: impl Into<String>,
    ) -> Self {
        let indicators = indicators.iter().map(|id| (*id).to_owned()).collect();
        Self { about: About::Data { indicators, period }, computed: computed.into(), ..Self::new(code, span, message) }
    }

    pub fn computed(mut self, computed: impl Into<String>) -> Self {
        self.computed = computed.into();
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    pub fn into_diagnostic(self) -> Diagnostic {
        let diagnostic = Diagnostic { computed: self.computed, ..Diagnostic::error(self.code, self.span, self.message) };
        if self.help.is_empty() { diagnostic } else { diagnostic.help(self.help) }
    }
}
