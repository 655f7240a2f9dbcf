import type { ImportPlan, PlanStep } from '../../src/core/topologyFile/plan/importPlan';

type Fields = Readonly<Record<string, unknown>>;
type Exported = Readonly<Record<string, readonly Fields[]>>;

const nameFields: Readonly<Record<string, readonly string[]>> = {
  users: ['name'],
  vhosts: ['name'],
  permissions: ['vhost', 'user'],
  topic_permissions: ['vhost', 'user', 'exchange'],
  exchanges: ['vhost', 'name'],
  global_parameters: ['name'],
  policies: ['vhost', 'name'],
  parameters: ['vhost', 'component', 'name'],
  queues: ['vhost', 'name'],
  bindings: ['vhost', 'source', 'destination', 'destination_type', 'routing_key', 'arguments'],
};

/**
 * What became of a plan, by what the broker had before and after the import: a line for each thing it did not foretell.
 * `importer` is the user who imported, who gets permissions in every virtual host that is made.
 */
export function unlikePlanned(
  plan: ImportPlan,
  before: string,
  after: string,
  home: string,
  importer: string,
): string[] {
  const [was, is] = [byName(before, home), byName(after, home)];
  const wrong: string[] = [];
  const planned = new Map<string, PlanStep[]>();
  for (const step of plan.steps) {
    const name = nameOf(step.section, JSON.parse(step.json) as Fields, step.vhost);
    const steps = planned.get(name);
    if (steps) steps.push(step);
    else planned.set(name, [step]);
  }
  for (const [name, steps] of planned) {
    // Of one that the file has several times the last that does something decides.
    const last = steps.findLast(({ action, reached }) => action !== 'refused' && reached !== 'no');
    const step = last ?? steps[0];
    if (!step) continue;
    const isAgain = steps.length > 1 && step.action !== 'skipped' && step.action !== 'ignored';
    const problem = isAgain ? unlikeLast(step, is.get(name)) : unlikeStep(step, was.get(name), is.get(name));
    if (problem !== undefined) wrong.push(`${step.action} ${name} (reached ${step.reached}): ${problem}`);
  }
  const made = plan.steps.filter(({ section }) => section === 'vhosts').map(({ label }) => label);
  for (const vhost of made) planned.set(nameOf('permissions', { vhost, user: importer }, home), []);
  // Permissions inside a user, which very old exports write, come with the step of the user.
  for (const step of plan.steps.filter(({ section }) => section === 'users')) {
    const user = JSON.parse(step.json) as Fields;
    for (const vhost of isFields(user['permissions']) ? Object.keys(user['permissions']) : [])
      planned.set(nameOf('permissions', { vhost, user: user['name'] }, home), []);
  }
  for (const name of new Set([...was.keys(), ...is.keys()])) {
    if (!planned.has(name) && text(was.get(name)) !== text(is.get(name)))
      wrong.push(`${name} changed from ${text(was.get(name))} to ${text(is.get(name))} without a step`);
  }
  return wrong;
}

function unlikeLast(step: PlanStep, is: Fields | undefined): string | undefined {
  if (step.action === 'unknown' || step.reached !== 'yes') return undefined;
  return is ? unlikeAsked(JSON.parse(step.after) as Fields, is) : 'it is not there';
}

function unlikeStep(step: PlanStep, was: Fields | undefined, is: Fields | undefined): string | undefined {
  const isSame = text(was) === text(is);
  const done = (): string | undefined =>
    is === undefined ? 'it is not there' : unlikeAsked(JSON.parse(step.after) as Fields, is);
  const either = (check: () => string | undefined): string | undefined => {
    if (step.reached === 'no') return isSame ? undefined : `it became ${text(is)}`;
    if (step.reached === 'perhaps' && isSame) return undefined;
    return check();
  };
  switch (step.action) {
    case 'create':
      return was ? 'it was there' : either(done);
    case 'replace':
      return was ? either(done) : 'it was not there';
    case 'identical':
      if (step.reached === 'no' || step.reached === 'perhaps') return undefined;
      return isSame && is ? unlikeAsked(JSON.parse(step.after) as Fields, is) : `it became ${text(is)}`;
    case 'ignored':
      if (!isSame || !is) return `it became ${text(is)}`;
      return unlikeAsked(JSON.parse(step.after) as Fields, is) === undefined ? 'it is as asked' : undefined;
    case 'refused':
      return isSame || step.reached === 'perhaps' ? undefined : `it became ${text(is)}`;
    case 'skipped':
      return isSame ? undefined : `it became ${text(is)}`;
    case 'unknown':
      return undefined;
  }
}

/** The first field that is not as asked; what an export does not say is not looked at. */
function unlikeAsked(asked: Fields, is: Fields): string | undefined {
  const metadata = (is['metadata'] ?? {}) as Fields;
  for (const [field, value] of Object.entries(asked)) {
    if (field === 'password' || (field === 'type' && 'durable' in asked && !('internal' in asked))) continue;
    if (field === 'password_hash' && !('password_hash' in is)) continue;
    // Nothing was hashed with it.
    if (field === 'hashing_algorithm' && !('password_hash' in asked)) continue;
    const there = is[field] ?? metadata[field];
    // What a file of 3.10 leaves out may be stored as the word "undefined".
    if (there === undefined || there === null || there === 'undefined') continue;
    const told = field === 'default_queue_type' ? text(there).replace(/rabbit_|_queue/g, '') : undefined;
    if (told === text(value)) continue;
    if (!isAs(value, there)) return `${field} is ${text(there)} and not ${text(value)}`;
  }
  return undefined;
}

function isAs(asked: unknown, is: unknown): boolean {
  if (isFields(asked) && isFields(is)) {
    const [mine, theirs] = [{ ...asked }, { ...is }];
    // The usual type, which 3.x does not write down.
    for (const one of [mine, theirs])
      if (one['x-queue-type'] === 'classic' || one['x-queue-type'] === 'undefined')
        delete one['x-queue-type'];
    const keys = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
    return [...keys].every((key) => (key === 'apply-to' && !(key in theirs)) || isAs(mine[key], theirs[key]));
  }
  if (isFields(asked) && Object.keys(asked).length === 0 && Array.isArray(is) && is.length === 0) return true;
  if (Array.isArray(asked) && Array.isArray(is))
    return text([...new Set(asked)].sort()) === text([...new Set(is)].sort());
  return text(asked) === text(is);
}

function byName(exported: string, home: string): Map<string, Fields> {
  const sections = JSON.parse(exported) as Exported;
  const found = new Map<string, Fields>();
  for (const section of Object.keys(nameFields))
    for (const entry of sections[section] ?? []) {
      // 4.x shows a binding from the default exchange that a file asked for, and it still does nothing.
      if (section === 'bindings' && entry['source'] === '') continue;
      // Virtual hosts of earlier files, which go away in their own time.
      const vhost = section === 'vhosts' ? entry['name'] : entry['vhost'];
      if (typeof vhost === 'string' && /^[a-z]\d+$/.test(vhost) && vhost !== home) continue;
      if (entry['name'] === 'undefined' || entry['exchange'] === 'undefined') continue;
      // Shovels of the files make their queues there, when they get to it.
      if (section === 'queues' && vhost === '/') continue;
      // Limits are parameters; an empty description is shown in two ways.
      const { limits, ...rest } = entry;
      found.set(nameOf(section, entry, ''), section === 'vhosts' ? withoutNull(rest) : entry);
    }
  return found;
}

function withoutNull(entry: Fields): Fields {
  const text = JSON.stringify(entry, (_key, value: unknown) =>
    value === null || value === '' || (Array.isArray(value) && value.length === 0) ? undefined : value,
  );
  return JSON.parse(text) as Fields;
}

function nameOf(section: string, entry: Fields, home: string): string {
  const fields = nameFields[section] ?? [];
  return `${section} ${text(
    fields.map((field) => {
      const value = entry[field];
      if (field === 'vhost') return value ?? home;
      if (field !== 'arguments') return value ?? null;
      return value === undefined || text(value) === '[]' ? {} : value;
    }),
  )}`;
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** With the keys in order. */
function text(value: unknown): string {
  if (value === undefined) return 'nothing';
  return JSON.stringify(value, (_key, inner: unknown) =>
    isFields(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}
