//! A strict CSV table with the place of every field. What Excel makes of a CSV is recognised and refused, never half-read.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Sink, closest};
use crate::limits;
use crate::project::Project;
use crate::source::{SourceFile, Span, Spanned};

/// One row: its fields in the order of the columns asked for.
pub(super) struct Row<'a> {
    pub fields: Vec<Spanned<String>>,
    pub span: Span,
    pub line: usize,
    columns: &'a [&'a str],
}

impl Row<'_> {
    /// The field of a column; columns are checked to be there.
    pub fn field(&self, column: &str) -> &Spanned<String> {
        let at = self.columns.iter().position(|name| *name == column).unwrap_or_default();
        &self.fields[at]
    }

    pub fn optional(&self, column: &str) -> Option<&Spanned<String>> {
        Some(self.field(column)).filter(|field| !field.is_empty())
    }
}

/// Reads a table with exactly these columns, in any order. Faults go to the sink; `None` where no row can be trusted.
pub(super) fn read<'a>(project: &Project, path: &str, columns: &'a [&'a str], sink: &mut Sink) -> Option<Vec<Row<'a>>> {
    let file = project.read_into(path, sink)?;
    if let Some(diagnostic) = excel_habits(&file) {
        sink.push(diagnostic);
        return None;
    }
    let mut records = records(&file).into_iter();
    let Some((_, header)) = records.next() else {
        sink.push(Diagnostic::error(Code::DataColumns, Span::start_of(file.id), format!("{path} is leeg; de kopregel ontbreekt")));
        return None;
    };
    let order = column_order(&file, &header, columns, sink)?;
    let rows: Vec<(usize, Vec<Spanned<String>>)> = records.collect();
    let last_filled = rows.iter().rposition(|(_, fields)| !is_blank(fields)).map_or(0, |at| at + 1);
    let mut table = Vec::with_capacity(rows.len());
    for (index, (line, fields)) in rows.into_iter().enumerate() {
        table.extend(row(&file, line, fields, &order, columns, index >= last_filled, sink));
    }
    Some(table)
}

fn row<'a>(
    file: &SourceFile,
    line: usize,
    mut fields: Vec<Spanned<String>>,
    order: &[usize],
    columns: &'a [&'a str],
    trailing: bool,
    sink: &mut Sink,
) -> Option<Row<'a>> {
    let range = file.line_range(line);
    let span = Span::new(file.id, range.start, range.start + file.line_text(line).len());
    if is_blank(&fields) {
        let place = if trailing { "onderaan" } else { "midden in de tabel" };
        sink.push(
            Diagnostic::error(Code::DataExcel, span, format!("een lege rij {place}")).help("Verwijder de lege rijen en bewaar opnieuw."),
        );
        return None;
    }
    if fields.len() != columns.len() {
        sink.push(Diagnostic::error(
            Code::DataRowLength,
            span,
            format!("deze rij telt {} velden in plaats van {}", fields.len(), columns.len()),
        ));
        return None;
    }
    if let Some(field) = fields.iter().find(|field| field.contains('\n')) {
        let diagnostic = Diagnostic::error(Code::DataRowLength, field.span, "dit veld loopt over meer dan één regel");
        sink.push(diagnostic.help("Sluit het aanhalingsteken op dezelfde regel, of verdubbel een aanhalingsteken in de tekst."));
        return None;
    }
    fields.iter().for_each(|field| check_field(file, field, sink));
    let fields = order.iter().map(|at| std::mem::replace(&mut fields[*at], Spanned::new(String::new(), span))).collect();
    Some(Row { fields, span, line, columns })
}

/// What would be read as something else than was meant: text behind a closing quote, spaces around a word.
fn check_field(file: &SourceFile, field: &Spanned<String>, sink: &mut Sink) {
    limits::check(field, field.span, sink);
    let typed = &file.text[field.span.range()];
    let quotes = typed.bytes().filter(|byte| *byte == b'"').count();
    if typed.starts_with('"') && (!typed.ends_with('"') || quotes % 2 != 0 || typed.len() != field.len() + 2 + field.matches('"').count()) {
        let diagnostic = Diagnostic::error(Code::DataRowLength, field.span, "na het sluitende aanhalingsteken staat nog tekst");
        sink.push(diagnostic.help("Zet de hele waarde tussen aanhalingstekens en verdubbel een aanhalingsteken in de tekst."));
    }
    if field.trim().len() != field.len() {
        let diagnostic = Diagnostic::error(Code::DataRowLength, field.span, format!("«{}» begint of eindigt met een spatie", field.value));
        sink.push(diagnostic.help("Verwijder de spatie."));
    }
}

fn is_blank(fields: &[Spanned<String>]) -> bool {
    fields.iter().all(|field| field.trim().is_empty())
}

/// What gives Excel away before a single field is read.
fn excel_habits(file: &SourceFile) -> Option<Diagnostic> {
    let header = file.line_text(1);
    let span = Span::new(file.id, 0, header.len());
    if header.to_lowercase().starts_with("sep=") {
        let diagnostic = Diagnostic::error(Code::DataExcel, span, "de eerste regel is «sep=», een aanwijzing voor Excel");
        return Some(diagnostic.help("Verwijder de eerste regel en zorg dat komma’s de velden scheiden."));
    }
    let separator = [(';', "puntkomma’s"), ('\t', "tabs")].into_iter().find(|(c, _)| header.contains(*c) && !header.contains(','));
    separator.map(|(_, name)| {
        Diagnostic::error(Code::DataExcel, span, format!("de kolommen zijn gescheiden door {name} in plaats van komma’s"))
            .help("Bewaar met LibreOffice Calc als CSV met veldscheiding komma en een punt als decimaalteken. De handleiding zegt hoe het met Excel kan.")
    })
}

/// Every record with its line and the place of its fields.
fn records(file: &Arc<SourceFile>) -> Vec<(usize, Vec<Spanned<String>>)> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file.text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut records = Vec::new();
    // The text is UTF-8 and lengths may differ, so reading has no way left to fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let position = record.position().map_or((0, 1), |position| (position.byte() as usize, position.line() as usize));
        // The position is that of the end of the record before, when empty lines stand between.
        let start = position.0 + file.text[position.0..].len() - file.text[position.0..].trim_start_matches(['\n', '\r']).len();
        let line = file.position(start).0;
        let places = field_places(&file.text[start..]);
        let fields = record
            .iter()
            .zip(places)
            .map(|(text, place)| Spanned::new(text.to_owned(), Span::new(file.id, start + place.start, start + place.end)));
        records.push((line, fields.collect()));
    }
    records
}

/// The byte ranges of the fields of the record at the start of a text.
fn field_places(text: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            // A quote means something only at the edge of a field; inside an unquoted one it is a character.
            b'"' if quoted || at == start => quoted = !quoted,
            b',' if !quoted => {
                places.push(start..at);
                start = at + 1;
            }
            b'\n' | b'\r' if !quoted => {
                places.push(start..at);
                return places;
            }
            _ => {}
        }
    }
    places.push(start..text.len());
    places
}

/// For each column asked for, where it stands in the file.
fn column_order(file: &SourceFile, header: &[Spanned<String>], columns: &[&str], sink: &mut Sink) -> Option<Vec<usize>> {
    let whole = Span::new(file.id, 0, file.line_text(1).len());
    let mut good = true;
    let mut fault = |span: Span, message: String, help: Option<String>| {
        good = false;
        let diagnostic = Diagnostic::error(Code::DataColumns, span, message);
        sink.push(match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
    };
    for (index, name) in header.iter().enumerate() {
        if header[..index].iter().any(|earlier| earlier.value == name.value) {
            fault(name.span, format!("de kolom «{}» staat er twee keer", name.value), None);
        } else if !columns.contains(&name.value.as_str()) {
            let help = closest(name, columns.iter().copied()).map(|known| format!("Bedoelde u «{known}»?"));
            fault(name.span, format!("de kolom «{}» bestaat niet", name.value), help);
        }
    }
    for column in columns {
        if !header.iter().any(|name| name.value == *column) {
            fault(whole, format!("de kolom «{column}» ontbreekt"), Some(format!("De kopregel is: {}", columns.join(","))));
        }
    }
    good.then(|| columns.iter().filter_map(|column| header.iter().position(|name| name.value == *column)).collect())
}
