import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { utf8Bytes } from '../../src/core/base/bytes';
import type { AmqpChannel } from '../../src/core/broker/amqpPort';
import { declareShop } from '../../src/core/broker/memory/shopTopology';
import { openBroker } from '../../src/core/broker/openBroker';
import { startBrowser } from '../lab/browser';
import { writeDemoWorkspace } from '../lab/demoWorkspace';
import { inRepository } from '../lab/paths';
import { profileOf } from '../lab/profileOf';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { run } from '../lab/run';
import { temporaryFolder } from '../lab/temporaryFolder';
import { startVscodeServer } from '../lab/vscodeServer';
import { Workbench } from '../lab/workbench';

/** A window, and a real broker with the shop. */
export interface Stage extends Window {
  readonly node: RabbitNode;
  /** Ready messages of a queue, counted by the broker itself. */
  ready(queue: string): Promise<number>;
  publish(exchange: string, routingKey: string, body: string): Promise<void>;
  /** Names of the temporary queues of tails, as the broker lists them. */
  taps(): Promise<readonly string[]>;
  eventually(holds: () => Promise<boolean>): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const [node, window] = await Promise.all([startRabbit({ series: '4.3' }), openWindow()]);
  const channel = (): Promise<AmqpChannel> => openChannel(node);
  await declareShop(await channel());
  return {
    ...window,
    node,
    ready: async (queue) => (await (await channel()).checkQueue(queue)).ready,
    publish: async (exchange, routingKey, body) => {
      await (await channel()).publish({ exchange, routingKey, properties: {}, body: utf8Bytes(body) });
    },
    taps: async () => {
      const queues = await node.api<{ name: string; exclusive: boolean }[]>('GET', '/api/queues');
      return queues.filter(({ exclusive }) => exclusive).map(({ name }) => name);
    },
    eventually,
    close: async () => {
      await window.close();
      await node.stop();
    },
  };
}

/** A window of a fresh VS Code in which only the packaged extension is installed. */
export interface Window {
  readonly workbench: Workbench;
  /** The folder that is open, on disk. */
  readonly folder: string;
  /** The user's settings file, as VS Code wrote it. */
  settingsText(): Promise<string>;
  /** Saves what is on screen for whoever reads about the failure. */
  picture(title: string): Promise<void>;
  close(): Promise<void>;
}

export async function openWindow(): Promise<Window> {
  const vsix = await packaged();
  const data = temporaryFolder('e2e-vscode');
  const folder = temporaryFolder('e2e-workspace');
  await writeDemoWorkspace(folder.path);
  const [server, browser] = await Promise.all([
    startVscodeServer({ extensionsToInstall: [vsix], serverDataDir: data.path }),
    startBrowser(),
  ]);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(server.url({ folder: folder.path }));
  const workbench = new Workbench(page);
  await workbench.ready();
  return {
    workbench,
    folder: folder.path,
    settingsText: () => readFile(path.join(data.path, 'data', 'User', 'settings.json'), 'utf8'),
    picture: (title) => picture(page, title),
    close: async () => {
      await browser.close();
      await server.stop();
      await data.remove();
      await folder.remove();
    },
  };
}

/** Packs what `dist/` holds, as `npm run package` does. */
async function packaged(): Promise<string> {
  await run(process.execPath, [inRepository('out', 'lab', 'package.js')], {});
  const { version } = JSON.parse(await readFile(inRepository('package.json'), 'utf8')) as { version: string };
  return inRepository(`amqp-workbench-${version}.vsix`);
}

async function openChannel(node: RabbitNode): Promise<AmqpChannel> {
  const connection = await openBroker(...profileOf(node)).amqp.connect('/', 'e2e');
  return connection.openChannel();
}

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function picture(page: Page, title: string): Promise<void> {
  const name = title.replace(/[^a-z0-9]+/gi, '-').slice(0, 80);
  await page.screenshot({ path: inRepository('out', 'screenshots', 'e2e', `${name}.png`) });
}
