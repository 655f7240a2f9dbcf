import type { BrokerChoice } from '../check/options';
import type { CommandOutcome } from './planCommand';
import { readBroker } from './readBroker';

/** A broker's definitions in an order that git can compare, without password hashes; of one virtual host when told. */
export async function exportCommand(options: BrokerChoice): Promise<CommandOutcome> {
  const read = await readBroker(options, options.vhost);
  if ('problem' in read) return { out: '', error: `${read.problem}\n`, code: 2 };
  const { text, missing, notes } = read.definitions;
  const hidden = missing.map(({ section, why }) => `Not seen of the broker: ${section}. ${why}`);
  return { out: text, error: [...hidden, ...notes].map((sentence) => `${sentence}\n`).join(''), code: 0 };
}
