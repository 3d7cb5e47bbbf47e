// The line with the server: every event is a whole state, so after a gap the next one is enough. A page that nobody sees
// lets go of its line, as a browser allows few of them to one address.

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 4000;

export function connect({ onState, onStatus }) {
  let last = null;
  let wait = FIRST_WAIT;
  let source = null;
  let again = null;

  function open() {
    clearTimeout(again);
    // A new EventSource does not send Last-Event-ID by itself.
    source = new EventSource(last === null ? "/events" : `/events?last=${encodeURIComponent(last)}`);
    source.addEventListener("open", () => onStatus(true));
    source.addEventListener("state", (event) => {
      last = event.lastEventId;
      wait = FIRST_WAIT;
      onStatus(true);
      onState(JSON.parse(event.data));
    });
    source.addEventListener("error", () => {
      onStatus(false);
      if (source.readyState !== EventSource.CLOSED) return;
      again = setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    });
  }

  function onVisibility() {
    source?.close();
    clearTimeout(again);
    if (!document.hidden) open();
  }

  document.addEventListener("visibilitychange", onVisibility);
  if (!document.hidden) open();
}

/** The answer as JSON, or `null` when it is not there (any more). */
export async function fetchJson(path) {
  const response = await fetch(path);
  return response.ok ? response.json() : null;
}
