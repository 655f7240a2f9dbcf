import type { Memento } from 'vscode';

const key = 'amqp.queuesByName';

/** Queues that the user added by name where the broker cannot list them, by connection and virtual host. */
export class RememberedQueues {
  constructor(private readonly memory: Memento) {}

  of(profileId: string, vhost: string): readonly string[] {
    return this.all()[place(profileId, vhost)] ?? [];
  }

  async add(profileId: string, vhost: string, queue: string): Promise<void> {
    await this.write(profileId, vhost, [...new Set([...this.of(profileId, vhost), queue])].sort());
  }

  async remove(profileId: string, vhost: string, queue: string): Promise<void> {
    await this.write(
      profileId,
      vhost,
      this.of(profileId, vhost).filter((name) => name !== queue),
    );
  }

  private all(): Readonly<Record<string, readonly string[]>> {
    return this.memory.get<Record<string, readonly string[]>>(key, {});
  }

  private async write(profileId: string, vhost: string, queues: readonly string[]): Promise<void> {
    const { [place(profileId, vhost)]: _, ...others } = this.all();
    await this.memory.update(
      key,
      queues.length === 0 ? others : { ...others, [place(profileId, vhost)]: queues },
    );
  }
}

function place(profileId: string, vhost: string): string {
  return JSON.stringify([profileId, vhost]);
}
