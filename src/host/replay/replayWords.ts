import * as vscode from 'vscode';
import type { RecordingFacts, ReplayParams, ReplayProgress } from '../../protocol/brokerContract';
import { withoutIcons } from '../messages';
import { localNumber } from '../words';

type Target = ReplayParams['target'];
type Timing = ReplayParams['timing'];

/** Exchanges that are named where messages went. */
const mostNamed = 3;

/** "1,204 messages", "1 message". */
export function messagesWords(count: number): string {
  return count === 1 ? vscode.l10n.t('1 message') : vscode.l10n.t('{0} messages', localNumber(count));
}

/** Where the messages of a recording went: "orders (1,204), payments (3)". */
export function exchangesWords({ exchanges, moreExchanges }: RecordingFacts): string {
  const named = exchanges
    .slice(0, mostNamed)
    .map(({ name, messages }) => `${exchangeWords(name)} (${localNumber(messages)})`);
  const others = exchanges.length > mostNamed || moreExchanges;
  return withoutIcons([...named, ...(others ? [vscode.l10n.t('and others')] : [])].join(', '));
}

function exchangeWords(name: string): string {
  return name === '' ? vscode.l10n.t('straight to queues') : name;
}

/** "2 h 13 min", "1 min 30 s", "0.4 s". */
export function durationWords(ms: number): string {
  const seconds = ms / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${String(whole)} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${String(minutes)} min ${String(whole % 60)} s`;
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
}

/** How long it takes where the broker keeps up. */
export function lengthOf(facts: RecordingFacts, timing: Timing): number {
  return timing.kind === 'original' ? facts.lengthMs : (facts.messages / timing.perSecond) * 1_000;
}

/** The question before anything is published. */
export function replayQuestion(
  facts: RecordingFacts,
  file: string,
  { connection, vhost }: { readonly connection: string; readonly vhost: string },
): string {
  return vscode.l10n.t(
    'Publish {0} from {1} on "{2}", virtual host {3}?',
    messagesWords(facts.messages),
    file,
    connection,
    vhost,
  );
}

/** What is to be known before, a sentence each. */
export function replayDetails(facts: RecordingFacts, target: Target, timing: Timing): string {
  const { l10n } = vscode;
  const lines = [
    target === undefined
      ? l10n.t('Each message goes where it went before: {0}.', exchangesWords(facts))
      : target.exchange === ''
        ? l10n.t('All go straight to the queue {0}.', target.routingKey ?? '')
        : l10n.t('All go to the exchange {0}, each with its own routing key.', target.exchange),
    l10n.t('This takes about {0}, unless the broker is slower.', durationWords(lengthOf(facts, timing))),
  ];
  const { otherUsers, expiring, copied, withBrokerHeaders, unusable, problems } = facts;
  if (otherUsers > 0) {
    const what = l10n.t(
      '{0} with the user id of somebody else: a broker refuses them.',
      messagesWords(otherUsers),
    );
    lines.push(what);
  }
  if (copied > 0)
    lines.push(
      l10n.t('{0} with a CC or BCC header: they reach the queues named there too.', messagesWords(copied)),
    );
  if (expiring > 0)
    lines.push(l10n.t('{0} with an expiration: they vanish when it is over.', messagesWords(expiring)));
  if (withBrokerHeaders > 0)
    lines.push(
      l10n.t(
        '{0} with headers that a broker wrote (x-death and the like): these are left out.',
        messagesWords(withBrokerHeaders),
      ),
    );
  const [problem = ''] = problems;
  if (unusable === 1) lines.push(l10n.t('1 line is left out. {0}', problem));
  if (unusable > 1) lines.push(l10n.t('{0} lines are left out. {1}', localNumber(unusable), problem));
  return lines.join('\n');
}

/** "1,204 messages published: 1,200 routed, 4 returned." */
export function resultWords(result: ReplayProgress): string {
  const { l10n } = vscode;
  const { published, routed, returned, refused, unknown, skipped, ended } = result;
  const parts = [
    l10n.t('{0} routed', localNumber(routed)),
    ...(returned > 0 ? [l10n.t('{0} returned because no queue took them', localNumber(returned))] : []),
    ...(refused > 0 ? [l10n.t('{0} refused', localNumber(refused))] : []),
    ...(unknown > 0 ? [l10n.t('{0} of unknown fate', localNumber(unknown))] : []),
    ...(skipped === 1 ? [l10n.t('1 line skipped')] : []),
    ...(skipped > 1 ? [l10n.t('{0} lines skipped', localNumber(skipped))] : []),
  ];
  const counts = `${l10n.t('{0} published', messagesWords(published))}: ${parts.join(', ')}.`;
  return ended === undefined ? counts : `${l10n.t('The replay ended early: {0}', ended)} ${counts}`;
}

/** Whether every message reached a queue. */
export function wentWell({ published, routed, skipped, ended }: ReplayProgress): boolean {
  return published === routed && skipped === 0 && ended === undefined;
}
