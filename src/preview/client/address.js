// The address of the page being read, and the addresses that lead to a passage.

/** What `#pagina=12` or `#regel=01-recht.yaml:12` asks for; `null` when it asks for nothing known. */
export function readAddress() {
  const [, name, value] = /^#(pagina|regel)=(.*)$/.exec(location.hash) ?? [];
  if (name === "pagina") return /^\d+$/.test(value) ? { page: Number(value) } : null;
  if (name === "regel") return readLine(value);
  return null;
}

function readLine(value) {
  const [, file, line] = /^(.+):(\d+)$/.exec(decode(value)) ?? [];
  return file ? { file, line: Number(line) } : null;
}

function decode(value) {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** How far down the page was read is kept with the address, so that a reload comes back to the same spot. */
export const keptFraction = () => history.state?.fraction ?? null;

export function pushPage(number) {
  history.pushState(null, "", `#pagina=${number}`);
}

const SETTLED = 150;
let timer = null;

/** Waits until the scrolling settles: browsers refuse an address that changes all the time. */
export function replacePage(number, fraction) {
  clearTimeout(timer);
  const asked = location.hash;
  timer = setTimeout(() => {
    // An address typed in the meantime is a wish still to be heard, not to be written over.
    if (location.hash === asked) history.replaceState({ fraction }, "", `#pagina=${number}`);
  }, SETTLED);
}
