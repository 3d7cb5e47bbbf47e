// A picture of a page in its frame. The old picture stays until the new one is ready to paint: no flash.

const SCALES = [0.5, 1, 1.5, 2, 3, 4];

/** The smallest scale the server has that is enough for this many device pixels per point. */
export function scaleFor(pixels) {
  // A hair too few pixels cannot be seen, twice the bytes can be felt.
  return SCALES.find((scale) => scale >= pixels * 0.97) ?? SCALES.at(-1);
}

export function createPicture(frame) {
  let shown = { hash: null, scale: 0, done: Promise.resolve(true) };
  let loading = null;
  let next = null;

  /**
   * Resolves to whether this very picture came on screen. One is fetched at a time and then the newest asked for: so
   * a flood of changes neither starves the page of pictures nor fills the memory.
   */
  function show(hash, scale, urgent = false) {
    const last = next ?? loading ?? shown;
    if (last.hash === hash && last.scale >= scale) return last.done;
    const { promise: done, resolve: settle } = Promise.withResolvers();
    const attempt = { hash, scale, urgent, done, settle };
    if (loading === null) {
      start(attempt);
    } else {
      next?.settle(false);
      next = attempt;
    }
    return done;
  }

  async function start(attempt) {
    loading = attempt;
    const image = await load(attempt);
    if (image) {
      frame.replaceChildren(image);
      shown = attempt;
    }
    loading = null;
    attempt.settle(image !== null);
    if (next === null) return;
    const following = next;
    next = null;
    start(following);
  }

  return { show };
}

async function load({ hash, scale, urgent }) {
  const image = new Image();
  image.alt = "";
  image.draggable = false;
  if (urgent) image.fetchPriority = "high";
  image.src = `/page/${hash}.png?scale=${scale}`;
  // Under load a browser may refuse to decode ahead a picture that is whole: then it is decoded when painted.
  await image.decode().catch(() => null);
  return image.complete && image.naturalWidth > 0 ? image : null;
}
