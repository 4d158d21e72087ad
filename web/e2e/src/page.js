// Runs in every document before anything of its own.
(() => {
  // What a fresh document has; whatever is added to it later is the page's.
  const places = () => ({ window, document, history, navigator, html: document.documentElement });
  const fresh = new Set(Object.values(places()).flatMap((place) => Reflect.ownKeys(place ?? {})));
  // Every text that a script can reach from what was added.
  const added = () => {
    const seen = new Set();
    const texts = [];
    const look = (value, depth) => {
      if (typeof value === "string") texts.push(value);
      if (depth === 0 || seen.has(value) || Object(value) !== value) return;
      if (value instanceof Node || value === window) return;
      seen.add(value);
      const held = value instanceof Map || value instanceof Set ? [...value] : [];
      for (const inside of held) look(inside, depth - 1);
      for (const key of Reflect.ownKeys(value)) {
        try { look(value[key], depth - 1); } catch { /* some accessors want another object */ }
      }
    };
    for (const place of Object.values(places())) {
      const keys = Reflect.ownKeys(place ?? {}).filter((key) => !fresh.has(key));
      for (const key of keys) if (key !== "journey") look([key, place[key]], 8);
    }
    return texts;
  };

  // Every heading that ever stood on the page, in its order.
  const headings = [];
  const look = () => {
    const heading = document.querySelector("h1")?.textContent;
    if (heading && headings.at(-1) !== heading) headings.push(heading);
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });

  // A laptop that sleeps: monotonic time stands still and timers wait, while the world goes on.
  const clock = performance.now.bind(performance);
  const set = window.setTimeout.bind(window);
  const clear = window.clearTimeout.bind(window);
  const timers = new Map();
  let slept = 0;
  let fellAsleep = null;
  const now = () => (fellAsleep ?? clock()) - slept;
  const arm = (id) => {
    const timer = timers.get(id);
    timer.real = set(() => {
      if (fellAsleep !== null) return;
      if (now() < timer.due - 1) return arm(id);
      timers.delete(id);
      timer.act();
    }, Math.max(0, timer.due - now()));
  };
  let last = 1_000_000;
  performance.now = now;
  window.setTimeout = (act, wait = 0, ...rest) => {
    // Yew lets others go first in this way while it renders; that is no waiting.
    if (!(wait > 0)) return set(act, 0, ...rest);
    last += 1;
    timers.set(last, { act: () => act(...rest), due: now() + Number(wait) });
    arm(last);
    return last;
  };
  window.clearTimeout = (id) => {
    clear(timers.get(id)?.real ?? id);
    timers.delete(id);
  };
  // How far the page jumps by itself.
  let shifted = 0;
  const moves = [];
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, value, sources } of list.getEntries()) {
      if (hadRecentInput) continue;
      shifted += value;
      for (const { node, previousRect: from, currentRect: to } of sources) {
        moves.push(`${node?.nodeName}.${node?.className} from ${from.y} (${from.height}) to ${to.y} (${to.height})`);
      }
    }
  }).observe({ type: "layout-shift", buffered: true });

  // When there was something to do first: what controls do is there with them.
  let control = null;
  const notice = () => {
    if (control === null && document.querySelector("main :is(a[href], button, input)")) control = clock();
  };
  new MutationObserver(notice).observe(document, { childList: true, subtree: true });
  const content = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;

  window.journey = {
    headings,
    soon: () => ({ content: content(), control }),
    added,
    shift: () => shifted,
    moves,
    sleep: () => { fellAsleep = clock(); },
    wake: () => {
      slept += clock() - fellAsleep;
      fellAsleep = null;
      for (const [id, timer] of timers) { clear(timer.real); arm(id); }
    },
  };
})();
