import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import { listOf, object, text } from '../../core/base/check';
import { isYamlName } from '../../core/topology/manifestFile';
import type { Finding } from '../../core/topologyFile/finding';
import type { CheckedFiles, ServerNotices } from '../../protocol/topologyService';
import type { FileFindings } from '../fileFindings';
import type { OpenDocuments } from '../openDocuments';
import { toDiagnostic } from './diagnostics';

const mostProblems = 50;
const noticeEveryMs = 100;

const paramsCheck = object({ uris: listOf(text(10_000), 20_000) });

export interface CheckedOnDisk {
  /** Whether what is found in it stays shown while it is closed. */
  isKept(uri: string): boolean;
  /** The settings or an ignore list changed. */
  checkAgain(): void;
  changedOnDisk(uri: string, isDeleted: boolean): void;
}

/** Checks files that are not open, shows what it finds, and follows them until they are checked anew or deleted. */
export function registerChecking(
  connection: Connection,
  open: OpenDocuments,
  files: FileFindings,
  /** Called once, before the first check: from then on changes on disk matter. */
  watch: () => void,
): CheckedOnDisk {
  let isWatching = false;
  /** The files of the last check, and whether something is shown for them. */
  let kept = new Map<string, boolean>();

  connection.onRequest('amqp/checkFiles', async (params: unknown, token: CancellationToken) => {
    const { uris } = paramsCheck(params);
    if (!isWatching) watch();
    isWatching = true;
    files.startOver();
    const before = kept;
    kept = new Map();
    const outcome = { files: 0, errors: 0, others: 0, problems: new Set<string>() };
    let told = Date.now();
    for (const [index, uri] of uris.entries()) {
      if (token.isCancellationRequested) break;
      const findings = await checked(uri, before.get(uri) ?? false, (problem) =>
        outcome.problems.add(problem),
      );
      before.delete(uri);
      if (findings) {
        const errors = findings.filter(({ severity }) => severity === 'error').length;
        outcome.files += 1;
        outcome.errors += errors;
        outcome.others += findings.length - errors;
      }
      if (Date.now() - told > noticeEveryMs) {
        told = Date.now();
        const notice: ServerNotices['checking'] = { done: index + 1, total: uris.length };
        void connection.sendNotification('amqp/checking', notice);
        // The editor asks for other things meanwhile.
        await nextTurn();
      }
    }
    for (const [uri, isShown] of before) if (isShown && !open.texts.get(uri)) void show(uri, []);
    const problems = [...outcome.problems].slice(0, mostProblems);
    return { ...outcome, problems } satisfies CheckedFiles;
  });

  /** `undefined` for a file that is none of ours or cannot be read. */
  async function checked(
    uri: string,
    wasShown: boolean,
    problem: (sentence: string) => void,
  ): Promise<Finding[] | undefined> {
    const findings = await files.of(uri, problem);
    if (!findings) {
      if (wasShown && !open.texts.get(uri)) await show(uri, []);
      return undefined;
    }
    // An open file is shown as it stands in the editor, by those who follow it there.
    if (open.texts.get(uri)) kept.set(uri, true);
    else if (findings.length > 0 || wasShown) await show(uri, findings);
    if (!kept.has(uri)) kept.set(uri, false);
    return findings;
  }

  async function show(uri: string, findings: readonly Finding[]): Promise<void> {
    if (kept.has(uri) || findings.length > 0) kept.set(uri, findings.length > 0);
    await connection.sendDiagnostics({
      uri,
      diagnostics: findings.map((one) => toDiagnostic(one, open.rulePages)),
    });
  }

  async function again(uri: string): Promise<void> {
    if (open.texts.get(uri)) return;
    await checked(uri, true, () => undefined);
  }

  open.texts.onDidClose(({ document: { uri } }) => {
    // As it is on disk: what was typed and not saved is gone.
    if (kept.has(uri)) void again(uri);
  });

  return {
    isKept: (uri) => kept.has(uri),
    checkAgain: () => {
      void (async () => {
        for (const uri of [...kept.keys()]) await again(uri);
      })();
    },
    changedOnDisk: (uri, isDeleted) => {
      // A manifest is judged with the others of its folder.
      for (const other of manifestsBeside(uri, kept.keys())) void again(other);
      if (!kept.has(uri) || open.texts.get(uri)) return;
      if (!isDeleted) void again(uri);
      else {
        kept.delete(uri);
        void show(uri, []);
      }
    },
  };
}

function manifestsBeside(uri: string, others: Iterable<string>): string[] {
  if (!isYamlName(uri)) return [];
  return [...others].filter(
    (other) => other !== uri && isYamlName(other) && path.posix.dirname(other) === path.posix.dirname(uri),
  );
}
