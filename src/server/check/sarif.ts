import { readRulePage, rulePageSummary } from '../../core/topology/rulePage';
import type { PlacedFinding } from './placedFinding';
import { placeOf } from './placedFinding';
import type { CodeTexts, RulePages } from './ruleTexts';
import { withoutLinks } from './ruleTexts';

/**
 * SARIF 2.1.0. A rule has no `helpUri`: its page is in the log itself, since it stands nowhere on the web. `version` is
 * that of the extension.
 */
export function sarifLog(
  findings: readonly PlacedFinding[],
  texts: CodeTexts,
  pages: RulePages,
  version: string,
): unknown {
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
            rules: codes.map((code) => sarifRule(code, texts[code] ?? code, pages[code])),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((item) => sarifResult(item, codes)),
      },
    ],
  };
}

/** A `reportingDescriptor`; `help.text` is what a viewer without Markdown shows, and has to be there (3.12.3). */
function sarifRule(id: string, summary: string, page: string | undefined): unknown {
  const shortDescription = { text: summary };
  if (page === undefined) return { id, shortDescription };
  const markdown = withoutLinks(page);
  return {
    id,
    shortDescription,
    fullDescription: { text: rulePageSummary(readRulePage(markdown)) },
    help: { text: markdown, markdown },
  };
}

function sarifResult(item: PlacedFinding, codes: readonly string[]): unknown {
  const { file, line, column, endLine, endColumn, code, severity, message } = placeOf(item);
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
