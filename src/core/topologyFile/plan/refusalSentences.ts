import { importOrder } from '../compare/topologyObjects';
import type { FileForm } from '../declarations';
import { brokerName } from '../ruleContext';
import type { SectionName } from '../sections';
import type { Target } from '../target';
import type { Stage } from './refusalStage';
import { isOneByOne, stageOf } from './refusalStage';

const plural: Readonly<Record<SectionName, string>> = {
  users: 'users',
  vhosts: 'virtual hosts',
  permissions: 'permissions',
  topic_permissions: 'topic permissions',
  exchanges: 'exchanges',
  global_parameters: 'global parameters',
  policies: 'policies',
  parameters: 'parameters',
  queues: 'queues',
  bindings: 'bindings',
};

/** Why an import of the whole file fails and what it leaves behind; `undefined` where nothing stops it. */
export function refusalSentences(
  stops: readonly { readonly stage: Stage; readonly message: string }[],
  target: Target,
  form: FileForm,
): string[] | undefined {
  const [first] = stops;
  if (!first) return undefined;
  const sentences = [`${brokerName(target)} refuses an import of the whole file.`, first.message];
  const others = stops.length - 1;
  if (others > 0)
    sentences.push(`${others} more ${others === 1 ? 'entry is' : 'entries are'} in the way as well.`);
  return [...sentences, ...leftBehind(first.stage, target, form)];
}

function leftBehind(stage: Stage, target: Target, form: FileForm): string[] {
  const order = importOrder(target, form);
  const done = order
    .filter((section) => stageOf(section, target, form) < stage)
    .map((section) => plural[section]);
  if (stage < 0) return ['Nothing of the file is done then.'];
  const own = order.find((section) => stageOf(section, target, form) === stage);
  const sentences =
    done.length === 0 ? [] : [`An import is no transaction: its ${listed(done)} are done by then and stay.`];
  if (own !== undefined) {
    sentences.push(
      isOneByOne(own)
        ? `Of its ${plural[own]} those before the refused one are done.`
        : `Of its ${plural[own]} some may be done: they are imported side by side.`,
    );
  }
  sentences.push('What comes after is not done.');
  return sentences;
}

function listed(words: readonly string[]): string {
  const [last] = words.slice(-1);
  return words.length < 2 ? (last ?? '') : `${words.slice(0, -1).join(', ')} and ${last ?? ''}`;
}
