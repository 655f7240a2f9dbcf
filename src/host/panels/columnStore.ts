import type { Memento } from 'vscode';
import type { KeptColumn } from '../../protocol/messagesPanel';
import { keptColumnsCheck } from '../../protocol/messagesPanel';
import { readStored } from './readStored';

/** The columns of the message table as the user arranged them, for tails and for peeks apart. */
export class ColumnStore {
  constructor(private readonly memory: Memento) {}

  read(kind: 'tail' | 'peek'): readonly KeptColumn[] {
    return readStored(this.memory.get(key(kind)), keptColumnsCheck) ?? [];
  }

  async write(kind: 'tail' | 'peek', columns: readonly KeptColumn[]): Promise<void> {
    await this.memory.update(key(kind), columns);
  }
}

function key(kind: string): string {
  return `amqp.columns.${kind}`;
}
