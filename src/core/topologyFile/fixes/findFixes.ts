import { judged, toFinding } from '../diagnostics';
import type { TopologyDocument } from '../document';
import { parseDocument } from '../document';
import type { Finding } from '../finding';
import type { Grading } from '../grading';
import { grader } from '../grading';
import type { Found, RuleContext } from '../ruleContext';
import type { Target } from '../target';
import type { TextEdit } from '../textEdit';
import { applyEdits, difference } from '../textEdit';
import type { Draft } from './fixPlace';
import { fixPlace } from './fixPlace';
import { fixers } from './fixers';

/** Edits that make a finding go away and bring no other mistake. */
export interface Fix {
  readonly title: string;
  readonly finding: Finding;
  readonly edits: readonly TextEdit[];
  /** The one right answer. */
  readonly isCertain: boolean;
}

export interface FixOptions {
  readonly target?: Target | undefined;
  /** What is decided about findings: those that are switched off or ignored are left alone. */
  readonly gradings?: readonly Grading[] | undefined;
}

/** The most fixes tried for one question: the file is judged anew for each, so of a large one there are few. */
export function mostTries(document: TopologyDocument, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(4_000_000 / (document.text.length + 1))));
}

/** What helps against the findings that touch the part between two offsets. Each fix has been tried. */
export function fixesFor(
  document: TopologyDocument,
  start: number,
  end: number,
  options: FixOptions = {},
): Fix[] {
  const context = judged(document, options.target);
  const touched = context.found.filter((one) => one.start <= end && start <= one.end);
  const found = reported(context, touched, options.gradings);
  const drafts = found.flatMap((one) => draftsFor(context, one).map((draft) => ({ one, draft })));
  return drafts.slice(0, mostTries(document, 12)).flatMap(({ one, draft: { title, edits, isCertain } }) => {
    const tried = helpful(context, one, edits);
    return tried ? [{ title, finding: toFinding(document, one), edits: tried, isCertain }] : [];
  });
}

/** Without those that the gradings switch off. */
export function reported(
  { document }: RuleContext,
  found: readonly Found[],
  gradings: readonly Grading[] = [],
): readonly Found[] {
  if (gradings.length === 0) return found;
  const gradeOf = grader(document, gradings);
  return found.filter((one) => gradeOf(toFinding(document, one)) !== 'off');
}

export function draftsFor(context: RuleContext, found: Found): readonly Draft[] {
  const place = fixPlace(context, found);
  return (fixers[found.code] ?? []).flatMap((fixer) => fixer(place));
}

/** Mistakes that one mistake hid, one behind the other: a misspelt argument has a value nobody looked at. */
const mostHidden = 3;

/**
 * The edits, with what else it takes: what comes to light behind a mistake is put right as well where there is one
 * right answer. `undefined` when the finding stays or others remain in its place.
 */
function helpful(
  context: RuleContext,
  found: Found,
  edits: readonly TextEdit[],
): readonly TextEdit[] | undefined {
  const first = edited(context, edits);
  if (!first || frequency(first, found.code) >= frequency(context, found.code)) return undefined;
  if (isNoWorse(context, first)) return edits;
  let after: RuleContext = first;
  const known = new Set(context.found.map(describe));
  for (let hidden = 0; hidden < mostHidden; hidden += 1) {
    const revealed: Found | undefined = after.found.find(
      (one) => isMistake(one) && !known.has(describe(one)),
    );
    const draft = revealed && draftsFor(after, revealed).find(({ isCertain }) => isCertain);
    const next: RuleContext | undefined = draft && edited(after, draft.edits);
    if (!next) return undefined;
    if (isNoWorse(context, next)) return [difference(context.document.text, next.document.text)];
    after = next;
  }
  return undefined;
}

function describe({ code, message }: Found): string {
  return `${code} ${message}`;
}

/** The file after the edits, judged; `undefined` for edits that overlap. */
export function edited(context: RuleContext, edits: readonly TextEdit[]): RuleContext | undefined {
  const ordered = [...edits].sort((a, b) => a.start - b.start);
  if (ordered.some((edit, index) => edit.start < (ordered[index - 1]?.end ?? 0))) return undefined;
  return judged(parseDocument(applyEdits(context.document.text, edits)), context.target);
}

/** That no code is more frequent than before, but for what is only worth knowing once the file says what was meant. */
export function isNoWorse(before: RuleContext, after: RuleContext): boolean {
  const change = new Map<string, number>();
  for (const { code } of after.found.filter(isMistake)) change.set(code, (change.get(code) ?? 0) + 1);
  for (const { code } of before.found.filter(isMistake)) change.set(code, (change.get(code) ?? 0) - 1);
  return [...change.values()].every((by) => by <= 0);
}

/** Advice about a queue that is made at last, and what an exchange that is declared at last still lacks, are none. */
export function isMistake({ code }: Pick<Found, 'code'>): boolean {
  return !code.startsWith('advice/') && code !== 'likely/dead-letters-lost';
}

function frequency({ found }: RuleContext, code: string): number {
  return found.filter((one) => one.code === code).length;
}
