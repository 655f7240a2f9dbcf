import { judged } from '../diagnostics';
import type { TopologyDocument } from '../document';
import type { Found, RuleContext } from '../ruleContext';
import type { TextEdit } from '../textEdit';
import { difference } from '../textEdit';
import type { Grading } from '../grading';
import type { FixOptions } from './findFixes';
import { draftsFor, edited, isMistake, isNoWorse, mostTries, reported } from './findFixes';

/** Rounds: a fix may make room for another, as removing the last key of a policy does for removing the policy. */
const mostRounds = 12;
/** The most fixes that are tried one by one. */
const mostSingle = 40;

/** Every fix that has one right answer, as one edit; `undefined` where there is none. Brings no new mistake. */
export function fixAll(document: TopologyDocument, options: FixOptions = {}): TextEdit | undefined {
  const before = judged(document, options.target);
  const together = fixTogether(before, options.gradings);
  const after = isBetter(before, together) ? together : fixSingly(before, options.gradings);
  return isBetter(before, after) ? difference(document.text, after.document.text) : undefined;
}

/** On the way a fix may bring a mistake to light that the next round puts right. */
function fixTogether(before: RuleContext, gradings?: readonly Grading[]): RuleContext {
  let current = before;
  for (let round = 0; round < mostRounds; round += 1) {
    const edits = apart(
      reported(current, current.found, gradings).map((found) => certainEdits(current, found)),
    );
    const next = edits.length === 0 ? undefined : edited(current, edits);
    if (!next) return current;
    current = next;
  }
  return current;
}

/** Where some spoil it for the others. */
function fixSingly(before: RuleContext, gradings?: readonly Grading[]): RuleContext {
  let current = before;
  let tries = mostTries(before.document, mostSingle);
  let wanted = reported(current, current.found, gradings);
  for (let index = 0; index < wanted.length && tries > 0; index += 1) {
    const found = wanted[index];
    const edits = found ? certainEdits(current, found) : [];
    if (edits.length === 0) continue;
    tries -= 1;
    const next = edited(current, edits);
    if (!next || !isBetter(current, next)) continue;
    current = next;
    wanted = reported(current, current.found, gradings);
    index = -1;
  }
  return current;
}

function certainEdits(context: RuleContext, found: Found): readonly TextEdit[] {
  return draftsFor(context, found).find(({ isCertain }) => isCertain)?.edits ?? [];
}

function isBetter(before: RuleContext, after: RuleContext): boolean {
  return mistakes(after) < mistakes(before) && isNoWorse(before, after);
}

function mistakes({ found }: RuleContext): number {
  return found.filter(isMistake).length;
}

/** As many as do not touch one another; the rest wait for the next round. */
function apart(groups: readonly (readonly TextEdit[])[]): TextEdit[] {
  const single = groups.filter((group) => group.length > 0);
  const ordered = [...single].sort((a, b) => first(a) - first(b));
  const kept: TextEdit[] = [];
  let end = -1;
  for (const group of ordered) {
    if (first(group) <= end) continue;
    kept.push(...group);
    end = Math.max(...group.map((edit) => edit.end));
  }
  return kept;
}

function first(group: readonly TextEdit[]): number {
  return Math.min(...group.map((edit) => edit.start));
}
