import type { Connection } from 'vscode-languageserver/node';
import { toDiagnostic } from '../features/diagnostics';
import type { OpenDocuments } from '../openDocuments';
import type { ManifestDocuments } from './manifestDocuments';
import type { ManifestJudge } from './manifestJudge';

/** How long typing may pause before a check begins, in milliseconds. */
const pauseMs = 150;

export interface ManifestChecking {
  /** The settings or an ignore list changed. */
  checkAll(): void;
  changedOnDisk(uri: string): void;
}

/** Checks open manifests as they and their neighbours change; several edits in a row make one check. */
export function registerManifestDiagnostics(
  connection: Connection,
  open: OpenDocuments,
  manifests: ManifestDocuments,
  judge: ManifestJudge,
  /** Whether what is found in it stays shown while it is closed. */
  isKept: (uri: string) => boolean,
): ManifestChecking {
  const marked = new Set<string>();
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  function request(uris: readonly string[]): void {
    for (const uri of uris) waiting.add(uri);
    if (waiting.size === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const due = [...waiting];
      waiting.clear();
      void checkEach(due);
    }, pauseMs);
  }

  async function checkEach(uris: readonly string[]): Promise<void> {
    for (const uri of uris) await check(uri);
  }

  async function check(uri: string): Promise<void> {
    const version = open.texts.get(uri)?.version;
    if (version === undefined) return;
    const manifest = await manifests.get(uri);
    if (!manifest) {
      if (marked.delete(uri)) await connection.sendDiagnostics({ uri, version, diagnostics: [] });
      return;
    }
    const findings = await judge.findings(uri, manifest);
    // Folders, settings and ignore lists may have taken their time.
    if (open.texts.get(uri)?.version !== version) return;
    marked.add(uri);
    const diagnostics = findings.map((finding) => toDiagnostic(finding, open.rulePages));
    await connection.sendDiagnostics({ uri, version, diagnostics });
  }

  open.texts.onDidChangeContent(({ document: { uri } }) => {
    if (marked.has(uri) || manifests.fileOf(uri)) request([uri, ...manifests.openBeside(uri)]);
  });
  open.texts.onDidClose(({ document: { uri } }) => {
    waiting.delete(uri);
    if (!marked.delete(uri)) return;
    if (!isKept(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
    request(manifests.openBeside(uri));
  });
  return {
    checkAll: () => {
      request([...marked]);
    },
    changedOnDisk: (uri) => {
      if (manifests.changedOnDisk(uri)) request(manifests.openBeside(uri));
    },
  };
}
