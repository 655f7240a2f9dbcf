import { asFailure, Failure } from '../../base/failure';
import type { BindingInfo, ConsumerInfo, ExchangeInfo, QueueInfo, VhostInfo } from '../../topology/model';
import { BrokerError } from '../brokerError';
import { HttpJson } from '../http/httpJson';
import type { HttpAnswer, HttpMethod, HttpTarget } from '../http/httpJson';
import type { DefinitionsPort } from '../definitionsPort';
import type { BrokerOverview, ManagementPort, Page, PageRequest, TracingPort } from '../managementPort';
import { goodAnswer, pastTheEnd } from './answers';
import { exactArguments } from './exactArguments';
import { isDots, segment } from './pathSegment';
import { RabbitDefinitions } from './rabbitDefinitions';
import { RabbitTracing } from './rabbitTracing';
import {
  bindingOf,
  consumerOf,
  count,
  exchangeOf,
  isRecord,
  items,
  overviewOf,
  queueOf,
  queueOfConsumer,
  vhostOf,
} from './shapes';

/** Asked for by name, the same comes back from every version, and little of it (DOMAIN 4.1). */
const queueColumns = [
  'name',
  'vhost',
  'type',
  'durable',
  'auto_delete',
  'exclusive',
  'arguments',
  'state',
  'policy',
  'operator_policy',
  'effective_policy_definition',
  'messages_ready',
  'messages_unacknowledged',
  'consumers',
  'single_active_consumer_tag',
  'message_stats.publish_details.rate',
  'message_stats.deliver_get_details.rate',
].join();

const exchangeColumns = [
  'name',
  'vhost',
  'type',
  'durable',
  'auto_delete',
  'internal',
  'arguments',
  'policy',
  'message_stats.publish_in_details.rate',
  'message_stats.publish_out_details.rate',
].join();

export interface RabbitManagementTarget extends HttpTarget {
  /** Whether the AMQP half of the same connection is encrypted. */
  readonly amqpUsesTls: boolean;
}

/** The management half over RabbitMQ's HTTP API; LavinMQ's is close enough to be read too. */
export class RabbitManagement implements ManagementPort {
  readonly tracing: TracingPort = new RabbitTracing({
    get: (path, signal) => this.answer(path, signal),
    put: (path, body, signal) => this.send('PUT', path, JSON.stringify(body), signal),
  });
  readonly definitions: DefinitionsPort;
  private readonly http: HttpJson | Failure;

  constructor(private readonly target: RabbitManagementTarget) {
    this.http = openHttp(target);
    this.definitions = new RabbitDefinitions(
      (method, path, body, signal) => this.send(method, path, body, signal),
      target.user,
    );
  }

  async overview(signal?: AbortSignal): Promise<BrokerOverview> {
    const [overview, whoami] = await Promise.all([
      this.get('overview', 'overview', signal),
      this.get('whoami', 'user', signal),
    ]);
    return overviewOf(overview, whoami);
  }

  async vhosts(signal?: AbortSignal): Promise<readonly VhostInfo[]> {
    return items(
      await this.get('vhosts?columns=name,description,messages', 'virtual hosts', signal),
      vhostOf,
    );
  }

  async exchanges(vhost: string, signal?: AbortSignal): Promise<readonly ExchangeInfo[]> {
    const path = `exchanges/${segment(vhost)}?columns=${exchangeColumns}`;
    return items(await this.get(path, `virtual host \`${vhost}\``, signal), exchangeOf);
  }

  async queues(vhost: string, page: PageRequest, signal?: AbortSignal): Promise<Page<QueueInfo>> {
    const query = new URLSearchParams({
      page: String(page.page),
      page_size: String(page.size),
      name: page.name ?? '',
      use_regex: 'false',
      columns: queueColumns,
    });
    const answer = await this.answer(`queues/${segment(vhost)}?${query.toString()}`, signal);
    const beyond = pastTheEnd(answer);
    if (beyond !== undefined) return { items: [], total: beyond };
    const json = goodAnswer(answer, `virtual host \`${vhost}\``);
    if (!isRecord(json)) return { items: items(json, queueOf), total: items(json, queueOf).length };
    const found = items(json['items'], queueOf);
    return {
      items: found,
      total: count(json['filtered_count']) ?? count(json['total_count']) ?? found.length,
    };
  }

  async queue(vhost: string, queue: string, signal?: AbortSignal): Promise<QueueInfo> {
    const what = `queue \`${queue}\``;
    if (isDots(queue)) return this.queueByList(vhost, queue, signal);
    const json = await this.get(`queues/${segment(vhost)}/${segment(queue)}`, what, signal);
    const info = isRecord(json) ? queueOf(json) : undefined;
    if (!info) throw new BrokerError('protocol', `The management API's answer about ${what} makes no sense.`);
    return info;
  }

  async queueBindings(vhost: string, queue: string, signal?: AbortSignal): Promise<readonly BindingInfo[]> {
    if (isDots(queue)) return this.bindingsByList(vhost, (each) => leadsTo(each, 'queue', queue), signal);
    const path = `queues/${segment(vhost)}/${segment(queue)}/bindings`;
    return this.bindings(path, `queue \`${queue}\``, signal);
  }

  async exchangeBindings(
    vhost: string,
    exchange: string,
    side: 'from' | 'to',
    signal?: AbortSignal,
  ): Promise<readonly BindingInfo[]> {
    if (isDots(exchange)) {
      const fits = (each: BindingInfo): boolean =>
        side === 'from' ? each.source === exchange : leadsTo(each, 'exchange', exchange);
      return this.bindingsByList(vhost, fits, signal);
    }
    const name = exchange === '' ? 'amq.default' : segment(exchange);
    const path = `exchanges/${segment(vhost)}/${name}/bindings/${side === 'from' ? 'source' : 'destination'}`;
    return this.bindings(path, `exchange \`${exchange}\``, signal);
  }

  async consumers(vhost: string, queue: string, signal?: AbortSignal): Promise<readonly ConsumerInfo[]> {
    const what = `queue \`${queue}\``;
    const details = isDots(queue)
      ? undefined
      : await this.get(`queues/${segment(vhost)}/${segment(queue)}`, what, signal);
    if (isRecord(details) && Array.isArray(details['consumer_details'])) {
      return items(details['consumer_details'], consumerOf);
    }
    // With statistics off, a queue does not tell; the list of the virtual host may (DOMAIN 4.1).
    const all = await this.get(`consumers/${segment(vhost)}`, `consumers of ${what}`, signal);
    return items(all, (item) => (queueOfConsumer(item) === queue ? consumerOf(item) : undefined));
  }

  dispose(): void {
    if (this.http instanceof HttpJson) this.http.dispose();
  }

  private async queueByList(
    vhost: string,
    queue: string,
    signal: AbortSignal | undefined,
  ): Promise<QueueInfo> {
    for (let page = 1; ; page += 1) {
      const { items: some, total } = await this.queues(vhost, { name: queue, page, size: 500 }, signal);
      const found = some.find((each) => each.name === queue);
      if (found) return found;
      if (page * 500 >= total) {
        throw new BrokerError('notFound', `The management API knows no queue \`${queue}\`.`, { code: 404 });
      }
    }
  }

  private async bindingsByList(
    vhost: string,
    fits: (binding: BindingInfo) => boolean,
    signal: AbortSignal | undefined,
  ): Promise<readonly BindingInfo[]> {
    const all = await this.bindings(`bindings/${segment(vhost)}`, `virtual host \`${vhost}\``, signal);
    return all.filter(fits);
  }

  private async bindings(
    path: string,
    what: string,
    signal: AbortSignal | undefined,
  ): Promise<readonly BindingInfo[]> {
    const answer = await this.answer(path, signal);
    const json = goodAnswer(answer, what);
    const exact = exactArguments(answer.text);
    if (!exact || !Array.isArray(json)) return items(json, bindingOf);
    return json.flatMap((item: unknown, index) => {
      const binding = isRecord(item) ? bindingOf(item) : undefined;
      return binding ? [{ ...binding, arguments: exact[index] ?? binding.arguments }] : [];
    });
  }

  private async get(path: string, what: string, signal: AbortSignal | undefined): Promise<unknown> {
    return goodAnswer(await this.answer(path, signal), what);
  }

  private answer(path: string, signal?: AbortSignal): Promise<HttpAnswer> {
    return this.send('GET', path, undefined, signal);
  }

  private send(
    method: HttpMethod,
    path: string,
    body: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<HttpAnswer> {
    if (this.http instanceof Failure) return Promise.reject(this.http);
    // DESIGN 1: never over plain http to another machine when AMQP is TLS.
    if (this.target.amqpUsesTls && this.http.isExposed) {
      return Promise.reject(
        new BrokerError('tls', 'The management API was not asked: the password would travel unencrypted.', {
          advice: 'Use an https management URL, since AMQP is encrypted for this connection too.',
        }),
      );
    }
    return this.http.send(method, `/api/${path}`, body, signal);
  }
}

/** An address that is none is reported by whatever is asked first: AMQP works without. */
function openHttp(target: HttpTarget): HttpJson | Failure {
  try {
    return new HttpJson(target);
  } catch (error) {
    return asFailure(error);
  }
}

function leadsTo(binding: BindingInfo, kind: BindingInfo['destinationKind'], name: string): boolean {
  return binding.destinationKind === kind && binding.destination === name;
}
