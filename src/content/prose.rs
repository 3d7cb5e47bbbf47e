//! Prose → a tree: a small part of CommonMark (paragraphs, emphasis, strong, lists, links, footnotes) with placeholders
//! and citations. Everything else is literally text.

use std::ops::Range;

use markdown::mdast::Node;
use markdown::{Constructs, ParseOptions};

use super::lookalike;
use super::mask::{Masked, Piece, Run, is_mask, mask};
use super::model::{Expression, Inline, Line, Prose, ProseBlock, Words};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::limits;
use crate::source::{SourceFile, Span, Spanned};
use crate::yaml::Text;

const DEEPEST: usize = 8;
/// The address of words in another language: `[early school leaving](taal:en)`.
pub(super) const FOREIGN: &str = "taal:";

/// Reads a text of several paragraphs.
pub(super) fn prose(text: &Text, file: &SourceFile, sink: &mut Sink) -> Prose {
    let constructs = Constructs { list_item: true, gfm_footnote_definition: true, gfm_label_start_footnote: true, ..inline_constructs() };
    let blocks = Parser::new(text, file, sink).read(constructs);
    if !limits::is_too_long(&text.value) {
        lookalike::report(text, file, sink);
    }
    Prose { blocks, span: text.span }
}

/// Reads a text of one line: a title, a label, a caption.
pub(super) fn line(text: &Text, file: &SourceFile, sink: &mut Sink) -> Line {
    let blocks = Parser::new(text, file, sink).read(inline_constructs());
    let mut inlines = Vec::new();
    for block in blocks {
        if let ProseBlock::Paragraph { inlines: more, .. } = block {
            if !inlines.is_empty() {
                inlines.push(Inline::Text(Words::new(" ".to_owned(), Vec::new())));
            }
            inlines.extend(more);
        }
    }
    Line { inlines, span: text.span }
}

fn inline_constructs() -> Constructs {
    let nothing = Constructs {
        attention: false,
        autolink: false,
        block_quote: false,
        character_escape: false,
        character_reference: false,
        code_indented: false,
        code_fenced: false,
        code_text: false,
        definition: false,
        hard_break_escape: false,
        hard_break_trailing: false,
        heading_atx: false,
        heading_setext: false,
        html_flow: false,
        html_text: false,
        label_start_image: false,
        label_start_link: false,
        label_end: false,
        list_item: false,
        thematic_break: false,
        ..Constructs::default()
    };
    Constructs { attention: true, label_start_link: true, label_end: true, ..nothing }
}

/// A footnote's label and body.
type Note = (String, Vec<Node>);

struct Parser<'a> {
    text: &'a Text,
    file: &'a SourceFile,
    sink: &'a mut Sink,
    masked: Masked,
    /// With whether a mark refers to it.
    notes: Vec<(Note, bool)>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a Text, file: &'a SourceFile, sink: &'a mut Sink) -> Self {
        let masked = mask(text, file, sink);
        Self { text, file, sink, masked, notes: Vec::new() }
    }

    fn read(mut self, constructs: Constructs) -> Vec<ProseBlock> {
        if limits::is_too_long(&self.text.value) {
            return Vec::new();
        }
        if let Some(range) = too_deep(&self.masked.text) {
            let span = self.text.place(self.file, range);
            self.sink.push(Diagnostic::error(Code::TextTooDeep, span, "deze lijst is te diep genest"));
            return Vec::new();
        }
        let options = ParseOptions { constructs, ..ParseOptions::default() };
        let Ok(Node::Root(root)) = markdown::to_mdast(&self.masked.text, &options) else {
            // CommonMark itself has no syntax errors; only the extensions we leave off do.
            return Vec::new();
        };
        let mut blocks = root.children;
        let mut notes = Vec::new();
        take_notes(&mut blocks, &mut notes);
        self.notes = notes.into_iter().map(|note| (note, false)).collect();
        let blocks = self.blocks(blocks, 1);
        self.report_unused_notes();
        blocks
    }

    fn blocks(&mut self, nodes: Vec<Node>, depth: usize) -> Vec<ProseBlock> {
        nodes.into_iter().filter_map(|node| self.block(node, depth)).collect()
    }

    fn block(&mut self, node: Node, depth: usize) -> Option<ProseBlock> {
        let span = self.span(&node);
        if depth > DEEPEST && matches!(node, Node::List(_)) {
            self.sink.push(Diagnostic::error(Code::TextTooDeep, span, "deze lijst is te diep genest"));
            return None;
        }
        match node {
            Node::Paragraph(paragraph) => Some(ProseBlock::Paragraph { inlines: self.inlines(paragraph.children, depth + 1), span }),
            Node::List(list) => {
                let items = list.children.into_iter().map(|item| self.item(item, depth)).collect();
                Some(ProseBlock::List { ordered: list.ordered, start: list.start.unwrap_or(1), items, span })
            }
            _ => None,
        }
    }

    fn item(&mut self, node: Node, depth: usize) -> Vec<ProseBlock> {
        let children = match node {
            Node::ListItem(item) => item.children,
            other => vec![other],
        };
        self.blocks(children, depth + 1)
    }

    fn inlines(&mut self, nodes: Vec<Node>, depth: usize) -> Vec<Inline> {
        nodes.into_iter().flat_map(|node| self.inline(node, depth)).collect()
    }

    fn inline(&mut self, node: Node, depth: usize) -> Vec<Inline> {
        let span = self.span(&node);
        if depth > DEEPEST + 2 {
            self.sink.push(Diagnostic::error(Code::TextTooDeep, span, "deze nadruk is te diep genest"));
            return Vec::new();
        }
        match node {
            Node::Text(text) => {
                let start = text.position.as_ref().map_or(0, |position| position.start.offset);
                self.runs(&text.value, start, span)
            }
            Node::Emphasis(emphasis) => vec![Inline::Emphasis(self.inlines(emphasis.children, depth + 1))],
            Node::Strong(strong) => vec![Inline::Strong(self.inlines(strong.children, depth + 1))],
            Node::Link(link) if link.url.starts_with(FOREIGN) => self.foreign(&link.url, link.children, span, depth),
            Node::Link(link) => {
                self.check_url(&link.url, span);
                vec![Inline::Link { url: link.url, children: self.inlines(link.children, depth + 1) }]
            }
            Node::FootnoteReference(reference) => self.note(&reference.identifier, span, depth),
            _ => Vec::new(),
        }
    }

    /// The body of a footnote at its mark. A body is used once, so that its number is one number.
    fn note(&mut self, label: &str, span: Span, depth: usize) -> Vec<Inline> {
        let Some(((_, body), used)) = self.notes.iter_mut().find(|((name, _), _)| name == label) else { return Vec::new() };
        if std::mem::replace(used, true) {
            self.sink.push(Diagnostic::error(Code::TextFootnote, span, format!("naar voetnoot «{label}» wordt twee keer verwezen")));
            return Vec::new();
        }
        let body = std::mem::take(body);
        vec![Inline::Note(self.blocks(body, depth + 1))]
    }

    fn report_unused_notes(&mut self) {
        for ((label, body), used) in std::mem::take(&mut self.notes) {
            if !used {
                let span = body.first().map_or(self.text.span, |node| self.span(node));
                self.sink.push(Diagnostic::error(Code::TextFootnote, span, format!("naar voetnoot «{label}» wordt nergens verwezen")));
            }
        }
    }

    /// Plain text with its placeholders and citations put back; `start` is where it begins in the field.
    fn runs(&mut self, text: &str, start: usize, span: Span) -> Vec<Inline> {
        let mut inlines = Vec::new();
        let typed = typed_lines(text, &self.masked.text, start);
        for run in self.masked.unmask(text) {
            match run {
                Run::Plain(plain) => {
                    inlines.push(Inline::Text(self.words(plain, plain.as_ptr() as usize - text.as_ptr() as usize, &typed)))
                }
                Run::Piece(Piece::Placeholder(source), range) => {
                    let span = self.text.place(self.file, range);
                    inlines.push(Inline::Placeholder(Expression { source: source.clone(), span, reported: false }));
                }
                Run::Piece(Piece::Citation(key), range) => {
                    inlines.push(Inline::Cite(Spanned::new(key.clone(), self.text.place(self.file, range))));
                }
            }
        }
        if let Some(label) = undefined_note(text) {
            self.sink.push(Diagnostic::error(Code::TextFootnote, span, format!("voetnoot «{label}» heeft geen tekst")));
        }
        inlines
    }

    /// Plain words that begin at `at` of a text whose lines were typed at those places.
    fn words(&self, plain: &str, at: usize, typed: &[(usize, usize)]) -> Words {
        let of_line = |(index, (start, source)): (usize, &(usize, usize))| {
            let end = typed.get(index + 1).map_or(usize::MAX, |(next, _)| next - 1).min(at + plain.len());
            let begin = (*start).max(at);
            (begin < end).then(|| {
                let from = source + (begin - start);
                (begin - at, self.text.place(self.file, from..from + (end - begin)))
            })
        };
        Words::new(plain.replace('\n', " "), typed.iter().enumerate().filter_map(of_line).collect())
    }

    /// Words in another language, for who hears them read.
    fn foreign(&mut self, url: &str, words: Vec<Node>, span: Span, depth: usize) -> Vec<Inline> {
        let language = url.strip_prefix(FOREIGN).unwrap_or_default().to_owned();
        if url.chars().any(is_mask) {
            self.sink.push(Diagnostic::error(Code::TextLink, span, "een taal kan geen {{ … }} bevatten"));
        } else if words.is_empty() {
            self.sink.push(Diagnostic::error(Code::TextLink, span, "hier staan geen woorden in een andere taal"));
        } else if !(2..=3).contains(&language.len()) || !language.bytes().all(|byte| byte.is_ascii_lowercase()) {
            let diagnostic = Diagnostic::error(Code::TextLink, span, format!("«{language}» is geen taal"));
            self.sink.push(diagnostic.help("Schrijf de code van de taal, bijvoorbeeld [early school leaving](taal:en)."));
        }
        vec![Inline::Foreign { language, children: self.inlines(words, depth + 1) }]
    }

    fn check_url(&mut self, url: &str, span: Span) {
        let allowed = ["https://", "mailto:", "tel:"].iter().any(|scheme| url.len() > scheme.len() && url.starts_with(scheme));
        if !allowed || url.chars().any(|character| is_mask(character) || character.is_whitespace()) {
            let message = if url.chars().any(is_mask) {
                "een adres kan geen {{ … }} bevatten".to_owned()
            } else {
                format!("«{url}» is geen toegestaan adres")
            };
            self.sink.push(Diagnostic::error(Code::TextLink, span, message));
        }
    }

    fn span(&self, node: &Node) -> Span {
        let range: Option<Range<usize>> = node.position().map(|position| position.start.offset..position.end.offset);
        range.map_or(self.text.span, |range| self.text.place(self.file, range))
    }
}

/// For each line of a parsed text: where it begins there, and where it was typed. CommonMark takes the white space away that
/// stands before a line.
fn typed_lines(text: &str, typed: &str, start: usize) -> Vec<(usize, usize)> {
    let (mut lines, mut at, mut source) = (Vec::new(), 0, start);
    for (number, line) in text.split('\n').enumerate() {
        let rest = typed.get(source..).unwrap_or_default();
        // A text that goes on behind an emphasis begins with a space of its own.
        source += if number == 0 { 0 } else { rest.len() - rest.trim_start_matches([' ', '\t']).len() };
        lines.push((at, source));
        at += line.len() + 1;
        let rest = typed.get(source..).unwrap_or_default();
        source += rest.find('\n').map_or(rest.len(), |end| end + 1);
    }
    lines
}

/// The first line that opens more lists at once than a text may nest: CommonMark would take minutes over thousands.
fn too_deep(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let markers = line.split_whitespace().take_while(|word| is_list_marker(word)).count();
        if markers > DEEPEST {
            return Some(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    None
}

fn is_list_marker(word: &str) -> bool {
    matches!(word, "-" | "*" | "+")
        || word.strip_suffix(['.', ')']).is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Takes the bodies of footnotes out of a tree, wherever they were written.
fn take_notes(nodes: &mut Vec<Node>, notes: &mut Vec<Note>) {
    for mut node in std::mem::take(nodes) {
        if let Some(children) = node.children_mut() {
            take_notes(children, notes);
        }
        match node {
            Node::FootnoteDefinition(definition) => notes.push((definition.identifier, definition.children)),
            other => nodes.push(other),
        }
    }
}

/// A mark without a body stays plain text in CommonMark.
fn undefined_note(text: &str) -> Option<&str> {
    let label = text.split_once("[^")?.1.split_once(']')?.0;
    (!label.is_empty() && !label.contains(char::is_whitespace)).then_some(label)
}
