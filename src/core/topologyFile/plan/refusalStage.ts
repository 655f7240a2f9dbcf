import { importOrder } from '../compare/topologyObjects';
import type { FileForm } from '../declarations';
import type { FindingCode } from '../findingCodes';
import type { SectionName } from '../sections';
import type { Target } from '../target';

/**
 * How far an import has come when it stops: before everything, in a section, or where it counts the queues to come,
 * which is after the virtual hosts. Larger is later.
 */
export type Stage = number;

export const beforeAll: Stage = -1;

export function stageOf(section: SectionName, target: Target, form: FileForm): Stage {
  return importOrder(target, form).indexOf(section);
}

/** Between the virtual hosts and what follows (`rabbit_definitions:validate_limits/1`). */
export function countingStage(target: Target): Stage {
  return stageOf('vhosts', target, 'cluster') + 0.5;
}

/**
 * Where a finding stops an import. Since 3.11 one of the whole broker looks first whether all queues, exchanges and
 * bindings name a virtual host; every series then counts the new queues of each (seen on 3.10.8, 4.0.5, 4.3.6).
 */
export function refusalStage(
  code: FindingCode,
  section: SectionName,
  isAboutVhost: boolean,
  target: Target,
  form: FileForm,
): Stage {
  const isShape = code === 'refused/section-not-a-list' || code === 'refused/entry-not-an-object';
  const isCheckedFirst = section === 'queues' || section === 'exchanges' || section === 'bindings';
  if (isShape || code === 'refused/missing-vhost') {
    if (isCheckedFirst && form === 'cluster' && target !== '3.10') return beforeAll;
    if (section === 'queues') return countingStage(target);
  }
  if (section === 'queues') {
    if (isAboutVhost) return countingStage(target);
    if (code === 'refused/missing-name' && target === '4.3') return countingStage(target);
  }
  return stageOf(section, target, form);
}

/** Sections whose entries are imported one after the other; those of the others run side by side (DOMAIN 5.1). */
export function isOneByOne(section: SectionName): boolean {
  return section === 'policies' || section === 'parameters';
}
