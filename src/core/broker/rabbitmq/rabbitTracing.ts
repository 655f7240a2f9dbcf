import { BrokerError } from '../brokerError';
import type { HttpAnswer } from '../http/httpJson';
import type { TracingPort } from '../managementPort';
import { goodAnswer } from './answers';
import { isRecord } from './shapes';

interface VhostCalls {
  get(path: string, signal?: AbortSignal): Promise<HttpAnswer>;
  put(path: string, body: object, signal?: AbortSignal): Promise<HttpAnswer>;
}

/** What a virtual host says of itself that a PUT without it would reset (DOMAIN 2.2). */
interface VhostSettings {
  readonly tracing: boolean;
  readonly kept: Readonly<Record<string, unknown>>;
}

/** The firehose of RabbitMQ, switched by the management API on the node that answers. */
export class RabbitTracing implements TracingPort {
  constructor(private readonly calls: VhostCalls) {}

  async isOn(vhost: string, signal?: AbortSignal): Promise<boolean> {
    return (await this.read(vhost, signal)).tracing;
  }

  async turn(vhost: string, on: boolean, signal?: AbortSignal): Promise<void> {
    const before = await this.read(vhost, signal);
    const answer = await this.calls.put(pathOf(vhost), { ...before.kept, tracing: on }, signal);
    // A good answer has no body: 204, or 201 for a virtual host that was deleted in between and is now made anew.
    if (answer.status < 200 || answer.status >= 300) goodAnswer(answer, whatOf(vhost));
    const after = await this.read(vhost, signal);
    if (after.tracing !== on) {
      throw new BrokerError('protocol', `Tracing of ${whatOf(vhost)} did not turn ${on ? 'on' : 'off'}.`);
    }
    const changed = differences(before.kept, after.kept);
    if (changed.length === 0) return;
    throw new BrokerError(
      'protocol',
      `The broker changed more of ${whatOf(vhost)} than its tracing: ${changed.join(', ')}.`,
      { advice: 'Look at the virtual host in the management UI, and set it right there.' },
    );
  }

  private async read(vhost: string, signal: AbortSignal | undefined): Promise<VhostSettings> {
    const json = goodAnswer(await this.calls.get(pathOf(vhost), signal), whatOf(vhost));
    if (!isRecord(json)) {
      throw new BrokerError('protocol', `The management API's answer about ${whatOf(vhost)} makes no sense.`);
    }
    const { description, tags, default_queue_type: queueType } = json;
    return {
      tracing: json['tracing'] === true,
      kept: {
        ...(typeof description === 'string' ? { description } : {}),
        ...(Array.isArray(tags) ? { tags: tags.map(String) } : {}),
        // 3.10 says the word "undefined" where there is none (DOMAIN 8.2), and would take it for a type.
        ...(typeof queueType === 'string' && queueType !== 'undefined'
          ? { default_queue_type: queueType }
          : {}),
      },
    };
  }
}

function differences(before: VhostSettings['kept'], after: VhostSettings['kept']): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

function pathOf(vhost: string): string {
  return `vhosts/${encodeURIComponent(vhost)}`;
}

function whatOf(vhost: string): string {
  return `virtual host \`${vhost}\``;
}
