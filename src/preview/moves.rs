//! Where the lines of a file are now, while its pages are of before: what is typed moves the lines after it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::project::Project;
use crate::source::SourceFile;

/// The files that changed since the pages were made, by their path.
pub(super) struct Moves(BTreeMap<String, Moved>);

impl Moves {
    pub fn between(then: &Project, now: &Project) -> Self {
        let files = now.files();
        let of_now = |old: &SourceFile| files.iter().find(|file| file.path == old.path);
        let changed = then.files().into_iter().filter_map(|old| {
            let new = of_now(&old).filter(|new| !Arc::ptr_eq(new, &old))?;
            Some((old.path.clone(), Moved::between(&old.text, &new.text)))
        });
        Self(changed.collect())
    }

    /// The line of the text that the pages were made of, for a line of the text as it is now.
    pub fn then(&self, path: &str, line: usize) -> usize {
        self.0.get(path).map_or(line, |moved| moved.line(line, moved.now, moved.then))
    }

    /// The line of the text as it is now, for a line of the text that the pages were made of.
    pub fn now(&self, path: &str, line: usize) -> usize {
        self.0.get(path).map_or(line, |moved| moved.line(line, moved.then, moved.now))
    }
}

/// What two versions of a text have in common, in lines.
struct Moved {
    same_before: usize,
    same_after: usize,
    then: usize,
    now: usize,
}

impl Moved {
    fn between(old: &str, new: &str) -> Self {
        let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
        let same_before = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
        let rest = old.len().min(new.len()) - same_before;
        let same_after = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(old, new)| old == new).count();
        Self { same_before, same_after, then: old.len(), now: new.len() }
    }

    /// A line of the version of `from` lines in the one of `to` lines; of what differs, the line as far down.
    fn line(&self, line: usize, from: usize, to: usize) -> usize {
        let line = line.min(from);
        if line <= self.same_before {
            line
        } else if line > from - self.same_after {
            to - (from - line)
        } else {
            line.min(to - self.same_after).max(1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_back_in_both_directions() {
        let cases = [
            ("a\nb\nc", "a\nx\ny\nb\nc", vec![(1, 1), (2, 4), (3, 5)]),
            ("a\nx\ny\nb\nc", "a\nb\nc", vec![(1, 1), (4, 2), (5, 3)]),
            ("a\nb\nc", "a\nB\nc", vec![(1, 1), (2, 2), (3, 3)]),
            ("a", "a", vec![(1, 1), (usize::MAX, 1)]),
        ];
        for (old, new, lines) in cases {
            let moved = Moved::between(old, new);
            for (then, now) in lines {
                assert_eq!(moved.line(then, moved.then, moved.now), now, "{old:?} {new:?} line {then}");
                assert_eq!(moved.line(now, moved.now, moved.then), then.min(moved.then), "{old:?} {new:?} back from {now}");
            }
        }
    }

    #[test]
    fn of_an_emptied_file_nothing_is_out_of_bounds() {
        let moved = Moved::between("a\nb", "");
        assert_eq!((moved.line(2, moved.then, moved.now), moved.line(7, moved.now, moved.then)), (1, 0));
    }
}
