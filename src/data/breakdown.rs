//! Of whom a value is: the dimensions of both tables.

/// Of whom a value is: a value of everyone has `alle` five times.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Breakdown {
    pub net: String,
    pub centre: String,
    pub segment: String,
    /// Type of special education.
    pub kind: String,
    pub category: String,
}

impl Default for Breakdown {
    fn default() -> Self {
        let all = || "alle".to_owned();
        Self { net: all(), centre: all(), segment: all(), kind: all(), category: all() }
    }
}

impl Breakdown {
    /// The dimensions that are not `alle`, with their Dutch names.
    pub fn narrowed(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("net", &self.net),
            ("centrum", &self.centre),
            ("segment", &self.segment),
            ("type", &self.kind),
            ("categorie", &self.category),
        ];
        all.into_iter().filter(|(_, value)| *value != "alle").map(|(name, value)| (name, value.as_str())).collect()
    }
}
