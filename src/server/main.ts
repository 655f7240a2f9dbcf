import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  createConnection,
  DiagnosticSeverity,
  DidChangeConfigurationNotification,
  ProposedFeatures,
  SymbolKind,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import type { Diagnostic, DocumentSymbol } from 'vscode-languageserver/node';
import { isDefinitionsContent, isDefinitionsName } from '../core/topology/definitionsFile';
import { matchesGlob } from '../core/topology/glob';
import type { TopologyDocument } from '../core/topologyFile/document';
import type { Finding } from '../core/topologyFile/finding';
import type { OutlineItem } from '../core/topologyFile/outline';
import { createTopologyFileService } from '../core/topologyFile/service';
import { defaultSettings, readSettings } from './settings';
import type { VersionedText } from './validation';
import { ValidationSchedule } from './validation';

/** The Problems panel stalls on many thousands; the gravest come first. */
const mostFindings = 1000;

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
const service = createTopologyFileService();
let settings = defaultSettings;
let canAskForSettings = false;

/** The last parse of each open document, shared by every feature. */
const parsed = new Map<string, { version: number; document: TopologyDocument | undefined }>();

connection.onInitialize((params) => {
  settings = readSettings(params.initializationOptions);
  canAskForSettings = params.capabilities.workspace?.configuration === true;
  return {
    capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental, documentSymbolProvider: true },
    serverInfo: { name: 'AMQP Workbench' },
  };
});

connection.onInitialized(() => {
  if (canAskForSettings) void connection.client.register(DidChangeConfigurationNotification.type, undefined);
});

connection.onDidChangeConfiguration(async ({ settings: sent }) => {
  const section = 'amqp.topologyFiles';
  // Editors that can be asked send nothing along; simple clients push their settings.
  settings = readSettings(canAskForSettings ? await connection.workspace.getConfiguration(section) : sent);
  parsed.clear();
  for (const document of documents.all()) schedule.request(document);
});

/** Parsed, or `undefined` for a JSON file that is no topology file. */
function parse(text: VersionedText): TopologyDocument | undefined {
  const known = parsed.get(text.uri);
  if (known?.version === text.version) return known.document;
  const content = text.getText();
  const document = isTopologyFile(text.uri, content) ? service.parse(content) : undefined;
  parsed.set(text.uri, { version: text.version, document });
  return document;
}

function isTopologyFile(uri: string, content: string): boolean {
  const path = decodePath(uri);
  return (
    isDefinitionsName(path) ||
    settings.patterns.some((glob) => matchesGlob(path, glob)) ||
    isDefinitionsContent(content)
  );
}

function decodePath(uri: string): string {
  try {
    return decodeURIComponent(new URL(uri).pathname);
  } catch {
    return uri;
  }
}

/** Documents for which something is shown, so that a file that stops being a topology file is cleared once. */
const marked = new Set<string>();

const schedule = new ValidationSchedule(
  (uri) => documents.get(uri),
  parse,
  async (text) => {
    const document = parse(text);
    if (!document && !marked.has(text.uri)) return;
    // VS Code's JSON service reports the syntax itself; ours says the consequence, once.
    const options = { target: settings.target, syntax: 'once', limit: mostFindings } as const;
    const diagnostics = document ? service.diagnostics(document, options).map(toDiagnostic) : [];
    if (document) marked.add(text.uri);
    else marked.delete(text.uri);
    await connection.sendDiagnostics({ uri: text.uri, version: text.version, diagnostics });
  },
);

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const;

function toDiagnostic({ code, severity, message, range }: Finding): Diagnostic {
  return { code, severity: severities[severity], message, range, source: 'amqp' };
}

documents.onDidChangeContent(({ document }) => schedule.request(document));
documents.onDidClose(({ document }) => {
  schedule.cancel(document.uri);
  parsed.delete(document.uri);
  if (marked.delete(document.uri)) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
});

connection.onDocumentSymbol(({ textDocument }) => {
  const text = documents.get(textDocument.uri);
  const document = text && parse(text);
  return document ? service.outline(document).map(toSymbol) : [];
});

const symbolKinds: Partial<Record<OutlineItem['section'], SymbolKind>> = {
  queues: SymbolKind.Array,
  exchanges: SymbolKind.Interface,
  bindings: SymbolKind.Event,
  vhosts: SymbolKind.Namespace,
  policies: SymbolKind.Property,
};

function toSymbol(item: OutlineItem): DocumentSymbol {
  return {
    name: item.name,
    detail: item.detail,
    kind: symbolKinds[item.section] ?? SymbolKind.Object,
    range: item.range,
    selectionRange: item.selection,
    children: item.children.map(toSymbol),
  };
}

documents.listen(connection);
connection.listen();
