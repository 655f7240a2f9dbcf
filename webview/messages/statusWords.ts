import type { MessagesPanelState } from '../../src/protocol/messagesPanel';
import type { ViewSource, ViewState } from '../../src/protocol/view';
import { countText } from '../shared/words';

/** A line that says what state the panel is in, and what the user can do about it. */
export interface StatusWords {
  readonly icon: 'info' | 'warning' | 'error' | 'pass' | 'busy';
  readonly text: string;
  readonly advice?: string;
  /** The label of the button that starts again. */
  readonly restart?: string;
}

/** Nothing for a tail that simply runs: the counts line shows that it lives. */
export function statusWords(state: MessagesPanelState): StatusWords | undefined {
  const { view } = state;
  if (!view) return { icon: 'info', text: state.stopped ?? 'Stopped.', restart: 'Resume' };
  const { status } = view;
  switch (status.kind) {
    case 'starting':
      return {
        icon: 'busy',
        text: view.kind === 'peek' ? 'Looking at the queue...' : 'Starting to watch...',
      };
    case 'running':
      return undefined;
    case 'paused':
      if (!status.receiving) {
        return {
          icon: 'info',
          text: 'Stopped receiving. Resume to go on; a row will say what was missed.',
        };
      }
      return {
        icon: 'info',
        text:
          status.waiting === 0
            ? 'Paused. Messages are still received; none has come since.'
            : `Paused. Messages are still received; ${countText(status.waiting)} wait to be shown.`,
      };
    case 'full':
    case 'reconnecting':
      return { icon: 'warning', text: status.text };
    case 'nothingToMirror':
      return { icon: 'warning', text: status.text };
    case 'awaitingConsent':
    case 'done':
      return undefined;
    case 'reading':
      return { icon: 'busy', text: 'Reading, and giving back...' };
    case 'stopped':
      return { icon: 'info', text: status.text, restart: 'Resume' };
    case 'failed':
      return {
        icon: 'error',
        text: status.text,
        restart: 'Try Again',
        ...(status.advice !== undefined && { advice: status.advice }),
      };
  }
}

/** What stands where rows would be: an empty table must not look like an empty queue. */
export function emptyWords(view: ViewState): string {
  const { filter, status } = view;
  if (filter && filter.problem === undefined && filter.total > 0)
    return filter.running
      ? 'Looking for messages that match...'
      : `None of ${countText(filter.total)} kept messages matches the filter.${status.kind === 'running' ? ' New ones that match will show here.' : ''}`;
  switch (view.status.kind) {
    case 'starting':
      return 'Nothing is watched yet.';
    case 'running':
      return view.received > 0 ? 'Cleared. The next message will show here.' : waitingWords(view.source);
    case 'paused':
      return 'Paused before a message came. Resume to show what has been received since.';
    case 'reconnecting':
      return 'Nothing is received while the connection is down.';
    case 'nothingToMirror':
      return 'No message can show here, even when the queue receives some. Choose another way to watch above.';
    case 'full':
      return 'Nothing is received any more.';
    case 'awaitingConsent':
      return 'Nothing has been read yet.';
    case 'reading':
      return 'Reading...';
    case 'done':
      return 'The peek read no message.';
    case 'stopped':
      return 'Nothing is watched any more.';
    case 'failed':
      return 'Nothing can show here until this works.';
  }
}

function waitingWords(source: ViewSource): string {
  switch (source.kind) {
    case 'queue':
      return 'Waiting for the next message. What was in the queue before is not shown by a tail.';
    case 'consume':
      return 'Waiting. Messages show here, and leave the queue, as the broker hands them to this consumer.';
    default:
      return 'Waiting for the next message.';
  }
}
