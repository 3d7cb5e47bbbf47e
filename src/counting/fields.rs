//! The columns of registrations and what they may hold.

/// The columns that every file of registrations has; the first is the pupil.
pub const REQUIRED: [&str; 7] = ["leerling", "datum", "centrum", "net", "segment", "onderwerp", "functie"];

/// The key of a row.
pub const ROW_KEY: &str = "registratie";

/// Of whom the row is; without it, of a pupil.
pub const CLIENT: &str = "client";

/// The only client that counts.
pub const PUPIL: &str = "leerling";

/// How the centres of made-up registrations are called: whoever keeps these as another kind of file keeps this.
pub const MADE_UP_CENTRE: &str = "verzonnen-";

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    Date,
}

impl Kind {
    /// Whether a column of this kind can be read as what its name says.
    pub fn suits(self, column: &str) -> bool {
        match column {
            "leerling" | ROW_KEY => self != Kind::Date,
            "datum" => self != Kind::Number,
            _ => self == Kind::Text,
        }
    }

    /// What a column must be, in Dutch.
    pub fn wanted(column: &str) -> &'static str {
        match column {
            "leerling" | ROW_KEY => "tekst of een geheel getal",
            "datum" => "een datum",
            _ => "tekst",
        }
    }
}
