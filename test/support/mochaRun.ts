import { createRequire } from 'node:module';
import Mocha from 'mocha';
import type { RingFailure, RingResult } from './ringResult';

export interface RingRun {
  readonly ring: string;
  /** The bundle with all tests of the ring. */
  readonly bundle: string;
  readonly timeoutMs: number;
  /** Whether the outermost suite at this place runs here; asked just before, so that processes can share a ring. */
  readonly claim?: (place: number) => boolean;
  /** Gets a line for each test as it ends. */
  readonly print: (line: string) => void;
}

/**
 * Runs a ring's bundle and counts strictly: a skipped test is a failure, so is an empty ring, a bundle that does not load, and every
 * error or rejection that nobody caught, whenever it comes. `describe.only` is refused. Never rejects.
 */
export async function runBundle({ ring, bundle, timeoutMs, claim, print }: RingRun): Promise<RingResult> {
  const failures: RingFailure[] = [];
  const passed = new Set<object>();
  const fail = (title: string, error: unknown): void => {
    failures.push({ title, message: wordsAndStack(error) });
    print(`  FAILED  ${title}\n${indent(wordsAndStack(error))}`);
  };
  const blamed = new Set<object>();
  let current: Mocha.Test | undefined;
  let running = false;
  const uncaught = (error: unknown): void => {
    // While tests run mocha blames the current one.
    if (!running) fail(`${ring}: outside any test`, error);
  };
  const seen = new WeakSet<object>();
  const unhandled = (error: unknown, promise: Promise<unknown>): void => {
    // Mocha hands rejections on, so the same one comes twice, and leaves it to others to take them seriously.
    if (seen.has(promise)) return;
    seen.add(promise);
    if (current) blamed.add(current);
    fail(`${current?.fullTitle() ?? `${ring}: outside any test`} (nobody handled this rejection)`, error);
  };
  process.on('uncaughtException', uncaught);
  process.on('unhandledRejection', unhandled);
  try {
    const mocha = new Mocha({
      ui: 'bdd',
      timeout: timeoutMs,
      forbidOnly: true,
      reporter: Mocha.reporters.Base,
    });
    // What mocha itself does with a file: from here on its verbs are there, imported or global.
    mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, bundle, mocha);
    createRequire(__filename)(bundle);
    if (mocha.suite.total() === 0) fail(ring, new Error('The bundle holds no test.'));
    running = true;
    const run = (): Promise<void> =>
      new Promise((resolve) => {
        const runner = mocha.run(() => resolve());
        runner.on('test', (test) => (current = test));
        runner.on('pass', (test) => {
          if (blamed.has(test)) return;
          passed.add(test);
          print(`  ok      ${test.fullTitle()} (${test.duration ?? 0} ms)`);
        });
        runner.on('fail', (test, error) => {
          // A test can fail after it passed, by calling back twice.
          passed.delete(test);
          fail(test.fullTitle(), error);
        });
        runner.on('pending', (test) =>
          fail(test.fullTitle(), new Error('It was skipped, and a skip is not a pass.')),
        );
      });
    if (claim) {
      mocha.cleanReferencesAfterRun(false);
      if (mocha.suite.tests.length > 0) throw new Error('A test outside any suite cannot be shared out.');
      for (const [place, suite] of [...mocha.suite.suites].entries()) {
        if (!claim(place)) continue;
        mocha.suite.suites = [suite];
        await run();
      }
    } else {
      await run();
    }
    running = false;
    // A rejection that the last test left behind is only reported a turn later.
    await new Promise((resolve) => setTimeout(resolve, 50));
  } catch (error) {
    fail(`${ring}: loading`, error);
  } finally {
    process.off('uncaughtException', uncaught);
    process.off('unhandledRejection', unhandled);
  }
  return { ring, passed: passed.size, failed: failures.length, failures };
}

function wordsAndStack(error: unknown): string {
  if (!(error instanceof Error)) return `Thrown: ${String(error)}`;
  const differences =
    'expected' in error && 'actual' in error && !error.message.includes('\n')
      ? shown(error.actual, error.expected)
      : '';
  const stack = error.stack ?? '';
  return (stack.includes(error.message) ? stack : `${error.message}\n${stack}`) + differences;
}

function shown(actual: unknown, expected: unknown): string {
  return `\nactual:   ${text(actual)}\nexpected: ${text(expected)}`;
}

function text(value: unknown): string {
  try {
    const plain = (_key: string, part: unknown): unknown => (typeof part === 'bigint' ? `${part}n` : part);
    return JSON.stringify(value, plain).slice(0, 2000);
  } catch {
    // Undefined, functions and circles have no JSON.
    return String(value);
  }
}

function indent(lines: string): string {
  return lines.replace(/^/gm, '          ');
}
