// Which page of the old report became which page of the new one, so that the reader stays at the same passage
// when pages come in or go out above it.

/** For every old page the index of the page that took its place, or -1; the indices only rise. */
export function followPages(before, after) {
  const byHash = positionsByHash(after.pages);
  const starts = startsOf(before).reverse();
  const startsNow = new Map(startsOf(after).map(({ key, page }) => [key, page]));
  let last = -1;
  return before.pages.map(({ hash }, index) => {
    const expected = expectedIndex(index, starts, startsNow);
    const target = nearest(byHash.get(hash), expected) ?? expected;
    if (target <= last || target >= after.pages.length) return -1;
    last = target;
    return target;
  });
}

function positionsByHash(pages) {
  const positions = new Map();
  pages.forEach(({ hash }, index) => positions.set(hash, [...(positions.get(hash) ?? []), index]));
  return positions;
}

function nearest(positions, index) {
  return positions?.reduce((best, each) => (Math.abs(each - index) < Math.abs(best - index) ? each : best));
}

/** An inserted page renumbers all that follow, so their pictures differ: then the heading they stand under tells. */
function expectedIndex(index, starts, startsNow) {
  const start = starts.find(({ key, page }) => page <= index + 1 && startsNow.has(key));
  return start ? startsNow.get(start.key) + index - start.page : index;
}

function startsOf({ chapters }) {
  const starts = chapters.flatMap((chapter) => {
    const key = chapter.file ?? chapter.title;
    const sections = chapter.sections.map(({ title, page }) => ({ key: `${key}\n${title}`, page }));
    return [{ key, page: chapter.page }, ...sections];
  });
  return starts.filter(({ page }) => page).sort((one, other) => one.page - other.page);
}
