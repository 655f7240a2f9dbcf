import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startBrowser } from './browser';
import { repository } from './paths';
import { notRouted, publishByMouse, routed } from './publishPanel';
import { startVscodeServer } from './vscodeServer';
import { Workbench } from './workbench';

export interface Tour {
  /** Where the pictures go. */
  readonly folder: string;
  readonly workspace: string;
  readonly userSettings: Readonly<Record<string, unknown>>;
  /** The connection to open; the built-in demo broker when missing. */
  readonly connection: string | undefined;
}

const themes = [
  { name: 'light', setting: 'Default Light Modern' },
  { name: 'dark', setting: 'Default Dark Modern' },
] as const;

/** Does the main job by mouse and keyboard, once in each theme, and takes a picture of each step. */
export async function takeScreenshots(tour: Tour): Promise<void> {
  await mkdir(tour.folder, { recursive: true });
  const browser = await startBrowser();
  for (const theme of themes) {
    const server = await startVscodeServer({
      userSettings: { ...tour.userSettings, 'workbench.colorTheme': theme.setting },
    });
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(server.url({ folder: tour.workspace, developmentPath: repository }));
    const take = (name: string): Promise<void> => picture(page, tour.folder, `${name}-${theme.name}`);
    await walk(new Workbench(page), tour, take).catch(async (error: unknown) => {
      await take('failed');
      throw error;
    });
    await page.close();
    await server.stop();
  }
  await browser.close();
}

async function walk(
  workbench: Workbench,
  { connection }: Tour,
  take: (name: string) => Promise<void>,
): Promise<void> {
  const { page } = workbench;
  await workbench.ready();
  await workbench.openContainer('AMQP');
  if (connection === undefined) {
    await workbench.run('AMQP: Try the Demo Broker');
  } else {
    await workbench.treeItem(connection).dblclick();
  }
  const profile = connection ?? 'Demo Broker';
  await workbench.expand(profile);
  await workbench.expand('/');
  await workbench.expand('Exchanges');
  await workbench.expand('Queues');
  await workbench.expand('orders.fulfilment');
  // Two rounds of the broker's statistics, so that rates are there to be seen.
  await page.waitForTimeout(6_000);
  await take('tree');

  await workbench.contextMenu('orders.fulfilment', 'Live Tail');
  const row = workbench.panel().getByRole('row').filter({ hasText: 'application/json' });
  await row.nth(8).waitFor({ timeout: 60_000 });
  await row.nth(5).click();
  await workbench.panel().getByText('"total"').last().waitFor();
  await take('tail');

  await workbench.contextMenu('payments', 'Publish Test Message...');
  await publishByMouse(
    workbench,
    { routingKey: 'payment.eu', body: '{ "order": "a1", "amount": 129.90, "currency": "EUR" }' },
    routed,
  );
  await publishByMouse(workbench, { routingKey: 'payment.nowhere' }, notRouted);
  await take('publish');

  await workbench.contextMenu('orders.dead', 'Peek Messages');
  const peek = workbench.panel();
  await peek.getByRole('button', { name: /^Peek/ }).waitFor();
  await take('peek-cost');
  await peek.getByRole('button', { name: /^Peek/ }).click();
  await peek
    .getByText(/given back/i)
    .first()
    .waitFor();
  await take('peek');

  await workbench.openFile('definitions.json');
  const problems = await workbench.problems();
  await problems.filter({ hasText: 'orders.fulfillment' }).first().waitFor({ timeout: 60_000 });
  await take('problems');

  await workbench.run('AMQP: Plan Import...');
  if (connection === undefined) await workbench.choose(profile);
  const plan = page.locator('.pane').filter({ hasText: 'Import Plan' });
  await plan.locator('.monaco-list-row').filter({ hasText: 'orders.invoicing' }).first().waitFor();
  await page.locator('.pane-header').filter({ hasText: 'Brokers' }).click();
  await take('plan');
}

async function picture(page: Page, folder: string, name: string): Promise<void> {
  // A webview is a process of its own and paints a little later than the window around it.
  await page.waitForTimeout(500);
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
