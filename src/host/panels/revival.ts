import { integer, object, oneOf, text } from '../../core/base/check';
import type { Check } from '../../core/base/check';
import { Failure } from '../../core/base/failure';
import type { PanelRevival } from '../../protocol/messagesPanel';
import type { PublishRevival } from '../../protocol/publishPanel';
import { shortText as name, sourceCheck } from '../../protocol/viewChecks';

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
  return stored(state, revivalCheck);
}

/** What a publish panel stored in its webview. */
export function readPublishRevival(state: unknown): PublishRevival | undefined {
  return stored(state, publishCheck);
}

/** It comes from a file of the editor, so it is checked like any input. */
function stored<T>(state: unknown, check: Check<T>): T | undefined {
  try {
    return check((state as { revive?: unknown } | undefined)?.revive, 'state');
  } catch (thrown) {
    if (thrown instanceof Failure || thrown instanceof TypeError) return undefined;
    throw thrown;
  }
}

/** The same view of the same thing has the same key. */
export function revivalKey({ profileId, source, kind }: PanelRevival): string {
  return JSON.stringify([profileId, kind, Object.entries(source).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
