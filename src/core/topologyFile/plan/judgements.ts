import type { Entry, EntryOf } from '../declarations';
import { judgedAgainst } from '../diagnostics';
import type { TopologyDocument } from '../document';
import { entryFinder } from '../entryAt';
import { member, stringValue } from '../json/jsonRead';
import type { NodeId } from '../json/jsonTable';
import { absent } from '../json/jsonTable';
import type { Found } from '../ruleContext';
import { sectionNames } from '../sections';
import type { Surroundings } from '../surroundings';
import type { Target } from '../target';
import type { Stage } from './refusalStage';
import { beforeAll, refusalStage } from './refusalStage';

/** What the rules say of one entry. */
export interface Judgement {
  readonly refused: readonly Found[];
  readonly surprises: readonly Found[];
  /** What depends on a plugin that the target may not have. */
  readonly plugins: readonly Found[];
}

export interface Judgements {
  of(entry: Entry): Judgement;
  /** What is wrong with the file outside of its entries: where it stops an import, and why. */
  readonly wholeFile: readonly { readonly stage: Stage; readonly found: Found }[];
  stageOf(entry: Entry, found: Found): Stage;
}

interface Sorted {
  readonly refused: Found[];
  readonly surprises: Found[];
  readonly plugins: Found[];
}

const nothing: Judgement = { refused: [], surprises: [], plugins: [] };

/** Runs the rules of diagnostics for a broker that has more than a fresh one and sorts what they say by entry. */
export function judgements(document: TopologyDocument, target: Target, around: Surroundings): Judgements {
  const { table, declarations } = document;
  const { form } = declarations;
  const context = judgedAgainst(document, target, around);
  const entryAt = entryFinder(document);
  const byEntry = new Map<NodeId, Sorted>();
  const at = (entry: Entry): Sorted => {
    let own = byEntry.get(entry.node);
    if (!own) byEntry.set(entry.node, (own = { refused: [], surprises: [], plugins: [] }));
    return own;
  };
  const wholeFile: { stage: Stage; found: Found }[] = [];
  for (const [index, found] of context.found.entries()) {
    const isRefused = found.code.startsWith('refused/');
    // The syntax rules come first, one finding a problem: broken JSON is not read at all.
    if (index < document.problems.length || found.code === 'refused/not-an-object') {
      if (isRefused) wholeFile.push({ stage: beforeAll, found });
      continue;
    }
    const entry = entryAt(found.start);
    if (!entry) {
      const section = sectionNames.find((name) => isWithin(document, name, found));
      if (isRefused && section)
        wholeFile.push({ stage: refusalStage(found.code, section, false, target, form), found });
      continue;
    }
    if (entry.section === 'vhosts' && isFoundByQueues(document, entry, found, target, around)) {
      for (const queue of queuesByDefault(document, entry)) at(queue).refused.push(found);
      continue;
    }
    const own = at(entry);
    if (/^\w+\/plugin-/.test(found.code)) own.plugins.push(found);
    else if (isRefused) own.refused.push(found);
    else if (found.code.startsWith('surprise/')) own.surprises.push(found);
  }
  return {
    of: (entry) => byEntry.get(entry.node) ?? nothing,
    wholeFile,
    stageOf: (entry, { code, start }) => {
      const vhost = (entry.fields as { readonly vhost?: NodeId }).vhost ?? absent;
      const isAboutVhost = vhost !== absent && table.start(vhost) === start;
      return refusalStage(code, entry.section, isAboutVhost, target, form);
    },
  };
}

function isWithin(
  { declarations, table }: TopologyDocument,
  name: (typeof sectionNames)[number],
  found: Found,
): boolean {
  const section = declarations.section(name);
  return (
    section !== undefined && table.start(section.key) <= found.start && found.start < table.end(section.value)
  );
}

/** A default queue type that the broker takes with the virtual host and fails over at the queues that go by it. */
function isFoundByQueues(
  { table }: TopologyDocument,
  { name, fields }: EntryOf<'vhosts'>,
  { code }: Found,
  target: Target,
  around: Surroundings,
): boolean {
  if (code !== 'refused/unknown-queue-type') return false;
  const type = stringValue(table, member(table, fields.metadata, 'default_queue_type'));
  return target === '4.0' ? around.hasVhost(name ?? '') : type?.startsWith('rabbit_') === true;
}

function queuesByDefault({ declarations, table }: TopologyDocument, vhost: EntryOf<'vhosts'>): Entry[] {
  return declarations
    .entries('queues')
    .filter(
      (queue) =>
        queue.vhost === vhost.name &&
        queue.name?.startsWith('amq.') !== true &&
        member(table, queue.fields.arguments, 'x-queue-type') === absent,
    );
}
