import type { Memento } from 'vscode';
import { managementOrigin } from '../../core/broker/profile';
import type { Profile } from '../../core/broker/profile';

const key = 'amqp.tracing';

/**
 * Virtual hosts whose tracing a worker of this editor has switched on and not off again, by connection. It outlives
 * a crash of the worker, of the extension host and of the editor, so that the next connect can tidy up.
 */
export class TracingMemory {
  constructor(private readonly memory: Memento) {}

  of(profile: Profile): readonly string[] {
    return this.all()[place(profile)] ?? [];
  }

  /** Resolves when it is written. */
  async keep(profile: Profile, vhosts: readonly string[]): Promise<void> {
    const { [place(profile)]: _, ...others } = this.all();
    await this.memory.update(key, vhosts.length === 0 ? others : { ...others, [place(profile)]: vhosts });
  }

  private all(): Readonly<Record<string, readonly string[]>> {
    return this.memory.get<Record<string, readonly string[]>>(key, {});
  }
}

/** An endpoint that was changed is another broker, whose tracing is none of our business. */
function place(profile: Profile): string {
  return JSON.stringify([profile.id, managementOrigin(profile) ?? '']);
}
