import { throwIfAborted } from '../../base/failure';
import { jsonMeaning, jsonObject } from '../../base/jsonText';
import type { DefinitionsEntry } from '../../topology/definitionsEntry';
import { entryName, entryText } from '../../topology/definitionsEntry';
import type { DefinitionsSection } from '../../topology/definitionsFile';
import type { RoutedBinding } from '../../topology/routing';
import type { Binding } from '../amqpPort';
import { BrokerError } from '../brokerError';
import { cleanBrokerText } from '../brokerText';
import type { DefinitionsPort, WrittenDefinition } from '../definitionsPort';
import { text } from './definitionJson';
import { argumentsOf, bindingEntry, bindingOf, exchangeEntries, flag, queueEntries } from './memoryEntries';
import { Fault } from './fault';
import type { ManagedBroker } from './managedBroker';
import type { VhostState } from './vhostState';

/** Queues, exchanges and bindings of the in-memory broker; of the rest it has nothing but its virtual hosts. */
export class MemoryDefinitions implements DefinitionsPort {
  /** Who declares: no connection, so that exclusive queues stay locked. */
  private readonly user = {};

  constructor(private readonly broker: ManagedBroker) {}

  entries(
    section: DefinitionsSection,
    vhost: string | undefined,
    signal?: AbortSignal,
  ): Promise<readonly DefinitionsEntry[]> {
    return this.answer(signal, () => {
      if (section === 'vhosts')
        return [...this.broker.vhosts.keys()].map((name) => jsonObject({ name: text(name) }));
      const states = vhost === undefined ? [...this.broker.vhosts.values()] : [this.vhost(vhost)];
      const list = this.lister(section);
      return states.flatMap(list);
    });
  }

  write(
    section: DefinitionsSection,
    vhost: string,
    entry: DefinitionsEntry,
    signal?: AbortSignal,
  ): Promise<WrittenDefinition> {
    return this.answer(signal, () => {
      const isThere = translated(entryName(section, entry), () => this.make(section, vhost, entry));
      return { kind: isThere ? 'updated' : 'created' };
    });
  }

  remove(
    section: DefinitionsSection,
    vhost: string,
    entry: DefinitionsEntry,
    signal?: AbortSignal,
  ): Promise<'removed' | 'absent'> {
    return this.answer(signal, () => {
      const what = entryName(section, entry);
      if (section === 'vhosts') throw fixedVhosts();
      this.lister(section);
      const state = this.broker.vhosts.get(vhost);
      return state && translated(what, () => this.unmake(section, state, entry, what)) ? 'removed' : 'absent';
    });
  }

  private lister(section: DefinitionsSection): (state: VhostState) => readonly DefinitionsEntry[] {
    switch (section) {
      case 'exchanges':
        return exchangeEntries;
      case 'queues':
        return (state) => queueEntries(state, !this.broker.version.startsWith('3.'));
      case 'bindings':
        return (state) => state.bindings.all().map((binding) => bindingEntry(state.name, binding));
      default:
        throw new BrokerError('unsupported', `The demo broker has no ${section.replaceAll('_', ' ')}.`);
    }
  }

  /** Returns whether it was there already. */
  private make(section: DefinitionsSection, vhost: string, entry: DefinitionsEntry): boolean {
    const name = entryText(entry, 'name');
    if (section === 'vhosts') {
      if (this.broker.vhosts.has(name)) return true;
      throw fixedVhosts();
    }
    this.lister(section);
    const state = this.vhost(vhost);
    const args = argumentsOf(entry);
    if (section === 'bindings') {
      const binding = bindingOf(entry);
      if (alike(state, binding)) return true;
      state.bind(binding, this.user);
      return false;
    }
    const [durable, autoDelete] = [flag(entry, 'durable', true), flag(entry, 'auto_delete', false)];
    const isThere = section === 'queues' ? state.queues.has(name) : state.exchanges.has(name);
    if (section === 'queues') {
      state.declareQueue(name, { durable, autoDelete, exclusive: false, arguments: args }, this.user);
    } else {
      const internal = flag(entry, 'internal', false);
      state.declareExchange(name, {
        type: entryText(entry, 'type'),
        durable,
        autoDelete,
        internal,
        arguments: args,
      });
    }
    return isThere;
  }

  /** Returns whether there was something to remove. */
  private unmake(
    section: DefinitionsSection,
    state: VhostState,
    entry: DefinitionsEntry,
    what: string,
  ): boolean {
    const name = entryText(entry, 'name');
    if (section === 'bindings') {
      const found = alike(state, bindingOf(entry));
      if (found) state.unbind(found, this.user);
      return found !== undefined;
    }
    if (section === 'exchanges') {
      const isThere = state.exchanges.has(name);
      state.deleteExchange(name, { ifUnused: true });
      return isThere;
    }
    const queue = state.queues.get(name);
    if (!queue) return false;
    const { ready, unacked, consumers } = queue.figures();
    const holds = [counted(ready + unacked, 'message'), counted(consumers.length, 'consumer')].find(Boolean);
    if (holds !== undefined)
      throw new BrokerError('precondition', `${capital(what)} is not removed: it has ${holds}.`);
    state.deleteQueue(name, {}, this.user);
    return true;
  }

  private vhost(name: string): VhostState {
    const state = this.broker.vhosts.get(name);
    if (state) return state;
    throw new BrokerError('notFound', `There is no virtual host \`${name}\`.`, { code: 404 });
  }

  private answer<T>(signal: AbortSignal | undefined, question: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      throwIfAborted(signal);
      this.broker.loop.post(() => {
        try {
          throwIfAborted(signal);
          resolve(question());
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
  }
}

/** The broker's refusal as its management API gives it: a missing end is not found, everything else a bad request. */
function translated<T>(what: string, action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    const reason = thrown.code === 404 ? 'notFound' : thrown.code === 403 ? 'refused' : 'precondition';
    throw new BrokerError(reason, `The demo broker refused ${what}: ${cleanBrokerText(thrown.text)}.`, {
      code: thrown.code,
      detail: thrown.text,
    });
  }
}

function fixedVhosts(): BrokerError {
  return new BrokerError('unsupported', 'The virtual hosts of the demo broker are always the same.');
}

/** The binding that looks the same from outside, where types of integers do not show. */
function alike(state: VhostState, wanted: Binding): RoutedBinding | undefined {
  const identity = (binding: RoutedBinding): string => jsonMeaning(bindingEntry(state.name, binding));
  const sought = identity(wanted);
  return [...state.bindings.from(wanted.source)].find((binding) => identity(binding) === sought);
}

function counted(count: number, noun: string): string | undefined {
  if (count === 0) return undefined;
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function capital(words: string): string {
  return (words[0] ?? '').toUpperCase() + words.slice(1);
}
