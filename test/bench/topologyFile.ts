import { createTopologyFileService } from '../../src/core/topologyFile/service';
import { largeDefinitions } from '../support/largeDefinitions';
import type { Result } from './result';

const budget = 'at most 3 times JSON.parse plus 150 ms';
const pairs = 21;

/** Analysing 10,000 queues and 20,000 bindings (5 MB) beside JSON.parse of the same text, in interleaved pairs. */
export function benchTopologyFile(): Promise<Result[]> {
  const text = largeDefinitions(10_000, 20_000);
  const edited = `${text.slice(0, -1)} }`;
  const service = createTopologyFileService();
  const analyse = (input: string): void => {
    service.diagnostics(service.parse(input));
  };
  // What a server that has just started pays is a figure of its own.
  const cold = measured(() => analyse(text));
  const baseline: number[] = [];
  const full: number[] = [];
  const afterEdit: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    baseline.push(measured(() => void JSON.parse(text)));
    full.push(measured(() => analyse(text)));
    afterEdit.push(measured(() => analyse(edited)));
  }
  const parse = median(baseline);
  return Promise.resolve([
    { ...figure('topology file, 5 MB, analysed', full, parse), budget, ok: verdict(full, baseline) },
    {
      ...figure('topology file, 5 MB, after one edit, p95', afterEdit, parse),
      value: percentile(afterEdit, 0.95),
      budget: 'p95 at most 150 ms',
      ok: percentile(afterEdit, 0.95) <= 150 ? 'yes' : Math.min(...afterEdit) <= 150 ? 'noisy' : 'no',
    },
    { ...figure('topology file, 5 MB, analysed by a cold process', [cold], parse), ok: 'yes' },
  ]);
}

function figure(name: string, values: readonly number[], baseline: number): Omit<Result, 'ok'> {
  const value = median(values);
  return {
    name,
    value,
    unit: 'ms',
    baseline,
    ratio: value / baseline,
    spread: [Math.min(...values) / baseline, Math.max(...values) / baseline],
  };
}

/** `noisy` where some pairs keep the budget and most do not. */
function verdict(values: readonly number[], baseline: readonly number[]): Result['ok'] {
  const kept = values.map((value, index) => value <= 3 * (baseline[index] ?? 0) + 150);
  if (median(values) <= 3 * median(baseline) + 150) return 'yes';
  return kept.includes(true) ? 'noisy' : 'no';
}

function measured(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
