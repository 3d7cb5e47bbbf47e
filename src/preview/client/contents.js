// The column of small pages, under the chapter they belong to.

import { byId, icon, make, reconcile, redraw, setText } from "./dom.js";
import { createPicture } from "./picture.js";

const SMALL = 0.5;
const MARGIN = 12;
const pictures = new WeakMap();
const wanted = new WeakMap();

export function createContents(nav) {
  const near = new IntersectionObserver(drawNear, { root: nav, rootMargin: "400px 0px" });

  function update(state) {
    reconcile(byId("chapters"), groupPages(state), ({ key }) => key, createGroup, updateGroup);
  }

  function updateGroup(group, { chapter, pages }) {
    const [heading, list] = group.children;
    heading.hidden = chapter === null;
    if (chapter) {
      if (chapter.color) group.style.setProperty("--chapter", chapter.color);
      else group.style.removeProperty("--chapter");
      redraw(heading, [chapter.number, chapter.title, chapter.phase], () => drawHeading(chapter));
    }
    reconcile(list, pages, ({ number }) => String(number), () => createThumb(near), updateThumb);
  }

  function mark(number) {
    const link = nav.querySelector(`a[data-page="${number}"]`);
    const marked = nav.querySelector("[aria-current]");
    if (marked === link) return;
    marked?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "page");
    showMarked();
  }

  /** By hand: `scrollIntoView` would stop the pages while they glide to a change. */
  function showMarked() {
    const link = nav.querySelector("[aria-current]");
    if (!link) return;
    const [view, box] = [nav.getBoundingClientRect(), link.getBoundingClientRect()];
    if (box.top < view.top) nav.scrollTop += box.top - view.top - MARGIN;
    else if (box.bottom > view.bottom) nav.scrollTop += box.bottom - view.bottom + MARGIN;
  }

  return { update, mark, showMarked };
}

/** The heading under which a page stands, for its name: «Blad 9, Recht op onderwijs». */
export function titleOf(state, number) {
  return state.chapters.findLast(({ page }) => page && page <= number)?.title ?? null;
}

function groupPages({ chapters, pages }) {
  const placed = chapters.filter(({ page }) => page);
  const starts = [{ page: 1, chapter: null }, ...placed.map((chapter) => ({ page: chapter.page, chapter }))];
  const groups = starts.map(({ page, chapter }, index) => {
    const end = starts[index + 1]?.page ?? pages.length + 1;
    const own = pages.slice(page - 1, end - 1).map((each, offset) => describePage(each, page + offset, chapter));
    return { key: chapter?.file ?? chapter?.title ?? "", chapter, pages: own };
  });
  return groups.filter(({ chapter, pages: own }) => chapter || own.length > 0);
}

function describePage(page, number, chapter) {
  const section = chapter?.sections.find((each) => each.page === number)?.title ?? "";
  return { ...page, number, section };
}

const createGroup = () => make("div", { class: "chapter" }, make("h2"), make("ol", { class: "thumbs" }));

function drawHeading({ number, title, phase }) {
  return [
    make("span", { class: "chapter-title" }, number ? `${number}. ${title}` : title),
    phase && make("span", { class: `pill pill-${phase}` }, icon(phase), phase),
  ];
}

function createThumb(near) {
  const frame = make("span", { class: "thumb" });
  const link = make("a", {}, frame, make("span", { class: "caption" }, make("span", { class: "thumb-number" }),
    make("span", { class: "thumb-title" })));
  const item = make("li", {}, link);
  pictures.set(frame, createPicture(frame));
  near.observe(frame);
  return item;
}

function updateThumb(item, { hash, width, height, number, label, section }) {
  const link = item.firstElementChild;
  const frame = link.firstElementChild;
  link.href = `#pagina=${number}`;
  link.dataset.page = number;
  // The number on the page itself, where it differs from the place in the file.
  const printed = label && label !== String(number) ? ` (p. ${label})` : "";
  setText(link.querySelector(".thumb-number"), `blad ${number}${printed}`);
  setText(link.querySelector(".thumb-title"), section);
  frame.style.aspectRatio = `${width} / ${height}`;
  wanted.set(frame, hash);
  if (frame.dataset.near) pictures.get(frame).show(hash, SMALL);
}

function drawNear(entries) {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) {
      target.dataset.near = "true";
      pictures.get(target).show(wanted.get(target), SMALL);
    } else {
      delete target.dataset.near;
    }
  }
}
