import { DiagnosticSeverity } from 'vscode-languageserver/node';
import type { Connection, Diagnostic } from 'vscode-languageserver/node';
import type { Finding } from '../../core/topologyFile/finding';
import type { Judge } from '../judge';
import type { OpenDocuments } from '../openDocuments';
import { ValidationSchedule } from '../validation';
import type { TargetNotices } from './targets';

/** Checks files as they are opened and edited; the result asks for a check of all of them again. */
export function registerDiagnostics(
  connection: Connection,
  open: OpenDocuments,
  judge: Judge,
  targets: TargetNotices,
  /** Whether a file is still checked when it is closed; then somebody else clears up. */
  isKept: (uri: string) => boolean,
): () => void {
  /** Documents for which something is shown, so that a file that stops being a topology file is cleared once. */
  const marked = new Set<string>();

  const withPage = (finding: Finding): Diagnostic => toDiagnostic(finding, open.rulePages);

  const schedule = new ValidationSchedule(
    (uri) => open.texts.get(uri),
    (text) => void open.parse(text),
    async (text) => {
      const document = open.parse(text);
      if (!document && !marked.has(text.uri)) return;
      const findings = document ? await judge.findings(text.uri, document) : [];
      const target = document && (await judge.target(text.uri, document));
      // Settings and ignore lists may have taken their time.
      if (open.texts.get(text.uri)?.version !== text.version) return;
      if (document) marked.add(text.uri);
      else marked.delete(text.uri);
      targets.tell(text.uri, target);
      const diagnostics = findings.map(withPage);
      await connection.sendDiagnostics({ uri: text.uri, version: text.version, diagnostics });
    },
  );

  open.texts.onDidChangeContent(({ document }) => schedule.request(document));
  open.texts.onDidClose(({ document: { uri } }) => {
    schedule.cancel(uri);
    open.forget(uri);
    targets.tell(uri, undefined);
    if (marked.delete(uri) && !isKept(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
  });
  return () => {
    for (const document of open.texts.all()) schedule.request(document);
  };
}

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const;

/** `rulePages` is where the page about a code is, as in OpenDocuments. */
export function toDiagnostic({ code, severity, message, range }: Finding, rulePages?: string): Diagnostic {
  const page = rulePages === undefined ? {} : { codeDescription: { href: `${rulePages}/${code}.md` } };
  return { code, ...page, severity: severities[severity], message, range, source: 'amqp' };
}
