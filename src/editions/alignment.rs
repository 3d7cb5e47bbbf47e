//! Which passage of one report became which of another. The place of a passage says only its number within its section, so a
//! paragraph that was put in would make its neighbours look changed: passages find each other by their words.

use std::collections::BTreeMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::lock::Passage;

/// Two passages with this much of their words in common are the same one, rewritten.
const LEAST_IN_COMMON: f64 = 0.4;

/// A passage that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewritten {
    /// Id of its node: in the new report, or in the old one where it is gone.
    pub node: String,
    /// Empty where it was not there.
    pub old: String,
    /// Empty where it is gone.
    pub new: String,
}

/// The passages that differ, section by section in the order of the new report; sections that are gone come last.
pub(super) fn rewritten(old: &[Passage], new: &[Passage]) -> Vec<Rewritten> {
    let (old_sections, new_sections) = (by_section(old), by_section(new));
    let gone = old_sections.iter().filter(|(name, _)| section(&new_sections, name).is_empty());
    let kept = new_sections.iter().flat_map(|(name, new)| aligned(section(&old_sections, name), new));
    kept.chain(gone.flat_map(|(_, old)| aligned(old, &[]))).collect()
}

fn section<'a, 'p>(sections: &'a Sections<'p>, name: &str) -> &'a [&'p Passage] {
    sections.iter().find(|(known, _)| *known == name).map_or(&[], |(_, all)| all)
}

type Sections<'a> = Vec<(&'a str, Vec<&'a Passage>)>;

/// In the order in which they begin: a footnote may stand behind the section after its own.
fn by_section(passages: &[Passage]) -> Sections<'_> {
    let mut sections: Sections<'_> = Vec::new();
    for passage in passages {
        let end = passage.node.match_indices('/').nth(1).map_or(passage.node.len(), |(at, _)| at);
        let name = &passage.node[..end];
        match sections.iter_mut().find(|(known, _)| *known == name) {
            Some((_, all)) => all.push(passage),
            None => sections.push((name, vec![passage])),
        }
    }
    sections
}

fn aligned(old: &[&Passage], new: &[&Passage]) -> Vec<Rewritten> {
    let text = |passage: &&Passage| passage.text.clone();
    let (old_texts, new_texts): (Vec<String>, Vec<String>) = (old.iter().map(text).collect(), new.iter().map(text).collect());
    let ops = capture_diff_slices(Algorithm::Patience, &old_texts, &new_texts);
    let differing = ops.into_iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    differing.flat_map(|op| paired(&old[op.old_range()], &new[op.new_range()])).collect()
}

/// Each new passage with the first old one, from where the last was found, that it may have been.
fn paired(old: &[&Passage], new: &[&Passage]) -> Vec<Rewritten> {
    let mut all = Vec::new();
    let mut next = 0;
    for passage in new {
        let found =
            (next..old.len()).find(|at| old[*at].node == passage.node || in_common(&old[*at].text, &passage.text) >= LEAST_IN_COMMON);
        if let Some(at) = found {
            all.extend(old[next..at].iter().map(|gone| gone_of(gone)));
            next = at + 1;
        }
        let before = found.map(|at| old[at].text.clone()).unwrap_or_default();
        all.push(Rewritten { node: passage.node.clone(), old: before, new: passage.text.clone() });
    }
    all.extend(old[next..].iter().map(|gone| gone_of(gone)));
    all
}

fn gone_of(passage: &Passage) -> Rewritten {
    Rewritten { node: passage.node.clone(), old: passage.text.clone(), new: String::new() }
}

/// The part of all words of both that both have.
fn in_common(one: &str, other: &str) -> f64 {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for word in one.split(' ') {
        *left.entry(word).or_default() += 1;
    }
    let shared =
        other.split(' ').filter(|word| left.get_mut(word).is_some_and(|count| std::mem::replace(count, count.saturating_sub(1)) > 0));
    2.0 * shared.count() as f64 / (one.split(' ').count() + other.split(' ').count()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passages(texts: &[&str]) -> Vec<Passage> {
        texts.iter().enumerate().map(|(at, text)| Passage { node: format!("a/b/{}", at + 1), text: (*text).to_owned() }).collect()
    }

    #[test]
    fn a_paragraph_that_is_put_in_changes_no_other() {
        let old = passages(&["een", "twee woorden", "drie woorden hier"]);
        let new = passages(&["nieuw", "een", "twee woorden", "vier woorden hier"]);
        let told: Vec<(String, String)> = rewritten(&old, &new).into_iter().map(|one| (one.old, one.new)).collect();
        let pair = |old: &str, new: &str| (old.to_owned(), new.to_owned());
        assert_eq!(told, [pair("", "nieuw"), pair("drie woorden hier", "vier woorden hier")]);
        let told: Vec<(String, String)> = rewritten(&new, &old).into_iter().map(|one| (one.old, one.new)).collect();
        assert_eq!(told, [pair("nieuw", ""), pair("vier woorden hier", "drie woorden hier")]);
    }

    #[test]
    fn sections_that_came_or_went_are_told_whole() {
        let old = vec![Passage { node: "a/weg".to_owned(), text: "weg".to_owned() }];
        let new = vec![Passage { node: "a/er".to_owned(), text: "er".to_owned() }];
        let told: Vec<String> = rewritten(&old, &new).into_iter().map(|one| format!("{}: {}>{}", one.node, one.old, one.new)).collect();
        assert_eq!(told, ["a/er: >er", "a/weg: weg>"]);
    }
}
