import type { ExactObject, ExactValue } from '../compare/exactJson';
import { differences, isExactObject } from '../compare/exactJson';
import type { TopologyObject } from '../compare/topologyObjects';
import { entryNoun } from '../sections';
import type { Target } from '../target';
import type { BrokerContents } from './brokerContents';
import type { PlanAction } from './importPlan';
import type { Judgement } from './judgements';

export interface Decision {
  readonly action: PlanAction;
  readonly why: readonly string[];
  readonly differs: readonly string[];
  readonly before?: ExactObject;
  readonly after: ExactObject;
  /** It may be refused, by a plugin that is not known: what comes later then does not come. */
  readonly mayBeRefused?: boolean;
}

export interface Asked {
  readonly object: TopologyObject;
  /** What the file asks for. */
  readonly form: ExactObject;
  readonly judgement: Judgement;
  /** What an entry before it in the file has made of it by then; missing: what the broker has. */
  readonly earlier?: ExactObject | undefined;
}

/** What an import does with one entry, as far as it gets there. */
export function decide(
  { object, form, judgement, earlier }: Asked,
  broker: BrokerContents,
  target: Target,
): Decision {
  const { entry, vhost } = object;
  const { section } = entry;
  const old = object.isNameless ? undefined : broker.find(section, object.key);
  const isKept = section === 'queues' || section === 'exchanges';
  const was = earlier ?? (old && broker.form(old));
  const words = (found: readonly { readonly message: string }[]): string[] =>
    found.map(({ message }) => message);
  const none = { differs: [], after: form, ...(was ? { before: was } : {}) };
  // A queue or exchange that is there is left alone before anything but its name is looked at.
  if (judgement.refused.length > 0 && !(isKept && was))
    return { action: 'refused', why: words(judgement.refused), ...none };
  const surprises = was && isKept ? [] : judgement.surprises;
  const passed = passedOver(object, form, surprises);
  if (passed) return { action: 'skipped', why: passed, ...none };
  if (object.isNameless) return { action: 'unknown', why: words(judgement.surprises), ...none };
  if (isDoubtful(judgement, target)) return { action: 'unknown', why: words(judgement.surprises), ...none };
  if (!was && !broker.sees(section, section === 'vhosts' ? (entry.name ?? '') : vhost)) {
    const why = `This login cannot see whether the ${entryNoun[section]} is there.`;
    return { action: 'unknown', why: [why, ...words(judgement.surprises)], ...none };
  }
  if (!was) return created(judgement, none, object, form, target);
  if (isKept) {
    // What "type" says of a queue is not looked at by an import; what a file does not say it does not ask for.
    const isAsked = (path: string): boolean =>
      path.includes('.') || (form.has(path) && (path !== 'type' || section === 'exchanges'));
    const differs = differences(was, form).filter(
      (path) => isAsked(path) && (!old || broker.says(old, path)),
    );
    if (differs.length === 0) return { action: 'identical', why: [], ...none };
    const why = `The ${entryNoun[section]} is there with other properties, and an import leaves it as it is without a word: ${differs.join(', ')}.`;
    return { action: 'ignored', why: [why], ...none, differs };
  }
  return written(object, form, was, old, broker, judgement);
}

type Rest = Omit<Decision, 'action' | 'why'>;

function created(
  { plugins, surprises }: Judgement,
  none: Rest,
  { entry }: TopologyObject,
  form: ExactObject,
  target: Target,
): Decision {
  const why = surprises.map(({ message }) => message);
  if (plugins.length > 0)
    return {
      action: 'unknown',
      why: [...plugins.map(({ message }) => message), ...why],
      ...none,
      mayBeRefused: true,
    };
  if (entry.section === 'vhosts') why.push('The user who imports gets all permissions in it.');
  if (entry.section === 'global_parameters' && target === '4.3' && entry.name?.startsWith('internal')) {
    why.push('RabbitMQ 4.3 does not show parameters whose names begin with "internal".');
    return { action: 'unknown', why, ...none };
  }
  why.push(...judgedByPlugin(form));
  return { action: 'create', why, ...none };
}

/** Sections that are written over: users, virtual hosts, permissions, policies and parameters. */
function written(
  { entry }: TopologyObject,
  asked: ExactObject,
  was: ExactObject,
  old: TopologyObject | undefined,
  broker: BrokerContents,
  { surprises, plugins }: Judgement,
): Decision {
  const why = surprises.map(({ message }) => message);
  const result = new Map(asked);
  if (entry.section === 'users') why.push(...mergedUser(result, was));
  if (entry.section === 'vhosts') mergedVhost(result, was);
  const differs = differences(was, result).filter((path) => {
    if (path === 'password') return false;
    return !old || broker.says(old, path);
  });
  const rest = { after: result, before: was };
  if (differs.length === 0 && !result.has('password')) return { action: 'identical', why, ...rest, differs };
  if (plugins.length > 0)
    return {
      action: 'unknown',
      why: [...plugins.map(({ message }) => message), ...why],
      ...rest,
      differs,
      mayBeRefused: true,
    };
  why.push(...judgedByPlugin(asked));
  return {
    action: 'replace',
    why: [`The ${entryNoun[entry.section]} is there, and an import writes over it.`, ...why],
    ...rest,
    differs,
  };
}

/** What rules know of shovels and federation is whether there is a plugin for them. */
function judgedByPlugin(form: ExactObject): string[] {
  const component = form.get('component');
  if (typeof component !== 'string' || component === 'vhost-limits' || component === 'operator_policy')
    return [];
  return ['Whether the plugin takes its value is not known here.'];
}

/**
 * Limits are added to those that are there, and a user without a password in the file loses the one it has (seen on
 * 3.10.8, 4.0.5 and 4.3.6).
 */
function mergedUser(result: Map<string, ExactValue>, was: ExactObject): string[] {
  const [old, added] = [was.get('limits'), result.get('limits')];
  if (isExactObject(old) && isExactObject(added))
    result.set('limits', new Map([...old, ...added].sort(([a], [b]) => (a < b ? -1 : 1))));
  if (result.has('password')) {
    result.delete('password_hash');
    return ['It gets the password in the file; whether it has that already cannot be seen.'];
  }
  const isCleared = !result.has('password_hash');
  if (isCleared) result.set('password_hash', '');
  if (!was.has('password_hash')) return ['Whether the password changes cannot be seen here.'];
  if (isCleared && was.get('password_hash') !== '')
    return ['The file gives it no password, so it can no longer log in with the one it has.'];
  return [];
}

/** Tracing that the file does not mention stays as it is. */
function mergedVhost(result: Map<string, ExactValue>, was: ExactObject): void {
  for (const field of ['protected_from_deletion', 'tracing']) {
    const old = was.get(field);
    if (!result.has(field) && old !== undefined) result.set(field, old);
  }
}

/** Why an import passes over an entry without a word, or `undefined` where it does not. */
function passedOver(
  { entry }: TopologyObject,
  form: ExactObject,
  surprises: Judgement['surprises'],
): readonly string[] | undefined {
  const skipping = surprises.filter(({ code }) => skippingCodes.has(code));
  if (skipping.length > 0) return skipping.map(({ message }) => message);
  if (entry.section === 'bindings' && form.get('source') === '')
    return ['The broker has this binding by itself: an import passes over it.'];
  if (entry.section === 'queues' && entry.name?.startsWith('amq.'))
    return ['Names that begin with "amq." belong to the broker: an import leaves the queue out.'];
  if (entry.section === 'exchanges' && (entry.name === '' || entry.name?.startsWith('amq.')))
    return ['Every broker has this exchange by itself: an import leaves it out.'];
  return undefined;
}

const skippingCodes: ReadonlySet<string> = new Set([
  'surprise/reserved-name',
  'surprise/queue-not-created',
  'surprise/vhost-not-created',
  'surprise/binding-dropped',
  'surprise/default-exchange-binding',
]);

/** Of a key that is there twice 3.10 takes the last, and everything here the first. */
function isDoubtful({ surprises }: Judgement, target: Target): boolean {
  return target === '3.10' && surprises.some(({ code }) => code === 'surprise/duplicate-key');
}
