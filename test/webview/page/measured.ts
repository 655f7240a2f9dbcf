import { applyTheme } from './applyTheme';
import type { MeasuredPage, MeasuredPageTheme } from './measuredPage';

/**
 * Stands where VS Code stands around a webview, like `main.ts`, but leads to a real worker: what the panel says goes
 * to `toHost`, which `npm run bench` serves. A body begins with its time of publishing, and the preview shows it.
 */
declare global {
  var theme: MeasuredPageTheme;
  var toHost: (message: unknown) => Promise<void>;
  var measured: MeasuredPage;
}

Object.assign(globalThis, {
  acquireVsCodeApi: () => ({
    postMessage: (message: unknown) => void toHost(message),
    getState: () => undefined,
    setState: () => undefined,
  }),
});
applyTheme(globalThis.theme);

globalThis.measured = {
  hear: (data) => window.dispatchEvent(new MessageEvent('message', { data })),
  frames: async (ms) => {
    const intervals: number[] = [];
    let last: number | undefined;
    await everyFrame(ms, (now) => {
      if (last !== undefined) intervals.push(now - last);
      last = now;
    });
    return intervals;
  },
  rows: async (ms) => {
    let most = 0;
    let stampsSeen = 0;
    let last = 0;
    await everyFrame(ms, () => {
      most = Math.max(most, tableRows().length);
      const stamp = newestStamp();
      if (stamp !== last) stampsSeen++;
      last = stamp;
    });
    const scroller = document.querySelector('message-table .scroller');
    const height = tableRows()[1]?.getBoundingClientRect().height ?? 1;
    return { most, onScreen: Math.ceil((scroller?.clientHeight ?? 0) / height), stampsSeen };
  },
  lags: async (ms) => {
    const lags: number[] = [];
    let shown = newestStamp();
    /** Seen in the document in one frame, it counts as drawn in the next. */
    let coming = shown;
    await everyFrame(ms, () => {
      const now = Date.now();
      for (let stamp = shown + 1; stamp <= coming; stamp++) lags.push(now - stamp);
      shown = Math.max(shown, coming);
      coming = newestStamp();
    });
    return lags;
  },
};

async function everyFrame(ms: number, look: (now: number) => void): Promise<void> {
  const end = performance.now() + ms;
  while (performance.now() < end) look(await new Promise<number>(requestAnimationFrame));
}

function tableRows(): NodeListOf<Element> {
  return document.querySelectorAll('message-table [role="row"]');
}

/** The time of publishing that the lowest filled row shows; 0 without one. */
function newestStamp(): number {
  const rows = tableRows();
  for (let index = rows.length - 1; index > 0; index--) {
    const stamp = /\d{13}/.exec(rows[index]?.textContent ?? '');
    if (stamp) return Number(stamp[0]);
  }
  return 0;
}
