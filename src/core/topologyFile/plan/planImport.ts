import type { ExactObject } from '../compare/exactJson';
import { compactText, prettyText } from '../compare/exactJson';
import { normalForm } from '../compare/normalForm';
import type { TopologyObject } from '../compare/topologyObjects';
import { circumstancesIn, importOrder, objectsOf, usualVhost } from '../compare/topologyObjects';
import type { FileForm } from '../declarations';
import type { TopologyDocument } from '../document';
import { shown } from '../ruleContext';
import type { SectionName } from '../sections';
import { entryNoun } from '../sections';
import type { Target } from '../target';
import { BrokerContents } from './brokerContents';
import { decide } from './decide';
import { needsOf } from './dependencies';
import type { ImportPlan, PlanStep } from './importPlan';
import type { Judgements } from './judgements';
import { judgements } from './judgements';
import { queueLimitVerdicts } from './queueLimits';
import type { PlannedEntry } from './plannedEntry';
import { reachOf } from './reach';
import { beforeAll, countingStage, stageOf } from './refusalStage';
import { refusalSentences } from './refusalSentences';

export interface PlanOptions {
  /** What the login that made the export may not see. */
  readonly missing: readonly SectionName[];
  /** Where a file without `vhost` fields goes; `/` unless told. */
  readonly vhost?: string | undefined;
  /** The broker's series. */
  readonly target: Target;
}

/**
 * What importing a file into a broker would do, object by object: the same rules as in diagnostics, judged against what
 * the broker has (DOMAIN 5.1, 5.2). `broker` is its export.
 */
export function planImport(
  document: TopologyDocument,
  brokerDocument: TopologyDocument,
  { missing, vhost: home = usualVhost, target }: PlanOptions,
): ImportPlan {
  const broker = new BrokerContents(brokerDocument, missing, target, home);
  const { declarations, table, lines } = document;
  const declared = new Set(declarations.entries('vhosts').flatMap(({ name }) => name ?? []));
  const around = broker.surroundings(declared);
  const judged = judgements(document, target, around);
  const circumstances = circumstancesIn(document, target, (vhost) =>
    around.defaultQueueType(declarations.form === 'vhost' ? '' : vhost),
  );
  const planned: PlannedEntry[] = [];
  for (const section of importOrder(target, declarations.form)) {
    const entries = objectsOf(document, section, home).map((object) => ({
      object,
      form: normalForm(table, object.entry, circumstances(object)),
    }));
    planned.push(...decideSection(entries, judged, broker, target));
  }
  applyLimits(planned, broker, target);
  if (declarations.form === 'vhost') passOverGlobals(planned);
  const byKey = new Map(planned.map((item, id) => [needKey(item.object.entry.section, item.object.key), id]));
  const needs = planned.map(({ object }) => directNeeds(document, object, byKey, planned));
  carryOn(planned, needs, target, declarations.form);
  const lost =
    declarations.form === 'vhost' && !around.hasVhost('')
      ? [`The broker has no virtual host ${shown(home)}, so it takes nothing for it: make that first.`]
      : [];
  const stops = [
    ...judged.wholeFile.map(({ stage, found }) => ({ stage, message: found.message })),
    ...lost.map((message) => ({ stage: beforeAll, message })),
    ...planned.flatMap(({ decision, stage }) =>
      decision.action === 'refused' && stage !== undefined ? [{ stage, message: decision.why[0] ?? '' }] : [],
    ),
  ].sort((a, b) => a.stage - b.stage);
  const reach = reachOf(planned, stops[0]?.stage, target, declarations.form);
  const steps = planned.map(({ object, decision }, id): PlanStep => {
    const [start, end] = [table.start(object.entry.node), table.end(object.entry.node)];
    return {
      id,
      section: object.entry.section,
      vhost: object.vhost,
      label: object.label,
      action: decision.action,
      why: decision.why,
      json: table.text.slice(start, end),
      range: lines.range(start, end),
      ...(decision.before ? { before: prettyText(decision.before) } : {}),
      after: prettyText(decision.after),
      differs: decision.differs,
      needs: allNeeds(id, needs),
      reached: reach(id),
    };
  });
  const refusal = refusalSentences(stops, target, declarations.form);
  return { steps, ...(refusal ? { refusal } : {}), problems: problemsOf(document, brokerDocument) };
}

function decideSection(
  entries: readonly { readonly object: TopologyObject; readonly form: ExactObject }[],
  judged: Judgements,
  broker: BrokerContents,
  target: Target,
): PlannedEntry[] {
  const groups = new Map<string, { readonly form: ExactObject; readonly isRefused: boolean }[]>();
  for (const { object, form } of entries) {
    const isRefused = judged.of(object.entry).refused.length > 0;
    const group = groups.get(object.key);
    if (group) group.push({ form, isRefused });
    else groups.set(object.key, [{ form, isRefused }]);
  }
  const made = new Map<string, ExactObject>();
  return entries.map(({ object, form }): PlannedEntry => {
    const { section } = object.entry;
    const judgement = judged.of(object.entry);
    const group = object.isNameless ? [] : (groups.get(object.key) ?? []);
    const isThere = broker.find(section, object.key) !== undefined;
    const isKept = section === 'queues' || section === 'exchanges';
    const isOrdered = section === 'policies' || section === 'parameters';
    // Two of one new user or virtual host may also stand in each other's way.
    const isRace = (section === 'users' || section === 'vhosts') && !isThere;
    const isLottery = group.length > 1 && !isOrdered && !(isKept && isThere) && (isRace || !areAlike(group));
    const decision = decide(
      { object, form, judgement, earlier: isLottery ? undefined : made.get(object.key) },
      broker,
      target,
    );
    if (isLottery && (isKept || decision.action !== 'refused')) {
      const why = `The file has this ${entryNoun[section]} more than once, and which one the broker takes is chance.`;
      const mayBeRefused = isRace || group.some(({ isRefused }) => isRefused);
      return { object, form, decision: { ...decision, action: 'unknown', why: [why], mayBeRefused } };
    }
    if (['create', 'replace', 'identical'].includes(decision.action) && group.length > 1)
      made.set(object.key, decision.after);
    const [found] = judgement.refused;
    return decision.action === 'refused' && found
      ? {
          object,
          form,
          decision,
          stage: Math.min(...judgement.refused.map((one) => judged.stageOf(object.entry, one))),
        }
      : { object, form, decision };
  });
}

function areAlike(group: readonly { readonly form: ExactObject }[]): boolean {
  const [first] = group;
  const text = first && compactText(first.form);
  return group.every(({ form }) => compactText(form) === text);
}

function applyLimits(planned: PlannedEntry[], broker: BrokerContents, target: Target): void {
  const ofSection = (section: SectionName): PlannedEntry[] =>
    planned.filter(({ object }) => object.entry.section === section);
  const parameters = ofSection('parameters').filter(({ decision }) => decision.action !== 'refused');
  const queues = ofSection('queues');
  const verdicts = queueLimitVerdicts(
    queues.map(({ object }) => object),
    parameters,
    broker,
    target,
  );
  if (verdicts.size === 0) return;
  for (const item of queues) {
    const verdict = verdicts.get(item.object.vhost);
    if (!verdict || broker.find('queues', item.object.key)) continue;
    if (verdict.action === 'refused') {
      item.stage = Math.min(item.stage ?? Infinity, countingStage(target));
      item.decision = { ...item.decision, action: 'refused', why: [verdict.why] };
    } else if (item.decision.action === 'create') {
      item.decision = { ...item.decision, action: verdict.action, why: [verdict.why] };
    }
  }
}

/** An import into one virtual host does not look at what belongs to none. */
function passOverGlobals(planned: readonly PlannedEntry[]): void {
  for (const item of planned) {
    if (item.object.entry.section !== 'global_parameters') continue;
    const why = ['An import into one virtual host passes over global parameters.'];
    item.decision = { ...item.decision, action: 'skipped', why };
  }
}

function needKey(section: SectionName, key: string): string {
  return `${section} ${key}`;
}

/** The steps for what an entry needs, of those that are not there yet. */
function directNeeds(
  document: TopologyDocument,
  object: TopologyObject,
  byKey: ReadonlyMap<string, number>,
  planned: readonly PlannedEntry[],
): number[] {
  return needsOf(document, object).flatMap(({ section, key }) => {
    const id = byKey.get(needKey(section, key));
    const action = id === undefined ? undefined : planned[id]?.decision.action;
    const isComing =
      action === 'create' || action === 'refused' || action === 'unknown' || action === 'skipped';
    return id !== undefined && isComing && planned[id]?.decision.before === undefined ? [id] : [];
  });
}

function allNeeds(id: number, direct: readonly (readonly number[])[]): number[] {
  const found = new Set<number>();
  const visit = (step: number): void => {
    for (const needed of direct[step] ?? []) {
      if (found.has(needed)) continue;
      found.add(needed);
      visit(needed);
    }
  };
  visit(id);
  return [...found].sort((a, b) => a - b);
}

/** A binding to a queue that may not be there is left to the same chance. */
function carryOn(
  planned: readonly PlannedEntry[],
  needs: readonly (readonly number[])[],
  target: Target,
  form: FileForm,
): void {
  for (const [id, item] of planned.entries()) {
    if (item.object.entry.section !== 'bindings' || item.decision.action !== 'create') continue;
    for (const needed of needs[id] ?? []) {
      const other = planned[needed];
      if (!other || other.decision.mayBeRefused === true) continue;
      const { action } = other.decision;
      const what = `${entryNoun[other.object.entry.section]} ${shown(other.object.label)}`;
      if (action === 'unknown') {
        const why = [`Whether there will be the ${what} is not known.`];
        item.decision = { ...item.decision, action: 'unknown', why };
      } else if (action === 'skipped') {
        const why = [`There will be no ${what}: see there.`];
        item.decision = { ...item.decision, action: target === '3.10' ? 'skipped' : 'refused', why };
        if (target !== '3.10') item.stage = stageOf('bindings', target, form);
      }
    }
  }
}

/** What the management API takes in one piece, unless it is told otherwise (DOMAIN 4.3). */
const usualBodyLimit = 20_000_000;

function problemsOf(document: TopologyDocument, broker: TopologyDocument): string[] {
  const sentences: string[] = [];
  const [damage] = document.problems;
  if (damage) {
    const line = document.lines.position(damage.start).line + 1;
    sentences.push(`The file is not plain JSON at line ${line}: the plan is about what could be read of it.`);
  }
  if (!broker.isWhole)
    sentences.push('What the broker has could not be read whole, so the plan may be wrong.');
  if (document.text.length > usualBodyLimit)
    sentences.push(
      'The file is larger than 20 MB, which brokers with usual settings do not take in one piece.',
    );
  return sentences;
}
