import { DiagnosticSeverity } from 'vscode-languageserver/node';
import type { Connection, Diagnostic } from 'vscode-languageserver/node';
import type { Finding } from '../../core/topologyFile/finding';
import type { TopologyFileService } from '../../core/topologyFile/service';
import type { OpenDocuments } from '../openDocuments';
import { ValidationSchedule } from '../validation';

/** The Problems panel stalls on many thousands; the gravest come first. */
const mostFindings = 1000;

/** Checks files as they are opened and edited; the result asks for a check of all of them again. */
export function registerDiagnostics(
  connection: Connection,
  open: OpenDocuments,
  service: TopologyFileService,
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
      // VS Code's JSON service reports the syntax itself; ours says the consequence, once.
      const options = { target: open.settings.target, syntax: 'once', limit: mostFindings } as const;
      const diagnostics = document ? service.diagnostics(document, options).map(withPage) : [];
      if (document) marked.add(text.uri);
      else marked.delete(text.uri);
      await connection.sendDiagnostics({ uri: text.uri, version: text.version, diagnostics });
    },
  );

  open.texts.onDidChangeContent(({ document }) => schedule.request(document));
  open.texts.onDidClose(({ document }) => {
    schedule.cancel(document.uri);
    open.forget(document.uri);
    if (marked.delete(document.uri)) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
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
