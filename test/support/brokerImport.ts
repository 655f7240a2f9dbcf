import { managementCall } from '../lab/managementCall';
import type { ReadBack } from './importedTopology';

/** What a broker said to a file, and of an accepted one what is there now, by virtual host. */
export interface Import {
  readonly status: number;
  readonly reason: string;
  readonly made: ReadonlyMap<string, ReadBack>;
}

interface Named {
  readonly name: string;
}

const keeper = 'keeper-of-the-import-test';

/**
 * Imports files as they are into a running broker that has the virtual host `/` and the user guest, one after the
 * other, each as if it were the first: what the last one made is deleted before. Works as a user of its own, since
 * a file may well take the rights or the password of guest away.
 */
export class BrokerImport {
  private readonly globals = new Map<string, unknown>();

  private constructor(private readonly origin: string) {}

  static async open(origin: string): Promise<BrokerImport> {
    const broker = new BrokerImport(origin);
    await broker.call(
      'PUT',
      `/api/users/${keeper}`,
      '{"password":"keeper","tags":"administrator"}',
      'guest:guest',
    );
    for (const { name, value } of await broker.list<Named & { value: unknown }>('/api/global-parameters'))
      broker.globals.set(name, value);
    await broker.permit('/', keeper);
    return broker;
  }

  /** The broker as it was after its first start; false when it cannot be had back, which takes a new node. */
  async reset(): Promise<boolean> {
    for (const { name } of await this.list<Named>('/api/vhosts')) {
      // 4.0 cannot delete a virtual host with an object that has no proper name.
      const { status } = await this.call('DELETE', `/api/vhosts/${encodeURIComponent(name)}`);
      if (status >= 400) return false;
    }
    for (const { name } of await this.list<Named>('/api/users'))
      if (name !== keeper) await this.call('DELETE', `/api/users/${encodeURIComponent(name)}`);
    for (const { name } of await this.list<Named>('/api/global-parameters'))
      if (!this.globals.has(name))
        await this.call('DELETE', `/api/global-parameters/${encodeURIComponent(name)}`);
    for (const [name, value] of this.globals)
      await this.call('PUT', `/api/global-parameters/${name}`, JSON.stringify({ name, value }));
    await this.call('PUT', '/api/vhosts/%2F', '{"description":"Default virtual host"}');
    await this.call('PUT', '/api/users/guest', '{"password":"guest","tags":"administrator"}');
    await this.permit('/', 'guest');
    await this.permit('/', keeper);
    return true;
  }

  /** `vhost` sends it to the import of a single virtual host. */
  async send(file: Uint8Array | string, vhost?: string): Promise<Import> {
    const path = `/api/definitions${vhost === undefined ? '' : `/${encodeURIComponent(vhost)}`}`;
    const { status, text } = await this.call('POST', path, file);
    const made = new Map<string, ReadBack>();
    if (status < 400) {
      for (const { name } of await this.list<Named>('/api/vhosts')) made.set(name, await this.readBack(name));
    }
    return { status, reason: reasonIn(text), made };
  }

  private async readBack(vhost: string): Promise<ReadBack> {
    await this.permit(vhost, keeper);
    const of = (what: string): Promise<ReadBack['queues']> =>
      this.list(`/api/${what}/${encodeURIComponent(vhost)}`);
    const [queues, exchanges, bindings, policies] = await Promise.all([
      of('queues'),
      of('exchanges'),
      of('bindings'),
      of('policies'),
    ]);
    return { queues, exchanges, bindings, policies };
  }

  private async permit(vhost: string, user: string): Promise<void> {
    const path = `/api/permissions/${encodeURIComponent(vhost)}/${user}`;
    await this.call('PUT', path, '{"configure":".*","write":".*","read":".*"}');
  }

  private async list<T>(path: string): Promise<readonly T[]> {
    const { status, text } = await this.call('GET', path);
    if (status !== 200) throw new Error(`GET ${path} answered ${String(status)}: ${text.slice(0, 200)}`);
    return JSON.parse(text) as readonly T[];
  }

  private async call(
    method: string,
    path: string,
    body?: string | Uint8Array,
    login = `${keeper}:keeper`,
  ): Promise<{ readonly status: number; readonly text: string }> {
    return await managementCall(this.origin, method, path, {
      login,
      ...(body === undefined ? {} : { body }),
    });
  }
}

function reasonIn(text: string): string {
  try {
    const { reason } = JSON.parse(text) as { readonly reason?: unknown };
    return typeof reason === 'string' ? reason : text.slice(0, 300);
  } catch {
    return text.slice(0, 300);
  }
}
