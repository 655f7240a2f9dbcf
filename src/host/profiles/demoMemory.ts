import type { Memento } from 'vscode';
import type { DemoFlag } from './profileStore';

const key = 'amqp.demoBrokerShown';

/** Whether the user keeps the demo broker in the list: remembered by the editor, not written to settings. */
export class DemoMemory implements DemoFlag {
  constructor(private readonly memory: Memento) {}

  read(): boolean {
    return this.memory.get(key, false);
  }

  async write(shown: boolean): Promise<void> {
    await this.memory.update(key, shown);
  }
}
