import type { TopologyDocument } from './document';
import type { Finding } from './finding';
import { severityOf } from './finding';
import type { Grading } from './grading';
import { graded } from './grading';
import type { Found, Rule } from './ruleContext';
import { RuleContext } from './ruleContext';
import { argumentRules } from './rules/argumentRules';
import { bindingKeyRules } from './rules/bindingKeyRules';
import { bindingRules } from './rules/bindingRules';
import { duplicateRules } from './rules/duplicateRules';
import { exchangeRules } from './rules/exchangeRules';
import { fieldRules } from './rules/fieldRules';
import { keyRules } from './rules/keyRules';
import { meaningRules } from './rules/meaningRules';
import { nameRules } from './rules/nameRules';
import { parameterRules } from './rules/parameterRules';
import { policyRules } from './rules/policyRules';
import { queueRules } from './rules/queueRules';
import { structureRules } from './rules/structureRules';
import { syntaxRules } from './rules/syntaxRules';
import { userRules } from './rules/userRules';
import { vhostRules } from './rules/vhostRules';
import type { Surroundings } from './surroundings';
import { freshBroker } from './surroundings';
import type { Target } from './target';
import { targetFor } from './target';

export interface DiagnosticOptions {
  /** The RabbitMQ to judge for; without it the file's own version, else the newest. */
  readonly target?: Target | undefined;
  /** `once` where an editor reports JSON syntax by itself: only the first syntax finding, which says the consequence. */
  readonly syntax?: 'every' | 'once' | undefined;
  /** The most findings to return; the gravest are kept and one more says how many there are. */
  readonly limit?: number | undefined;
  /** What is decided about the findings; the last that says something counts. */
  readonly gradings?: readonly Grading[] | undefined;
}

/** To add a rule: a file in rules/, its codes in findingCodes.ts, its function here. */
const rules: readonly Rule[] = [
  syntaxRules,
  structureRules,
  keyRules,
  nameRules,
  bindingRules,
  fieldRules,
  vhostRules,
  userRules,
  exchangeRules,
  policyRules,
  parameterRules,
  queueRules,
  argumentRules,
  bindingKeyRules,
  duplicateRules,
  meaningRules,
];

/** What is wrong with a file, in the order of the file. */
export function findProblems(document: TopologyDocument, options: DiagnosticOptions = {}): Finding[] {
  let { found } = judged(document, options.target);
  if (options.syntax === 'once') found = withoutLaterSyntax(found, document);
  const ordered = [...found].sort((a, b) => a.start - b.start || a.end - b.end);
  const findings = ordered.map((item) => toFinding(document, item));
  return gravest(graded(findings, document, options.gradings ?? []), options.limit ?? Infinity);
}

export function toFinding({ lines }: TopologyDocument, { code, message, start, end }: Found): Finding {
  return { code, severity: severityOf(code), message, range: lines.range(start, end) };
}

/** Fixes ask again for what diagnostics have found already. */
const judgements = new WeakMap<TopologyDocument, RuleContext>();

/** What every rule says of a file, and what they know of it; kept for the last target asked for. */
export function judged(document: TopologyDocument, asked: Target | undefined): RuleContext {
  const target = targetFor(document.table, asked);
  const known = judgements.get(document);
  if (known?.target === target) return known;
  const context = judgedAgainst(document, target, freshBroker);
  judgements.set(document, context);
  return context;
}

/** The same for a broker that has more than a fresh one; not kept. */
export function judgedAgainst(document: TopologyDocument, target: Target, around: Surroundings): RuleContext {
  const context = new RuleContext(document, target, around);
  for (const rule of rules) rule(context);
  return context;
}

/** The syntax rules report one finding a problem and come first. */
function withoutLaterSyntax(found: readonly Found[], document: TopologyDocument): Found[] {
  const syntax = found.slice(0, document.problems.length);
  const gravestOne = syntax.find((item) => severityOf(item.code) === 'error') ?? syntax[0];
  return [...(gravestOne ? [gravestOne] : []), ...found.slice(syntax.length)];
}

const weight = { error: 0, warning: 1, information: 2 } as const;

/** In the order given; the last says that there are more. */
function gravest(findings: Finding[], limit: number): Finding[] {
  if (findings.length <= limit) return findings;
  const order = findings.map((finding, index) => ({ weight: weight[finding.severity], index }));
  order.sort((a, b) => a.weight - b.weight || a.index - b.index);
  const kept = new Set(order.slice(0, limit).map(({ index }) => index));
  const code = 'advice/more-findings';
  const message = `The file has ${String(findings.length)} findings and only the gravest ${String(limit)} are listed: correct these first.`;
  const start = { line: 0, character: 0 };
  const more = {
    code,
    severity: severityOf(code),
    message,
    range: { start, end: { line: 0, character: 1 } },
  } as const;
  return [more, ...findings.filter((_, index) => kept.has(index))];
}
