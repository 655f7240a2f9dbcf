import { integer, object, oneOf, text } from '../../core/base/check';
import type { Check } from '../../core/base/check';
import type { PanelRevival } from '../../protocol/messagesPanel';
import type { PublishRevival } from '../../protocol/publishPanel';
import type { ViewSource } from '../../protocol/view';
import { shortText as name, sourceCheck } from '../../protocol/viewChecks';
import { readStored } from './readStored';

const revivalCheck: Check<PanelRevival> = object({
  profileId: text(200),
  source: sourceCheck,
  kind: oneOf('tail', 'peek'),
});

const publishCheck: Check<PublishRevival> = object({
  profileId: text(200),
  vhost: name,
  targetKind: oneOf('exchange', 'queue'),
  target: name,
  revision: integer(1, Number.MAX_SAFE_INTEGER),
});

/** What a messages panel stored in its webview. */
export function readRevival(state: unknown): PanelRevival | undefined {
  return readStored(revive(state), revivalCheck);
}

/** What a publish panel stored in its webview. */
export function readPublishRevival(state: unknown): PublishRevival | undefined {
  return readStored(revive(state), publishCheck);
}

function revive(state: unknown): unknown {
  return typeof state === 'object' && state !== null && 'revive' in state ? state.revive : undefined;
}

/** The same view of the same thing has the same key. */
export function revivalKey({ profileId, source, kind }: PanelRevival): string {
  return JSON.stringify([profileId, kind, sourceKey(source)]);
}

export function sourceKey(source: ViewSource): string {
  return JSON.stringify(Object.entries(source).sort(([a], [b]) => (a < b ? -1 : 1)));
}
