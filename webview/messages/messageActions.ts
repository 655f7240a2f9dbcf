import type { MessageRow } from '../../src/core/message/row';
import type { CopyForm } from '../../src/protocol/messagesPanel';
import type { MenuEntry } from '../shared/popupMenu';
import { countText } from '../shared/words';

/** What can be done with one message; the panel asks the host. */
export interface MessageActions {
  open(seq: number): void;
  openInEditor(seq: number): void;
  publishAgain(seq: number): void;
  copy(seq: number, what: CopyForm): void;
  selectForCompare(seq: number): void;
  compare(left: number, right: number): void;
  /** Shows only messages with this value too. */
  filterBy(field: 'key' | 'exchange', value: string): void;
}

const copyForms: readonly { readonly what: CopyForm; readonly label: string }[] = [
  { what: 'body', label: 'Copy Body' },
  { what: 'headers', label: 'Copy Headers' },
  { what: 'amqplib', label: 'Copy as amqplib Call' },
  { what: 'pika', label: 'Copy as pika Call' },
  { what: 'rabbitmqadmin', label: 'Copy as rabbitmqadmin Command' },
];

export function copyEntries(seq: number, actions: MessageActions): readonly MenuEntry[] {
  return copyForms.map(({ what, label }) => ({
    label,
    run: () => {
      actions.copy(seq, what);
    },
  }));
}

/** As VS Code compares files: one is selected, another compared with it. `marked` is the selected one. */
export function compareEntries(
  seq: number,
  marked: number | undefined,
  actions: MessageActions,
): readonly MenuEntry[] {
  const select = {
    label: 'Select for Compare',
    run: () => {
      actions.selectForCompare(seq);
    },
  };
  if (marked === undefined || marked === seq) return [select];
  const compare = {
    label: `Compare with Selected (${countText(marked)})`,
    run: () => {
      actions.compare(marked, seq);
    },
  };
  return [compare, select];
}

/** The menu of a row. */
export function messageEntries(
  { seq, routingKey, exchange }: MessageRow,
  marked: number | undefined,
  actions: MessageActions,
): readonly MenuEntry[] {
  return [
    {
      label: 'Open Message',
      run: () => {
        actions.open(seq);
      },
    },
    {
      label: 'Open in Editor',
      run: () => {
        actions.openInEditor(seq);
      },
    },
    {
      label: 'Publish Again...',
      run: () => {
        actions.publishAgain(seq);
      },
    },
    '',
    ...copyEntries(seq, actions),
    '',
    ...compareEntries(seq, marked, actions),
    '',
    {
      label: 'Only This Routing Key',
      run: () => {
        actions.filterBy('key', routingKey);
      },
    },
    {
      label: 'Only This Exchange',
      run: () => {
        actions.filterBy('exchange', exchange);
      },
    },
  ];
}
