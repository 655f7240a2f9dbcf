import type { Format } from './options';
import type { PlacedFinding } from './placedFinding';
import { placeOf } from './placedFinding';
import type { CodeTexts, RulePages } from './ruleTexts';
import { sarifLog } from './sarif';

/** Everything that goes to standard output, with its last line end; `version` is that of the extension. */
export function formatFindings(
  format: Format,
  findings: readonly PlacedFinding[],
  texts: CodeTexts,
  pages: RulePages,
  version: string,
): string {
  switch (format) {
    case 'text':
      return findings.map(textLine).join('');
    case 'json':
      return `${JSON.stringify(findings.map(placeOf), undefined, 2)}\n`;
    case 'sarif':
      return `${JSON.stringify(sarifLog(findings, texts, pages, version), undefined, 2)}\n`;
    case 'github':
      return findings.map(githubCommand).join('');
  }
}

function textLine(item: PlacedFinding): string {
  const { file, line, column, code, severity, message } = placeOf(item);
  return `${file}:${line}:${column}: ${severity} ${code}: ${oneLine(message)}\n`;
}

/** Names from the file may hold line breaks and control characters, which a terminal or a log must not obey. */
function oneLine(message: string): string {
  return message.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

/** A workflow command (docs.github.com, "Workflow commands for GitHub Actions"). */
function githubCommand(item: PlacedFinding): string {
  const { file, line, column, endLine, endColumn, code, severity, message } = placeOf(item);
  const level = severity === 'information' ? 'notice' : severity;
  const data = (text: string): string =>
    text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
  const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
  const where = `file=${property(file)},line=${line},endLine=${endLine},col=${column},endColumn=${endColumn}`;
  return `::${level} ${where},title=${property(code)}::${data(message)}\n`;
}
