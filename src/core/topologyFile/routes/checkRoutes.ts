import { route } from '../../topology/routing';
import type { DocumentTopology } from './documentTopology';
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
  return { assertion, verdict: 'holds', message: '' };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
