import { route } from '../../topology/routing';
import type { DocumentTopology } from './documentTopology';
import type { RoutedQueue } from './preview';
import { previewRoute } from './preview';
import type { RouteAssertion } from './routeAssertions';

/** What became of one assertion. `unknown`: an exchange on the way decides by rules that are not known here. */
export interface RouteVerdict {
  readonly assertion: RouteAssertion;
  readonly verdict: 'holds' | 'fails' | 'unknown';
  /** Why it does not hold, in a sentence. */
  readonly message: string;
}

/** Routes every message through the topology of its virtual host and compares. */
export function checkRoutes(
  assertions: readonly RouteAssertion[],
  topologyOf: (vhost: string) => DocumentTopology,
): RouteVerdict[] {
  const topologies = new Map<string, DocumentTopology>();
  return assertions.map((assertion) => {
    let topology = topologies.get(assertion.vhost);
    if (!topology) topologies.set(assertion.vhost, (topology = topologyOf(assertion.vhost)));
    return checkRoute(assertion, topology);
  });
}

function checkRoute(assertion: RouteAssertion, topology: DocumentTopology): RouteVerdict {
  const { exchange, routingKey } = assertion;
  if (exchange !== '' && !topology.exchange(exchange)) {
    const message = `There is no exchange "${exchange}" in the virtual host "${assertion.vhost}".`;
    return { assertion, verdict: 'fails', message };
  }
  const { reached, unpredictable } = route(topology, assertion);
  const got = new Set(reached.map(({ queue }) => queue));
  const missing = assertion.queues.filter((queue) => !got.has(queue));
  const extra = [...got].filter((queue) => !assertion.queues.includes(queue)).sort();
  const what = `A message to ${exchange === '' ? 'the default exchange' : `"${exchange}"`} with the key "${routingKey}"`;
  if (extra.length > 0 || (missing.length > 0 && unpredictable.length === 0)) {
    const wrong = [
      ...(missing.length > 0 ? [`does not reach ${quoted(missing)}`] : []),
      ...(extra.length > 0 ? [`also reaches ${quoted(extra)}`] : []),
    ];
    const undeclared = missing.filter((queue) => !topology.hasQueue(queue));
    const hint = undeclared.length === 0 ? '' : ` Not declared: ${quoted(undeclared)}.`;
    return { assertion, verdict: 'fails', message: `${what} ${wrong.join(' and ')}.${hint}` };
  }
  if (unpredictable.length > 0) {
    const message = `${what} passes ${quoted(unpredictable)}, whose type shares messages out by rules that cannot be foretold.`;
    return { assertion, verdict: 'unknown', message };
  }
  return checkDeadLetters(assertion, topology, what);
}

/** Where the dead letters of each queue that is named go next. */
function checkDeadLetters(assertion: RouteAssertion, topology: DocumentTopology, what: string): RouteVerdict {
  if (assertion.deadLetters.size === 0) return { assertion, verdict: 'holds', message: '' };
  const next = new Map<string, Set<string>>();
  const collect = (queues: readonly RoutedQueue[]): void => {
    for (const { queue, deadLetters, note } of queues) {
      const known = next.get(queue) ?? new Set<string>();
      next.set(queue, known);
      for (const hop of deadLetters?.to ?? []) known.add(hop.queue);
      if (note !== undefined) notes.set(queue, note);
      collect(deadLetters?.to ?? []);
    }
  };
  const notes = new Map<string, string>();
  collect(previewRoute(topology, assertion).queues);
  for (const [queue, wanted] of assertion.deadLetters) {
    const got = next.get(queue);
    if (!got) return { assertion, verdict: 'fails', message: `${what} never comes to ${quoted([queue])}.` };
    const isSame = got.size === wanted.length && wanted.every((name) => got.has(name));
    if (isSame) continue;
    const note = notes.get(queue);
    const reached = got.size === 0 ? 'no queue' : quoted([...got].sort());
    const message = `Dead letters of ${quoted([queue])} reach ${reached}.${note === undefined ? '' : ` ${note}`}`;
    return { assertion, verdict: note?.includes('foretold') ? 'unknown' : 'fails', message };
  }
  return { assertion, verdict: 'holds', message: '' };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
