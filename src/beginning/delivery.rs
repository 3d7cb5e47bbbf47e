//! What the data steward is asked to deliver: the rows of the new year, like those that the year before has.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Model;
use crate::content::{BlockKind, Chart, ChartData, Expression, Inline, Line};
use crate::data::{Breakdown, Observation, Published};
use crate::report;
use crate::units::{Notation, Period};

/// A row that the new edition needs.
struct Row {
    indicator: String,
    measure: String,
    period: Period,
    base: Option<Period>,
    breakdown: Breakdown,
    /// As it was a year before.
    before: String,
    source: String,
}

/// The list in Markdown, and how many rows it asks for.
pub(super) fn list(model: &Model<'_>) -> (String, usize) {
    let (rows, of_others) = (&model.data.observations.rows, &model.data.published);
    let has = |asked: &Row| rows.iter().any(|row| observed(row, model).is_like(asked, row.period));
    let counted = rows.iter().filter(|row| is_of_year(row.period, model)).map(|row| observed(row, model));
    let counted: Vec<Row> = counted.filter(|row| !has(row)).collect();
    let printed: Vec<Row> = of_others.iter().filter(|row| is_of_year(row.period, model)).map(|row| published(row, model)).collect();
    let unknown = unknown(model);
    let mut text = format!(
        "# Te leveren voor {new}\n\n\
         De editie {new} begint met de cijfers van {old}. Wat nog ontbreekt, zijn de rijen van het nieuwe jaar. Elke rij die er in {old}\n\
         was, staat hieronder met het cijfer van toen. Voeg de nieuwe rijen toe aan de tabellen in deze map, met hun bron in\n\
         bronnen.yaml. Is er dit jaar geen aantal, schrijf dan in waarnemingen.csv een rij zonder waarde met status `ontbreekt` en een\n\
         noot die zegt waarom: zo verdwijnt geen reeks zonder woord. Wat niemand meer publiceert, komt niet in gepubliceerd.csv: zeg\n\
         het aan de redactie. Verzegel daarna met «jaarverslag data seal {new}».\n",
        new = model.new_year,
        old = model.old_year,
    );
    section(&mut text, "waarnemingen.csv", &counted);
    section(&mut text, "gepubliceerd.csv", &printed);
    if !unknown.is_empty() {
        text.push_str("\n## Reeksen die een grafiek of tabel vraagt en waarvan het vorige verslag geen cijfer had\n\n");
        for (reference, title) in &unknown {
            let _ = writeln!(text, "- [ ] `{reference}`, voor «{title}»");
        }
    }
    (text, counted.len() + printed.len() + unknown.len())
}

impl Row {
    /// Whether a row of this period is the one that is asked for.
    fn is_like(&self, asked: &Self, period: Period) -> bool {
        period == asked.period && (&self.indicator, &self.measure, &self.breakdown) == (&asked.indicator, &asked.measure, &asked.breakdown)
    }
}

/// The year of the report, the calendar years that it touches, or months in these.
fn is_of_year(period: Period, model: &Model<'_>) -> bool {
    let first = model.old_year.first_year();
    match period {
        Period::SchoolYear(year) => year == model.old_year,
        Period::Year(year) => (first..=first + 1).contains(&year),
        Period::Months(from, _) => (first, 9) <= (from.year, from.month) && (from.year, from.month) < (first + 1, 9),
    }
}

fn observed(row: &Observation, model: &Model<'_>) -> Row {
    Row {
        indicator: row.indicator.clone(),
        measure: row.measure.clone(),
        period: model.moved(row.period),
        base: None,
        breakdown: row.breakdown.clone(),
        before: row.value.map(|value| Notation::default().write(value)).unwrap_or_else(|| "geen".to_owned()),
        source: row.source.clone(),
    }
}

fn published(row: &Published, model: &Model<'_>) -> Row {
    Row {
        indicator: row.indicator.clone(),
        measure: row.measure.name().to_owned(),
        period: model.moved(row.period),
        // What was a year's growth is one again; a growth since long ago keeps its beginning.
        base: row.base.map(|base| if base.next() == row.period { model.moved(base) } else { base }),
        breakdown: row.breakdown.clone(),
        before: if row.printed.is_empty() { row.value.map(|value| value.to_string()).unwrap_or_default() } else { row.printed.clone() },
        source: row.source.clone(),
    }
}

/// One table of rows, by indicator in the order of the file.
fn section(text: &mut String, file: &str, rows: &[Row]) {
    if rows.is_empty() {
        return;
    }
    let _ = write!(
        text,
        "\n## {file}\n\n| klaar | indicator | maat | periode | uitsplitsing | een jaar eerder | bron toen |\n|---|---|---|---|---|---|---|\n"
    );
    for row in rows {
        let breakdown: Vec<String> = row.breakdown.narrowed().into_iter().map(|(name, value)| format!("{name} {value}")).collect();
        let breakdown = if breakdown.is_empty() { "alle".to_owned() } else { breakdown.join(", ") };
        let base = row.base.map(|base| format!(" (sinds {base})")).unwrap_or_default();
        let _ = writeln!(
            text,
            "| ☐ | {} | {} | {}{base} | {breakdown} | {} | {} |",
            row.indicator, row.measure, row.period, row.before, row.source
        );
    }
}

/// Series that a chart or table asks over the years and that have no figure of the report's own year: as the editor wrote
/// them, with the title of the chart.
fn unknown(model: &Model<'_>) -> BTreeSet<(String, String)> {
    let blocks = model.content.chapters.iter().flat_map(|chapter| &chapter.sections).flat_map(|section| &section.blocks);
    let blocks = blocks.chain(&model.content.notes.blocks);
    let asked = blocks.flat_map(|block| match &block.kind {
        BlockKind::Chart(Chart { data: ChartData::OverTime { series, periods }, title, .. }) if reaches_year(periods, model) => {
            series.iter().map(|one| (&one.series, title)).collect()
        }
        BlockKind::Table(table) if reaches_year(&table.periods, model) => table.series.iter().map(|one| (one, &table.title)).collect(),
        _ => Vec::new(),
    });
    let is_unknown = |expression: &Expression| {
        let reference = report::look_up(model.figures, &expression.source);
        reference.is_ok_and(|reference| model.figures.resolve(&reference).is_err())
    };
    asked.filter(|(expression, _)| is_unknown(expression)).map(|(expression, title)| (expression.source.clone(), words(title))).collect()
}

fn reaches_year(periods: &[Period], model: &Model<'_>) -> bool {
    periods.contains(&Period::SchoolYear(model.old_year))
}

/// A title as it was written, without what a placeholder would add.
fn words(line: &Line) -> String {
    let text = |inline: &Inline| match inline {
        Inline::Text(words) => words.text.clone(),
        _ => "…".to_owned(),
    };
    line.inlines.iter().map(text).collect::<String>().trim().to_owned()
}
