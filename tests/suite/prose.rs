//! What editors type is text and nothing else: through the program's own road, down to the letters on the page.

use jaarverslag::diagnostic::Sink;
use jaarverslag::project::Project;
use jaarverslag::report::Mode;
use jaarverslag::{Order, Seal, walk};
use proptest::prelude::*;
use typst::layout::{Frame, FrameItem};

use super::support::Copy;

/// The letters on all pages, without spaces: lines break where they please.
fn letters(copy: &Copy) -> Result<String, String> {
    let project = Project::open(copy.path()).expect("a project");
    let mut sink = Sink::default();
    let edition = walk(&project, "2024-2025", &Order::of(Mode::Final), Seal::Warn, &mut sink);
    let edition = edition.ok_or_else(|| format!("{:#?}", sink.into_sorted()))?;
    let mut text = String::new();
    for page in edition.document.paged.pages() {
        gather(&page.frame, &mut text);
    }
    Ok(text.chars().filter(|character| !character.is_whitespace() && !matches!(character, '\u{ad}' | '\u{2060}')).collect())
}

fn gather(frame: &Frame, text: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => gather(&group.frame, text),
            FrameItem::Text(run) => text.push_str(&run.text),
            _ => {}
        }
    }
}

/// The basis with this text as the words of the colophon.
fn with_colophon(words: &str) -> Copy {
    let copy = Copy::of_basis();
    let path = "content/2024-2025/verslag.yaml";
    let text = String::from_utf8(copy.read(path)).expect("UTF-8");
    let kept: String = text.lines().take_while(|line| !line.starts_with("colofon:")).map(|line| format!("{line}\n")).collect();
    let rest: String = text.lines().skip_while(|line| !line.starts_with("hoofdstukken:")).map(|line| format!("{line}\n")).collect();
    let quoted = serde_json::to_string(words).expect("JSON is YAML");
    // Numbers and claims of nobody are printed as any other words.
    let weights = "nazicht: { ernst: { getal.los: waarschuwing, bewering.ontbreekt: waarschuwing } }";
    copy.write(path, format!("{kept}colofon: {quoted}\n{weights}\n{rest}"));
    copy
}

#[test]
fn hostile_prose_prints_as_typed() {
    let hostile = [
        "#read(\"/etc/passwd\")",
        "$x^2$ en $ y $",
        "een ] en een [ en een { en een }",
        "@label en <label>",
        "<b>vet</b> en <script>alert(1)</script>",
        "&amp; en &lt;",
        "\\ en \\#x en \\u{1F600}",
        "`code` en ```",
        "= geen kop",
        "#eval(\"1 + 1\")",
        "{\"$__toml_private_datetime\": \"2024-01-01\"}",
        "/* niets */ // weg",
        "~ en -- en ---",
    ];
    for words in hostile {
        let letters = letters(&with_colophon(&format!("voor {words} na"))).unwrap_or_else(|error| panic!("{words}: {error}"));
        let wanted: String = format!("voor {words} na").chars().filter(|character| !character.is_whitespace()).collect();
        assert!(letters.contains(&wanted), "«{words}» is not on the page");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Any printable ASCII that CommonMark has no use for is printed as it was typed, and never stops the program.
    #[test]
    fn any_plain_text_is_printed(words in "[a-z][ -~&&[^*_\\[\\]{}]]{0,60}[a-z]") {
        let letters = letters(&with_colophon(&words)).map_err(TestCaseError::fail)?;
        let wanted: String = words.chars().filter(|character| !character.is_whitespace()).collect();
        prop_assert!(letters.contains(&wanted), "«{}» is not on the page", words);
    }

    /// Whatever is typed, there is a report or a reason; never a panic.
    #[test]
    fn nothing_typed_panics(words in "[ -~\\n§€«»–“”🙂\\u{202e}\\u{e000}\\u{7}]{0,80}") {
        let _ = letters(&with_colophon(&words));
    }
}
