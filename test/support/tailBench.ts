import assert from 'node:assert/strict';
import { after, afterEach, before } from 'mocha';
import { utf8Bytes } from '../../src/core/base/bytes';
import type { FieldTable } from '../../src/core/base/fieldValue';
import { emptyTable } from '../../src/core/base/fieldValue';
import type { AmqpChannel, AmqpConnection } from '../../src/core/broker/amqpPort';
import { openBroker } from '../../src/core/broker/openBroker';
import { systemClock } from '../../src/core/broker/systemClock';
import type { MessageProperties } from '../../src/core/message/message';
import type { Row } from '../../src/core/message/row';
import type { ViewSource, ViewState } from '../../src/protocol/view';
import { rabbitProfile } from '../lab/profileOf';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import type { RabbitSeries } from '../lab/rabbitmqInstall';
import { waitUntil } from '../lab/ready';
import { workerSession } from './workerSession';
import type { WorkerSession } from './workerSession';

/** A real broker, a connection to it, and a worker that tails. After every test nothing may be left in the broker. */
export class TailBench {
  node!: RabbitNode;
  channel!: AmqpChannel;
  worker!: WorkerSession;
  private readonly connections: AmqpConnection[] = [];
  private readonly opened: string[] = [];

  constructor(series: RabbitSeries) {
    before(async () => {
      this.node = await startRabbit({ series });
      await this.connect();
      this.worker = workerSession(openBroker, systemClock);
      await this.worker.open(rabbitProfile(this.node));
    });
    afterEach(async () => {
      for (const viewId of this.opened.splice(0)) await this.worker.client.request('closeView', { viewId });
      assert.deepEqual(await this.leftBehind(), [], 'nothing is left in the broker');
    });
    after(async () => {
      await this.worker.close();
      for (const connection of this.connections) await connection.close();
      await this.node.stop();
    });
  }

  /** The channel of the test itself, anew after the broker went. */
  async connect(): Promise<void> {
    this.channel = await this.channelIn('/');
  }

  async channelIn(vhost: string): Promise<AmqpChannel> {
    const network = { noProxy: [], strictSsl: true, certificateAuthorities: [] };
    const broker = openBroker(rabbitProfile(this.node), { password: 'guest' }, network);
    const connection = await broker.amqp.connect(vhost, 'test');
    this.connections.push(connection);
    return connection.openChannel();
  }

  /** A tail that has begun, and is closed after the test at the latest. */
  async tail(source: ViewSource): Promise<ViewState> {
    const view = await this.worker.tail(source);
    this.opened.push(view.viewId);
    return view;
  }

  async close({ viewId }: ViewState): Promise<void> {
    this.opened.splice(this.opened.indexOf(viewId), 1);
    await this.worker.client.request('closeView', { viewId });
  }

  async publish(to: string, routingKey: string, body: string, properties: MessageProperties = {}) {
    const draft = { exchange: to, routingKey, properties, body: utf8Bytes(body) };
    const outcome = await this.channel.publish(draft);
    assert.notEqual(outcome.kind, 'refused', JSON.stringify(outcome));
  }

  /** Numbers from 0 on, straight to the queue. */
  async fill(queue: string, count: number): Promise<void> {
    const drafts = Array.from({ length: count }, (_, number) => ({
      exchange: '',
      routingKey: queue,
      properties: {},
      body: utf8Bytes(String(number)),
    }));
    const outcomes = await Promise.all(drafts.map((draft) => this.channel.publish(draft)));
    for (const outcome of outcomes) assert.equal(outcome.kind, 'routed', JSON.stringify(outcome));
  }

  async bind(source: string, queue: string, routingKey: string, args: FieldTable = emptyTable) {
    await this.channel.bind({
      source,
      destination: queue,
      destinationKind: 'queue',
      routingKey,
      arguments: args,
    });
  }

  async rows({ viewId }: ViewState): Promise<readonly Row[]> {
    return await this.worker.client.request('rows', { viewId, from: 1, count: 500 });
  }

  async texts(view: ViewState): Promise<string[]> {
    return (await this.rows(view)).map((row) => (row.kind === 'note' ? row.text : row.preview));
  }

  async received({ viewId }: ViewState, count: number): Promise<void> {
    await this.worker.viewWhere(viewId, (state) => state.received >= count);
  }

  async ready(queue: string): Promise<number> {
    return (await this.channel.checkQueue(queue)).ready;
  }

  /** Waits for a row with such words. */
  async noted(view: ViewState, words: RegExp): Promise<void> {
    const seen = await waitUntil(
      async () => (await this.texts(view)).some((text) => words.test(text)),
      20_000,
    );
    assert.ok(seen, `a row like ${String(words)} in ${JSON.stringify(await this.texts(view))}`);
  }

  /** Taps, bindings to them, and tracing that is on. */
  async leftBehind(): Promise<string[]> {
    const queues = await this.node.api<{ name: string }[]>('GET', '/api/queues');
    const bindings = await this.node.api<{ destination: string }[]>('GET', '/api/bindings');
    const vhosts = await this.node.api<{ name: string; tracing: boolean }[]>('GET', '/api/vhosts');
    const names = [...queues.map(({ name }) => name), ...bindings.map(({ destination }) => destination)];
    return [
      ...names.filter((name) => name.includes('tap')),
      ...vhosts.filter(({ tracing }) => tracing).map(({ name }) => `tracing of ${name}`),
    ];
  }
}
