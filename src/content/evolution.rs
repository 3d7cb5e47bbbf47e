//! The page that the program writes on the demand for help and the load on the centres: what an editor says of it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::accounts::{ClaimShape, WaiverShape};
use super::load::Lowering;
use super::model::{Evolution, EvolutionOf};
use crate::source::Spanned;
use crate::yaml::Text;

/// Hoe vraag en taaklast veranderden, van het eerste tot het laatste schooljaar.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvolutionShape {
    pub titel: Text,
    /// Wat de lezer vooraf moet weten.
    pub inleiding: Text,
    /// Eerste schooljaar.
    pub vanaf: Spanned<String>,
    /// Laatste schooljaar; zonder keuze dat van het verslag.
    pub tot: Option<Spanned<String>>,
    /// De indicatoren, elk met de naam die hij op deze bladzijde krijgt.
    pub indicatoren: Vec<EvolutionOfShape>,
    /// Schooljaren die niet waren zoals andere.
    pub bijzonder: Option<UnusualShape>,
    /// Wat deze tekst over de cijfers zegt, voor het nazicht.
    #[serde(default)]
    pub beweringen: Vec<ClaimShape>,
    /// Wat hier niet nagerekend hoeft te worden, met de reden.
    #[serde(default)]
    pub verantwoord: Vec<WaiverShape>,
}

/// Eén indicator van de evolutie.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvolutionOfShape {
    pub indicator: Spanned<String>,
    /// Zonder keuze de titel van de indicator.
    pub naam: Option<Text>,
}

/// Schooljaren die niet waren zoals andere.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnusualShape {
    pub van: Spanned<String>,
    pub tot: Spanned<String>,
    /// In enkele woorden: de coronapandemie.
    pub reden: Spanned<String>,
}

impl Lowering<'_> {
    pub(super) fn evolution(&mut self, shape: EvolutionShape) -> Evolution {
        let unusual = shape.bijzonder.map(|unusual| (self.periods(&unusual.van, Some(&unusual.tot)), Some(unusual.reden.value.clone())));
        let subjects = shape.indicatoren.into_iter();
        Evolution {
            accounts: self.accounts(&shape.beweringen, &shape.verantwoord),
            title: self.line(&shape.titel),
            intro: self.prose(&shape.inleiding),
            periods: self.periods(&shape.vanaf, shape.tot.as_ref()),
            subjects: subjects.map(|one| EvolutionOf { name: self.optional_line(one.naam.as_ref()), indicator: one.indicator }).collect(),
            unusual: unusual.unwrap_or_default(),
        }
    }
}
