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

export const noGrading: Grading = { grades: new Map(), ignored: [] };

export const grades: readonly Grade[] = ['error', 'warning', 'information', 'off'];
export const families = ['refused/*', 'surprise/*', 'likely/*', 'advice/*'];

/** A piece of a grading that makes no sense. */
export interface GradingProblem {
  /** A sentence. */
  readonly message: string;
  /** The keys and places that lead to the piece, none for the whole. */
  readonly path: readonly (string | number)[];
}

/**
 * Reads `{"severity": {"advice/*": "off"}, "ignore": [{"code": "likely/...", "name": "orders"}]}`. What makes no sense
 * is left out, and each such piece is in `problems`.
 */
export function readGrading(input: unknown): {
  readonly grading: Grading;
  readonly problems: readonly GradingProblem[];
} {
  if (!isRecord(input))
    return { grading: noGrading, problems: [{ message: 'It is no JSON object.', path: [] }] };
  const problems: GradingProblem[] = [];
  const bad = (message: string, ...path: (string | number)[]): void => {
    problems.push({ message, path });
  };
  const { severity = {}, ignore = [], ...others } = input;
  for (const key of Object.keys(others))
    if (key !== '$schema') bad(`There is no key "${key}": use severity and ignore.`, key);
  const chosen = new Map<string, Grade>();
  if (!isRecord(severity)) bad('"severity" is not an object of codes.', 'severity');
  for (const [code, word] of Object.entries(isRecord(severity) ? severity : {})) {
    const grade = grades.find((known) => known === word);
    if (!isKnown(code)) bad(unknownCode(code), 'severity', code);
    else if (!grade) bad(`"${code}" has no such severity: use ${grades.join(', ')}.`, 'severity', code);
    else chosen.set(code, grade);
  }
  const ignored: IgnoredFinding[] = [];
  if (!Array.isArray(ignore)) bad('"ignore" is not a list.', 'ignore');
  for (const [index, item] of (Array.isArray(ignore) ? (ignore as unknown[]) : []).entries()) {
    const { code, name } = isRecord(item) ? item : {};
    if (typeof code !== 'string') bad('An entry of "ignore" has no "code".', 'ignore', index);
    else if (!isKnown(code)) bad(unknownCode(code), 'ignore', index, 'code');
    else if (name !== undefined && typeof name !== 'string')
      bad(`The "name" beside ${code} is no text.`, 'ignore', index, 'name');
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
  return gradedByName(findings, () => entryNames(document), gradings);
}

/** The same for any kind of file: `names` makes the function that says in which entry a finding is. */
export function gradedByName(
  findings: readonly Finding[],
  names: () => NameOfFinding,
  gradings: readonly Grading[],
): Finding[] {
  if (saysNothing(gradings)) return [...findings];
  const gradeOf = graderByName(names, gradings);
  return findings.flatMap((finding) => {
    const grade = gradeOf(finding);
    return grade === 'off' ? [] : [{ ...finding, severity: grade }];
  });
}

type NameOfFinding = (finding: Pick<Finding, 'range'>) => string | undefined;

function saysNothing(gradings: readonly Grading[]): boolean {
  return gradings.every(({ grades: own, ignored }) => own.size === 0 && ignored.length === 0);
}

/** How grave findings of a document are to be taken; what is ignored is `off`. */
export function grader(
  document: TopologyDocument,
  gradings: readonly Grading[],
): (finding: Pick<Finding, 'code' | 'range'>) => Grade {
  return graderByName(() => entryNames(document), gradings);
}

function graderByName(
  names: () => NameOfFinding,
  gradings: readonly Grading[],
): (finding: Pick<Finding, 'code' | 'range'>) => Grade {
  const ignored = gradings.flatMap((grading) => grading.ignored);
  const nameAt = ignored.some(({ name }) => name !== undefined) ? names() : () => undefined;
  return (finding) => {
    const grade = gradeOf(finding.code, gradings);
    if (grade === 'off') return grade;
    const isIgnored = ignored.some(
      ({ code, name }) => fits(code, finding.code) && (name === undefined || name === nameAt(finding)),
    );
    return isIgnored ? 'off' : grade;
  };
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

/** The name of the entry in which a finding begins, as `ignore` names it. */
export function entryNames(
  document: TopologyDocument,
): (finding: Pick<Finding, 'range'>) => string | undefined {
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
