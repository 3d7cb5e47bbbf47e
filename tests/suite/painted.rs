//! What the content of a page paints: where each piece of text stands, and how each piece is marked for who does not see it.

use std::collections::BTreeMap;

use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Number, Object};
use hayro_syntax::page::Page;

/// A rectangle on the page, in points from its lower left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    pub left: f64,
    pub right: f64,
    pub bottom: f64,
    pub top: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// Part of the report, to be found in the tag tree under this number.
    Content(i32),
    /// Not part of it, with its type and subtype: `Pagination/Header`.
    Artifact(String),
}

/// One operator that leaves something on the page.
#[derive(Debug)]
pub struct Painted {
    /// The marked content around it, from the outside in. One mark is as it should be.
    pub marks: Vec<Mark>,
    pub language: Option<String>,
    /// For text only.
    pub words: Option<Words>,
}

#[derive(Debug)]
pub struct Words {
    pub frame: Frame,
    pub letters: usize,
}

impl Painted {
    pub fn is_content(&self, number: i32) -> bool {
        self.marks.contains(&Mark::Content(number))
    }

    pub fn artifact(&self) -> Option<&str> {
        self.marks.iter().find_map(|mark| if let Mark::Artifact(kind) = mark { Some(kind.as_str()) } else { None })
    }
}

/// Everything painted on a page, in order, and the numbers of all its marked content.
pub fn read(page: &Page<'_>) -> (Vec<Painted>, Vec<i32>) {
    let mut pen = Pen { page, fonts: BTreeMap::new(), now: State::default(), saved: Vec::new(), text: UNMOVED, open: Vec::new() };
    let (mut painted, mut numbers) = (Vec::new(), Vec::new());
    let mut operators = page.typed_operations();
    while let Some(operator) = operators.next() {
        let words = pen.follow(&operator);
        if words.is_some() || leaves_a_trace(&operator) {
            painted.push(pen.paint(words));
        }
        if let (TypedInstruction::BeginMarkedContentWithProperties(_), Some(Open { mark: Some(Mark::Content(number)), .. })) =
            (&operator, pen.open.last())
        {
            numbers.push(*number);
        }
    }
    assert!(pen.open.is_empty(), "marked content is left open at the end of a page");
    (painted, numbers)
}

/// Whether an operator other than one of text paints.
fn leaves_a_trace(operator: &TypedInstruction<'_, '_>) -> bool {
    use TypedInstruction::*;
    matches!(
        operator,
        StrokePath(_)
            | CloseAndStrokePath(_)
            | FillPathNonZero(_)
            | FillPathNonZeroCompatibility(_)
            | FillPathEvenOdd(_)
            | FillAndStrokeNonZero(_)
            | FillAndStrokeEvenOdd(_)
            | CloseFillAndStrokeNonZero(_)
            | CloseFillAndStrokeEvenOdd(_)
            | Shading(_)
            | XObject(_)
            | InlineImage(_)
    )
}

type Matrix = [f64; 6];
const UNMOVED: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// The matrix that does `first` and then `second`.
fn then(first: Matrix, second: Matrix) -> Matrix {
    let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (first, second);
    [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l]
}

fn point(matrix: Matrix, x: f64, y: f64) -> (f64, f64) {
    let [a, b, c, d, e, f] = matrix;
    (a * x + c * y + e, b * x + d * y + f)
}

#[derive(Clone)]
struct State {
    page: Matrix,
    font: String,
    size: f64,
}

impl Default for State {
    fn default() -> Self {
        Self { page: UNMOVED, font: String::new(), size: 0.0 }
    }
}

/// Marked content that has begun; without a mark where it says nothing but, say, the words to read.
struct Open {
    mark: Option<Mark>,
    language: Option<String>,
}

struct Pen<'p, 'a> {
    page: &'p Page<'a>,
    fonts: BTreeMap<String, BTreeMap<u16, f64>>,
    now: State,
    saved: Vec<State>,
    text: Matrix,
    open: Vec<Open>,
}

impl Pen<'_, '_> {
    /// # Panics
    /// At an operator that moves text and that Typst does not write: the positions would be wrong without a word.
    fn follow(&mut self, operator: &TypedInstruction<'_, '_>) -> Option<Words> {
        use TypedInstruction::*;
        match operator {
            SaveState(_) => self.saved.push(self.now.clone()),
            RestoreState(_) => self.now = self.saved.pop().expect("every Q has its q"),
            Transform(by) => self.now.page = then(numbers([by.0, by.1, by.2, by.3, by.4, by.5]), self.now.page),
            BeginText(_) => self.text = UNMOVED,
            SetTextMatrix(to) => self.text = numbers([to.0, to.1, to.2, to.3, to.4, to.5]),
            TextFont(font) => (self.now.font, self.now.size) = (font.0.as_str().to_owned(), font.1.as_f64()),
            ShowText(text) => return Some(self.show(&[Piece::Letters(text.0.as_bytes().to_vec())])),
            ShowTexts(texts) => return Some(self.show(&pieces(texts.0))),
            BeginMarkedContent(content) => self.open.push(open(content.0.as_str(), None)),
            BeginMarkedContentWithProperties(content) => self.open.push(open(content.0.as_str(), Some(content.1))),
            EndMarkedContent(_) => drop(self.open.pop().expect("every EMC has its BDC")),
            NextLine(_)
            | NextLineAndSetLeading(_)
            | NextLineUsingLeading(_)
            | NextLineAndShowText(_)
            | ShowTextWithParameters(_)
            | CharacterSpacing(_)
            | WordSpacing(_)
            | HorizontalScaling(_)
            | TextRise(_) => panic!("an operator not yet read here"),
            _ => {}
        }
        None
    }

    fn show(&mut self, pieces: &[Piece]) -> Words {
        let size = self.now.size;
        let width = self.width(pieces) / 1000.0 * size;
        let letters = pieces.iter().map(|piece| if let Piece::Letters(bytes) = piece { codes(bytes).count() } else { 0 }).sum();
        let place = then(self.text, self.now.page);
        self.text = then([1.0, 0.0, 0.0, 1.0, width, 0.0], self.text);
        // The house style counts on capitals of 0,8 em; the true height of a letter does not matter here.
        Words { frame: around([point(place, 0.0, 0.0), point(place, width, 0.8 * size)]), letters }
    }

    /// In thousandths of the size of the type.
    fn width(&mut self, pieces: &[Piece]) -> f64 {
        let widths = self.fonts.entry(self.now.font.clone()).or_insert_with(|| widths_in(self.page, &self.now.font));
        let advance = |piece: &Piece| match piece {
            Piece::Letters(bytes) => codes(bytes).filter_map(|code| widths.get(&code)).sum(),
            Piece::Closer(by) => -by,
        };
        pieces.iter().map(advance).sum()
    }

    fn paint(&self, words: Option<Words>) -> Painted {
        let marks = self.open.iter().filter_map(|open| open.mark.clone()).collect();
        Painted { marks, language: self.open.iter().rev().find_map(|open| open.language.clone()), words }
    }
}

enum Piece {
    Letters(Vec<u8>),
    /// Thousandths of the size by which the next letter moves back.
    Closer(f64),
}

fn pieces(texts: &Array<'_>) -> Vec<Piece> {
    let piece = |object: Object<'_>| match object {
        Object::String(text) => Some(Piece::Letters(text.as_bytes().to_vec())),
        Object::Number(by) => Some(Piece::Closer(by.as_f64())),
        _ => None,
    };
    texts.iter::<Object<'_>>().filter_map(piece).collect()
}

/// Typst writes every letter as two bytes.
fn codes(bytes: &[u8]) -> impl Iterator<Item = u16> {
    bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
}

fn numbers(of: [Number; 6]) -> Matrix {
    of.map(|number| number.as_f64())
}

fn around(corners: [(f64, f64); 2]) -> Frame {
    let [(x, y), (u, v)] = corners;
    Frame { left: x.min(u), right: x.max(u), bottom: y.min(v), top: y.max(v) }
}

fn open(name: &str, properties: Option<&Object<'_>>) -> Open {
    let properties = properties.map(|object| object.clone().into_dict().expect("the properties stand in the content itself"));
    let properties = properties.as_ref();
    let text = |key: &str| properties.and_then(|dict| dict.get::<Object<'_>>(key)).and_then(text_of);
    let number = properties.and_then(|dict| dict.get::<Number>("MCID")).map(|number| number.as_i64() as i32);
    let kind = || [text("Type"), text("Subtype")].into_iter().flatten().collect::<Vec<_>>().join("/");
    let mark = if name == "Artifact" { Some(Mark::Artifact(kind())) } else { number.map(Mark::Content) };
    Open { mark, language: text("Lang") }
}

/// The widths of the letters of a font, in thousandths of the size of the type.
fn widths_in(page: &Page<'_>, font: &str) -> BTreeMap<u16, f64> {
    let font: Dict<'_> = page.resources().fonts.get(font.as_bytes()).expect("the font is among the resources");
    let parts: Array<'_> = font.get("DescendantFonts").expect("Typst writes composite fonts only");
    widths_of(&parts.iter::<Dict<'_>>().next().and_then(|font| font.get("W")).expect("a font with widths"))
}

/// `[first [w w w]]` or `[first last w]`, over and over.
fn widths_of(list: &Array<'_>) -> BTreeMap<u16, f64> {
    let mut widths = BTreeMap::new();
    let mut items = list.iter::<Object<'_>>();
    while let (Some(Object::Number(first)), Some(next)) = (items.next(), items.next()) {
        let first = first.as_i64() as u16;
        match next {
            Object::Array(each) => {
                widths.extend((first..).zip(each.iter::<Number>().map(|width| width.as_f64())));
            }
            Object::Number(last) => {
                let width = items.next().and_then(Object::into_number).expect("a width").as_f64();
                widths.extend((first..=last.as_i64() as u16).map(|code| (code, width)));
            }
            _ => break,
        }
    }
    widths
}

/// The words of a name or a string: UTF-16 behind its mark, or plain Latin.
pub fn text_of(object: Object<'_>) -> Option<String> {
    let bytes = match object {
        Object::Name(name) => return Some(name.as_str().to_owned()),
        Object::String(text) => text.as_bytes().to_vec(),
        _ => return None,
    };
    let Some(wide) = bytes.strip_prefix(&[0xFE, 0xFF]) else { return Some(bytes.into_iter().map(char::from).collect()) };
    let units: Vec<u16> = wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    Some(String::from_utf16_lossy(&units))
}
