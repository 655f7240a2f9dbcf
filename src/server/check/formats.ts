import type { Severity } from '../../core/topologyFile/finding';
import type { Format } from './options';
import type { PlacedFinding } from './placedFinding';

/** What a code means, in a line. */
export type CodeTexts = Readonly<Record<string, string>>;

/** Everything that goes to standard output, with its last line end; `version` is that of the extension. */
export function formatFindings(
  format: Format,
  findings: readonly PlacedFinding[],
  texts: CodeTexts,
  version: string,
): string {
  switch (format) {
    case 'text':
      return findings.map(textLine).join('');
    case 'json':
      return `${JSON.stringify(findings.map(place), undefined, 2)}\n`;
    case 'sarif':
      return `${JSON.stringify(sarifLog(findings, texts, version), undefined, 2)}\n`;
    case 'github':
      return findings.map(githubCommand).join('');
  }
}

/** Lines and columns as people and most tools count: from 1, in UTF-16 units, the end exclusive. */
function place({ file, code, severity, message, range }: PlacedFinding): {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  code: string;
  severity: Severity;
  message: string;
} {
  const { start, end } = range;
  return {
    file,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    code,
    severity,
    message,
  };
}

function textLine(item: PlacedFinding): string {
  const { file, line, column, code, severity, message } = place(item);
  return `${file}:${line}:${column}: ${severity} ${code}: ${oneLine(message)}\n`;
}

/** Names from the file may hold line breaks and control characters, which a terminal or a log must not obey. */
function oneLine(message: string): string {
  return message.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

/** A workflow command (docs.github.com, "Workflow commands for GitHub Actions"). */
function githubCommand(item: PlacedFinding): string {
  const { file, line, column, endLine, endColumn, code, severity, message } = place(item);
  const level = severity === 'information' ? 'notice' : severity;
  const data = (text: string): string =>
    text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
  const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
  const where = `file=${property(file)},line=${line},endLine=${endLine},col=${column},endColumn=${endColumn}`;
  return `::${level} ${where},title=${property(code)}::${data(message)}\n`;
}

/** SARIF 2.1.0. */
function sarifLog(findings: readonly PlacedFinding[], texts: CodeTexts, version: string): unknown {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'AMQP Workbench',
            semanticVersion: version,
            rules: codes.map((code) => ({ id: code, shortDescription: { text: texts[code] ?? code } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((item) => sarifResult(item, codes)),
      },
    ],
  };
}

function sarifResult(item: PlacedFinding, codes: readonly string[]): unknown {
  const { file, line, column, endLine, endColumn, code, severity, message } = place(item);
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity === 'information' ? 'note' : severity,
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: fileUri(file) },
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
      },
    ],
  };
}

/** A relative reference stays one, so that the log means the same on another machine. */
function fileUri(file: string): string {
  const slashed = file.replace(/\\/g, '/');
  const encoded = slashed.split('/').map(encodeURIComponent).join('/');
  if (slashed.startsWith('/')) return `file://${encoded}`;
  return /^[A-Za-z]:\//.test(slashed) ? `file:///${encoded.replace('%3A', ':')}` : encoded;
}
