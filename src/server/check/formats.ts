import { findingCodes } from '../../core/topologyFile/findingCodes';
import type { Severity } from '../../core/topologyFile/finding';
import type { FileFinding } from './checkFiles';
import type { Format } from './options';

/** Everything that goes to standard output, with its last line end; `version` is that of the extension. */
export function formatFindings(format: Format, findings: readonly FileFinding[], version: string): string {
  switch (format) {
    case 'text':
      return findings.map(textLine).join('');
    case 'json':
      return `${JSON.stringify(findings.map(place), undefined, 2)}\n`;
    case 'sarif':
      return `${JSON.stringify(sarifLog(findings, version), undefined, 2)}\n`;
    case 'github':
      return findings.map(githubCommand).join('');
  }
}

/** Lines and columns as people and most tools count: from 1, in UTF-16 units, the end exclusive. */
function place({ file, finding }: FileFinding): {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  code: string;
  severity: Severity;
  message: string;
} {
  const { start, end } = finding.range;
  return {
    file,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    code: finding.code,
    severity: finding.severity,
    message: finding.message,
  };
}

function textLine(item: FileFinding): string {
  const { file, line, column, code, severity, message } = place(item);
  return `${file}:${line}:${column}: ${severity} ${code}: ${oneLine(message)}\n`;
}

/** Names from the file may hold line breaks and control characters, which a terminal or a log must not obey. */
function oneLine(message: string): string {
  return message.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

/** A workflow command (docs.github.com, "Workflow commands for GitHub Actions"). */
function githubCommand(item: FileFinding): string {
  const { file, line, column, endLine, endColumn, code, severity, message } = place(item);
  const level = severity === 'information' ? 'notice' : severity;
  const data = (text: string): string =>
    text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
  const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
  const where = `file=${property(file)},line=${line},endLine=${endLine},col=${column},endColumn=${endColumn}`;
  return `::${level} ${where},title=${property(code)}::${data(message)}\n`;
}

/** SARIF 2.1.0. */
function sarifLog(findings: readonly FileFinding[], version: string): unknown {
  const codes = [...new Set(findings.map(({ finding }) => finding.code))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'AMQP Workbench',
            semanticVersion: version,
            rules: codes.map((code) => ({ id: code, shortDescription: { text: findingCodes[code] } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((item) => sarifResult(item, codes)),
      },
    ],
  };
}

function sarifResult(item: FileFinding, codes: readonly string[]): unknown {
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
