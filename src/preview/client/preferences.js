// What the reader chose, kept between visits. A browser may refuse storage: then a choice lasts as long as the page.

const KEY = "jaarverslag.preview";
const DEFAULTS = {
  zoom: 1, fit: true, twoUp: false, panel: true, nav: true, narrow: false, follow: true, shortcuts: true,
};

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

export const preferences = { ...DEFAULTS, ...read() };

export function prefer(choices) {
  Object.assign(preferences, choices);
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Nothing to do: the choice holds for this visit.
  }
}
