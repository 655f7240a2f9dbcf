import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readTable } from '../../src/core/broker/amqp/readTable';
import { writeTable } from '../../src/core/broker/amqp/writeTable';
import { longstr } from '../../src/core/base/fieldValue';
import { utf8Bytes } from '../../src/core/base/bytes';
import { systemClock } from '../../src/core/broker/systemClock';
import type { Arrival } from '../../src/core/tail/ringBuffer';
import { MessageView } from '../../src/core/tail/view';
import type { Result } from './result';
import { median, spreadOf } from './statistics';

const messages = 100_000;
const bodyBytes = 800;
const rounds = 7;
/** As many rows as a panel shows at once. */
const screen = 40;

/** Filters of every kind, the rare match first: it takes looking at everything. */
const filters: readonly { readonly name: string; readonly text: string }[] = [
  { name: 'a field in JSON, rare', text: 'body.total:>999 AND header.tenant:acme' },
  { name: 'a header', text: 'header.tenant:acme' },
  { name: 'text that nothing holds', text: 'nowhere-to-be-found' },
  { name: 'text in another alphabet', text: 'ÜBERALL' },
  { name: 'a regular expression', text: 'body:/total":9[0-9]{2}\\.[0-4]/' },
  { name: 'a number in every JSON body', text: 'body.customer.number:>9007199254740993' },
];

/** The filter of a panel over 100,000 buffered messages of 0.8 kB with headers and JSON bodies. */
export async function benchFilter(): Promise<Result[]> {
  const view = filledView();
  const results: Result[] = [];
  for (const filter of filters) results.push(...(await measureFilter(view, filter)));
  results.push(await measureHistogram(view));
  view.dispose();
  return results;
}

interface Pass {
  readonly firstScreenMs: number;
  readonly completeMs: number;
  readonly longestBlockMs: number;
}

async function measureFilter(view: MessageView, { name, text }: (typeof filters)[number]): Promise<Result[]> {
  const passes: Pass[] = [];
  // The first round warms up the compiler, as the keystrokes before it do in a panel.
  for (let round = -1; round < rounds; round++) {
    const pass = await onePass(view, text);
    if (round >= 0) passes.push(pass);
  }
  const figures: [string, (pass: Pass) => number, number][] = [
    ['first screen or all', ({ firstScreenMs }) => firstScreenMs, 150],
    ['complete', ({ completeMs }) => completeMs, 1_500],
    ['longest slice', ({ longestBlockMs }) => longestBlockMs, 10],
  ];
  return figures.map(([what, figure, most]) => {
    const values = passes.map(figure);
    const value = median(values);
    return {
      name: `filter over ${messages.toLocaleString('en-US')} messages, ${name}: ${what}`,
      value: round(value),
      unit: 'ms',
      spread: spreadOf(values.map(round)),
      budget: `at most ${String(most)} ms`,
      ok: value <= most ? 'yes' : Math.min(...values) <= most ? 'noisy' : 'no',
    };
  });
}

async function onePass(view: MessageView, text: string): Promise<Pass> {
  // Half typed, and replaced by the next keystroke before it could finish.
  view.setFilter('key:x body.total:5');
  await pause(5);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  view.setFilter(text);
  const answered = performance.now() - start;
  let firstScreenMs = Number.POSITIVE_INFINITY;
  for (;;) {
    const { firstRow, nextRow, filter } = view.window();
    const elapsed = performance.now() - start;
    if (nextRow - firstRow >= screen || filter?.running === false)
      firstScreenMs = Math.min(firstScreenMs, elapsed);
    if (filter?.running === false) break;
    await pause(1);
  }
  const completeMs = performance.now() - start;
  delay.disable();
  return { firstScreenMs, completeMs, longestBlockMs: Math.max(answered, delay.max / 1e6) };
}

async function measureHistogram(view: MessageView): Promise<Result> {
  view.setFilter('header.tenant:acme');
  while (view.window().filter?.running === true) await pause(10);
  const values: number[] = [];
  for (let count = 0; count < rounds; count++) {
    const start = performance.now();
    view.histogram(200);
    values.push(performance.now() - start);
  }
  const value = median(values);
  return {
    name: `histogram over ${messages.toLocaleString('en-US')} messages, half of them matching`,
    value: round(value),
    unit: 'ms',
    spread: spreadOf(values.map(round)),
    budget: 'at most 10 ms',
    ok: value <= 10 ? 'yes' : 'no',
  };
}

function filledView(): MessageView {
  const view = new MessageView(systemClock, { rows: messages, bytes: 256 * 1024 * 1024 });
  for (let index = 0; index < messages; index++) view.message(arrival(index));
  return view;
}

/** As from the wire: headers encoded, the body JSON. */
function arrival(index: number): Arrival {
  const tenant = index % 2 === 0 ? 'acme' : 'globex';
  const buffer = Buffer.alloc(256);
  const length = writeTable(
    buffer,
    [
      { name: 'tenant', value: longstr(tenant) },
      { name: 'attempt', value: { type: 'int', value: index % 5 } },
      { name: 'trace', value: { type: 'long', value: String(9_007_199_254_740_993n + BigInt(index)) } },
    ],
    0,
  );
  return {
    exchange: 'orders',
    routingKey: `order.created.${String(index % 20)}`,
    redelivered: false,
    properties: {},
    undecoded: {
      others: { contentType: 'application/json', deliveryMode: 2 },
      // Without the length in front, as amqplib hands it out.
      headers: buffer.subarray(4, length),
      readHeaders: readTable,
    },
    body: body(index),
  };
}

const filler =
  'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore ';

function body(index: number): Uint8Array {
  const total = ((index * 7_919) % 100_000) / 100;
  const fixed =
    `{"id":"a${String(index)}","total":${total.toFixed(2)},"items":[{"sku":"X-1","count":2},{"sku":"X-2","count":1}],` +
    `"customer":{"name":"Jürgen","number":${String(9_007_199_254_740_000n + BigInt(index % 2_000))}},"note":"`;
  return utf8Bytes(`${fixed}${filler.repeat(9).slice(0, bodyBytes - fixed.length - 3)}"}`);
}

function round(value: number): number {
  return Number(value.toFixed(1));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
