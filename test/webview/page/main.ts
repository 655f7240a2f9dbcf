import type { Check } from '../../../src/core/base/check';
import { utf8Bytes } from '../../../src/core/base/bytes';
import { Emitter } from '../../../src/core/base/emitter';
import { Failure } from '../../../src/core/base/failure';
import { silentLog } from '../../../src/core/base/log';
import { BodyDecoder } from '../../../src/core/message/decode/bodyDecoder';
import { bytesFromHex } from '../../../src/core/message/hexDump';
import type { MessageDetail } from '../../../src/core/message/detail';
import type { Row } from '../../../src/core/message/row';
import type { Server } from '../../../src/protocol/endpoint';
import { serve } from '../../../src/protocol/endpoint';
import type { MessagesPanelContract, MessagesPanelState } from '../../../src/protocol/messagesPanel';
import { messagesPanelChecks } from '../../../src/protocol/messagesPanel';
import type { PublishPanelContract, PublishPanelState } from '../../../src/protocol/publishPanel';
import { publishPanelChecks } from '../../../src/protocol/publishPanel';
import { readPanelTrouble } from '../../../src/protocol/panelTrouble';
import type { Transport } from '../../../src/protocol/transport';
import { toFailure } from '../../../src/protocol/wire';
import { applyTheme } from './applyTheme';
import './global';
import { LiveView } from './liveView';
import { madeUpDetail, madeUpRow } from './madeUp';
import type { MessagesScript, PageScript, PublishScript, ScriptedHost, SeenRequest } from './script';

/**
 * Stands where VS Code stands around a webview: theme, saved state, and a host that answers by script. It runs before
 * the panel's own script; the contract's real endpoint and checks lie between them.
 */
declare global {
  var pageScript: PageScript;
  var acquireVsCodeApi: () => unknown;
}

const script = globalThis.pageScript;
const requests: SeenRequest[] = [];
const troubles: unknown[] = [];
const violations: ScriptedHost['violations'] = [];
const savedState = { value: script.savedState };
const fromPanel = new Emitter<unknown>();
/** The worker's own, without what only Node has. */
const bodyDecoder = new BodyDecoder(
  { rules: [], files: [] },
  {
    expand: () =>
      Promise.resolve({ bytes: new Uint8Array(), stopped: false, problem: 'this page has no zlib' }),
    run: () => Promise.resolve({ problem: 'This page runs nothing.' }),
  },
);
const bodies = new Map<number, string>();

document.addEventListener('securitypolicyviolation', (event) => {
  violations.push({
    directive: event.effectiveDirective,
    blocked: event.blockedURI,
    sample: `${event.sourceFile.replace(/^.*\//, '')} ${event.sample}`,
  });
});

const transport: Transport = {
  send: (message) => {
    const data: unknown = structuredClone(message);
    setTimeout(() => window.dispatchEvent(new MessageEvent('message', { data })));
  },
  onMessage: fromPanel.event,
  onClosed: new Emitter<void>().event,
  dispose: () => undefined,
};

globalThis.acquireVsCodeApi = () => ({
  postMessage: (message: unknown) => {
    const copy: unknown = structuredClone(message);
    if (readPanelTrouble(copy) !== undefined) troubles.push(copy);
    else setTimeout(() => fromPanel.fire(copy));
  },
  getState: () => savedState.value,
  setState: (state: unknown) => {
    savedState.value = structuredClone(state);
  },
});

/** Notes what the checks let through. */
function noted<T extends object>(checks: T): T {
  const entries = Object.entries(checks).map(([name, check]) => [
    name,
    (input: unknown, where?: string) => {
      const params = (check as Check<unknown>)(input, where);
      requests.push({ name, params });
      return params;
    },
  ]);
  return Object.fromEntries(entries) as T;
}

function serveMessages({
  state: first,
  rows = [],
  details = [],
  failures = {},
  delayMs = 0,
  filters = { saved: [], recent: [] },
  columns = [],
  live,
  completion,
  histogram = { from: 0, to: 0, counts: [] },
  decoded,
}: MessagesScript): {
  show: (state: MessagesPanelState) => void;
  arrive: (messages: number) => void;
} {
  const real =
    live === undefined
      ? undefined
      : new LiveView(first, live, (changed) => {
          show(changed);
        });
  let state = real?.state() ?? first;
  let kept = filters;
  const given = new Map(rows.map((row) => [row.seq, row]));
  const orFail = (name: string): undefined => {
    const failure = failures[name];
    if (failure) throw toFailure(failure);
    return undefined;
  };
  const answer = <T>(name: string, result: T): T => {
    orFail(name);
    return result;
  };
  const rowsFrom = (from: number, count: number): Row[] => {
    const { firstRow, nextRow, filter, received } = state.view ?? { firstRow: 1, nextRow: 1, received: 0 };
    // Under a filter every third message matches.
    const numbered = (place: number): Row =>
      filter ? { ...madeUpRow(received + 3 * place), place } : madeUpRow(place);
    const start = Math.max(from, firstRow);
    const end = Math.min(from + count, nextRow);
    return Array.from({ length: Math.max(0, end - start) }, (_, index) => {
      return given.get(start + index) ?? numbered(start + index);
    });
  };
  const detail = (seq: number): MessageDetail => {
    orFail('message');
    const found = details.find((each) => each.seq === seq);
    const { bodyText, bodyHex, ...rest } = found ?? madeUpDetail(seq);
    const text = bodies.get(seq) ?? bodyText ?? '';
    const bytes = bytesFromHex(bodyHex ?? ' -') ?? utf8Bytes(text);
    return { size: bytes.length, ...rest, body: bytes };
  };
  const server: Server<MessagesPanelContract> = serve<MessagesPanelContract>(
    transport,
    noted(messagesPanelChecks),
    {
      ready: () => state,
      rows: async ({ from, count }) => {
        if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
        return real ? real.view.rows(from, count) : rowsFrom(from, count);
      },
      message: ({ seq }) => detail(seq),
      pause: () => orFail('pause'),
      resume: () => orFail('resume'),
      clear: () => orFail('clear'),
      peekFrom: () => orFail('peekFrom'),
      planPeek: () => orFail('planPeek'),
      startPeek: () => orFail('startPeek'),
      peekInstead: () => orFail('peekInstead'),
      tailBinding: () => orFail('tailBinding'),
      restart: () => orFail('restart'),
      setOverflow: () => orFail('setOverflow'),
      setFilter: ({ text, range }) => {
        real?.view.setFilter(text, range);
        orFail('setFilter');
        return undefined;
      },
      completeFilter: ({ text, caret }) =>
        real?.view.completeFilter(text, caret) ??
        answer('completeFilter', completion ?? { from: caret, to: caret, items: [] }),
      histogram: ({ buckets }) => real?.view.histogram(buckets) ?? answer('histogram', histogram),
      decode: async ({ seq, decoder }, signal) => {
        orFail('decode');
        return await (decoded ??
          bodyDecoder.decode(detail(seq), decoder ? bodyDecoder.ruleOf(decoder) : undefined, signal));
      },
      watchInstead: () => orFail('watchInstead'),
      watchFrom: () => orFail('watchFrom'),
      compare: () => orFail('compare'),
      copy: () => orFail('copy'),
      exportView: () => orFail('exportView'),
      record: () => orFail('record'),
      filters: () => answer('filters', kept),
      keepFilter: ({ text, list }) => {
        kept = { ...kept, [list]: [text, ...kept[list].filter((each) => each !== text)] };
        return answer('keepFilter', kept);
      },
      forgetFilter: ({ text }) => {
        const others = (list: readonly string[]): string[] => list.filter((each) => each !== text);
        kept = { saved: others(kept.saved), recent: others(kept.recent) };
        return answer('forgetFilter', kept);
      },
      columns: () => answer('columns', columns),
      keepColumns: () => orFail('keepColumns'),
      openInEditor: () => orFail('openInEditor'),
      publishAgain: () => orFail('publishAgain'),
    },
    silentLog,
  );
  const show = (next: MessagesPanelState): void => {
    state = next;
    server.emit('changed', next);
  };
  return { show, arrive: (messages) => real?.arrive(messages) };
}

function servePublish({ state: first, results }: PublishScript): {
  show: (state: PublishPanelState) => void;
} {
  let state = first;
  let answered = 0;
  const server = serve<PublishPanelContract>(
    transport,
    noted(publishPanelChecks),
    {
      ready: () => state,
      publish: () => {
        const result = results[Math.min(answered++, results.length - 1)];
        if (!result) throw new Failure('unsupported', 'This page has no answer to that.');
        if (result.kind === 'failure') throw toFailure(result.failure);
        return result;
      },
      tailTarget: () => undefined,
    },
    silentLog,
  );
  return {
    show: (next) => {
      state = next;
      server.emit('changed', next);
    },
  };
}

applyTheme(script);
const messages = script.messages && serveMessages(script.messages);
const publish = script.publish && servePublish(script.publish);
globalThis.scripted = {
  requests,
  troubles,
  violations,
  savedState,
  showMessages: (state) => messages?.show(state),
  arrive: (count) => messages?.arrive(count),
  showPublish: (state) => publish?.show(state),
  setBody: (seq, text) => bodies.set(seq, text),
  flood: async (state, snapshots, step) => {
    let unfilled = 0;
    for (let count = 1; count <= snapshots; count++) {
      const nextRow = (state.view?.nextRow ?? 1) + count * step;
      messages?.show({
        ...state,
        ...(state.view && { view: { ...state.view, nextRow, received: nextRow - 1 } }),
      });
      await new Promise((resolve) => requestAnimationFrame(resolve));
      unfilled += document.querySelectorAll('message-table .row.empty').length;
    }
    return unfilled;
  },
  scrollTable: (share) => {
    const scroller = document.querySelector('message-table .scroller');
    if (scroller) scroller.scrollTop = scroller.scrollHeight * share;
  },
  overflows: () => document.documentElement.scrollWidth > window.innerWidth,
  unseenFocus: () => {
    const element = document.activeElement;
    if (!element || element === document.body) return undefined;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const after = getComputedStyle(element, '::after').backgroundColor;
    const isSeen = (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || after !== 'rgba(0, 0, 0, 0)';
    // The toolkit draws its focus inside its shadow roots.
    return isSeen || element.shadowRoot ? undefined : element.outerHTML.slice(0, 120);
  },
};
