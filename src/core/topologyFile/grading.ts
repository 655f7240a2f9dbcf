import type { TopologyDocument } from './document';
import { entryFinder } from './entryAt';
import type { Finding, Severity } from './finding';
import { severityOf } from './finding';
import type { FindingCode } from './findingCodes';
import { findingCodes } from './findingCodes';
import { nearestName } from './spelling';

/** How grave a finding is to be taken, or that it is not to be reported. */
export type Grade = Severity | 'off';

/** What a team has decided about findings, beside its files or in its settings. */
export interface Grading {
  /** By code; `advice/*` means every code of that family that has no grade of its own. */
  readonly grades: ReadonlyMap<string, Grade>;
  readonly ignored: readonly IgnoredFinding[];
}

/** Findings of one code that are known and accepted; with a name, only those in the entry of that name. */
export interface IgnoredFinding {
  readonly code: string;
  readonly name?: string;
}

const noGrading: Grading = { grades: new Map(), ignored: [] };

const grades: readonly Grade[] = ['error', 'warning', 'information', 'off'];
const families = ['refused/*', 'surprise/*', 'likely/*', 'advice/*'];

/**
 * Reads `{"severity": {"advice/*": "off"}, "ignore": [{"code": "likely/...", "name": "orders"}]}`. What makes no sense
 * is left out, and each such piece is a sentence in `problems`.
 */
export function readGrading(input: unknown): {
  readonly grading: Grading;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  if (!isRecord(input)) return { grading: noGrading, problems: ['It is no JSON object.'] };
  const { severity = {}, ignore = [], ...others } = input;
  for (const key of Object.keys(others)) problems.push(`There is no key "${key}": use severity and ignore.`);
  const chosen = new Map<string, Grade>();
  if (!isRecord(severity)) problems.push('"severity" is not an object of codes.');
  for (const [code, word] of Object.entries(isRecord(severity) ? severity : {})) {
    const grade = grades.find((known) => known === word);
    if (!isKnown(code)) problems.push(unknownCode(code));
    else if (!grade) problems.push(`"${code}" has no such severity: use ${grades.join(', ')}.`);
    else chosen.set(code, grade);
  }
  const ignored: IgnoredFinding[] = [];
  if (!Array.isArray(ignore)) problems.push('"ignore" is not a list.');
  for (const item of Array.isArray(ignore) ? (ignore as unknown[]) : []) {
    const { code, name } = isRecord(item) ? item : {};
    if (typeof code !== 'string') problems.push('An entry of "ignore" has no "code".');
    else if (!isKnown(code)) problems.push(unknownCode(code));
    else if (name !== undefined && typeof name !== 'string')
      problems.push(`The "name" beside ${code} is no text.`);
    else ignored.push(name === undefined ? { code } : { code, name });
  }
  return { grading: { grades: chosen, ignored }, problems };
}

/** The findings as the grading wants them, in the same order. */
export function graded(
  findings: readonly Finding[],
  document: TopologyDocument,
  gradings: readonly Grading[],
): Finding[] {
  if (gradings.every(({ grades: own, ignored }) => own.size === 0 && ignored.length === 0))
    return [...findings];
  const ignored = gradings.flatMap((grading) => grading.ignored);
  const nameAt = ignored.some(({ name }) => name !== undefined) ? entryNames(document) : () => undefined;
  return findings.flatMap((finding) => {
    const grade = gradeOf(finding.code, gradings);
    if (grade === 'off') return [];
    const isIgnored = ignored.some(
      ({ code, name }) => fits(code, finding.code) && (name === undefined || name === nameAt(finding)),
    );
    return isIgnored ? [] : [{ ...finding, severity: grade }];
  });
}

/** The last grading that says something about the code decides; in each, the code itself before its family. */
function gradeOf(code: FindingCode, gradings: readonly Grading[]): Grade {
  for (const { grades: own } of gradings.toReversed()) {
    const grade = own.get(code) ?? own.get(`${code.slice(0, code.indexOf('/'))}/*`);
    if (grade) return grade;
  }
  return severityOf(code);
}

function fits(pattern: string, code: string): boolean {
  return pattern === code || (pattern.endsWith('/*') && code.startsWith(pattern.slice(0, -1)));
}

/** The name of the entry in which a finding begins. */
function entryNames(document: TopologyDocument): (finding: Finding) => string | undefined {
  const entryAt = entryFinder(document);
  return ({ range }) => entryAt(document.lines.offset(range.start))?.name;
}

function isKnown(code: string): boolean {
  return Object.hasOwn(findingCodes, code) || families.includes(code);
}

function unknownCode(code: string): string {
  const nearest = nearestName(code, [...Object.keys(findingCodes), ...families], 3);
  return `There is no code "${code}"${nearest === undefined ? '' : `: did you mean "${nearest}"?`}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
