import type { Grading } from '../core/topologyFile/grading';
import { noGrading, readGrading } from '../core/topologyFile/grading';
import { isTarget } from '../core/topologyFile/target';
import type { Target } from '../core/topologyFile/target';

/** The part of the setting `amqp.topologyFiles` that the server uses. */
export interface ServerSettings {
  /** `undefined` for "auto": each file decides. */
  readonly target: Target | undefined;
  /** Globs of further files to check. */
  readonly patterns: readonly string[];
  /** From `severity`: how grave findings are to be taken. */
  readonly grading: Grading;
}

export const defaultSettings: ServerSettings = { target: undefined, patterns: [], grading: noGrading };

/**
 * Reads what a client sends as initialization options (the section itself) or with
 * `workspace/didChangeConfiguration` (nested under `amqp.topologyFiles`); whatever is not usable is as if not set.
 */
export function readSettings(input: unknown): ServerSettings {
  const section = property(property(input, 'amqp'), 'topologyFiles') ?? input;
  const target = property(section, 'target');
  const patterns = property(section, 'patterns');
  return {
    target: typeof target === 'string' && isTarget(target) ? target : undefined,
    patterns: Array.isArray(patterns)
      ? patterns.filter((item): item is string => typeof item === 'string')
      : [],
    grading: readGrading({ severity: property(section, 'severity') ?? {} }).grading,
  };
}

/** The address of the folder of pages about codes, without a slash at its end: an initialization option. */
export function readRulePages(input: unknown): string | undefined {
  const pages = property(input, 'rulePages');
  return typeof pages === 'string' && URL.canParse(pages) ? pages.replace(/\/+$/, '') : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
