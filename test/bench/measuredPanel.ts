import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { Emitter } from '../../src/core/base/emitter';
import { silentLog } from '../../src/core/base/log';
import { panelHtml } from '../../src/host/panels/panelHtml';
import type { BrokerContract } from '../../src/protocol/brokerContract';
import type { Client, Handlers } from '../../src/protocol/endpoint';
import { serve } from '../../src/protocol/endpoint';
import { messagesPanelChecks } from '../../src/protocol/messagesPanel';
import type { MessagesPanelContract, MessagesPanelState } from '../../src/protocol/messagesPanel';
import type { Transport } from '../../src/protocol/transport';
import type { ViewState } from '../../src/protocol/view';
import { inRepository } from '../lab/paths';
import type { MeasuredPage, MeasuredPageTheme } from '../webview/page/measuredPage';
import { themes } from '../webview/themes';

const origin = 'http://127.0.0.1:9';
const viewport = { width: 1_000, height: 700 };

declare global {
  /** Of the page, for the functions that are sent there. */
  var measured: MeasuredPage;
}

/** An empty page of the same browser and size: what a frame costs here anyway. */
export async function openEmptyPage(browser: Browser): Promise<Page> {
  return await openPage(browser, 'empty', () => '<!DOCTYPE html><title>empty</title>');
}

/**
 * The messages panel as it is shipped, in Chromium, over its real contract. This process stands where the extension
 * host stands: what is asked about the view goes on to the worker, and the worker's snapshots come back.
 */
export async function openMeasuredPanel(
  browser: Browser,
  client: Client<BrokerContract>,
  view: ViewState,
): Promise<Page> {
  const fromPanel = new Emitter<unknown>();
  const closed = new Emitter<void>();
  const page = await openPage(browser, 'messages', messagesHtml, async (message) => {
    await Promise.resolve();
    fromPanel.fire(message);
  });
  const transport: Transport = {
    send: (message) => {
      // A page that is being closed hears nothing any more.
      page.evaluate((heard) => globalThis.measured.hear(heard), message).catch(() => undefined);
    },
    onMessage: fromPanel.event,
    onClosed: closed.event,
    dispose: () => undefined,
  };
  let latest = view;
  const state = (): MessagesPanelState => ({
    connection: 'bench',
    source: 'bench',
    kind: 'tail',
    view: latest,
    revive: { profileId: 'bench', source: view.source, kind: 'tail' },
  });
  const server = serve(transport, messagesPanelChecks, passingOn(client, view.viewId, state), silentLog);
  const following = client.on('view')((changed) => {
    if (changed.viewId !== view.viewId) return;
    latest = changed;
    server.emit('changed', state());
  });
  page.once('close', () => {
    following.dispose();
    server.dispose();
    closed.fire();
  });
  await page.goto(`${origin}/messages.html`);
  await page.locator('message-table [role="row"]').nth(1).waitFor();
  return page;
}

/** What only the host knows is answered here; all else goes to the worker, about this view. */
function passingOn(
  client: Client<BrokerContract>,
  viewId: string,
  state: () => MessagesPanelState,
): Handlers<MessagesPanelContract> {
  const own: Partial<Handlers<MessagesPanelContract>> = {
    ready: state,
    filters: () => ({ saved: [], recent: [] }),
    columns: () => [],
  };
  const names = Object.keys(messagesPanelChecks) as (keyof BrokerContract['requests'])[];
  const others = names.map((name) => [
    name,
    (params: object, signal: AbortSignal) => client.request(name, { ...params, viewId }, signal),
  ]);
  return { ...(Object.fromEntries(others) as Handlers<MessagesPanelContract>), ...own };
}

async function openPage(
  browser: Browser,
  name: string,
  html: () => string,
  toHost?: (message: unknown) => Promise<void>,
): Promise<Page> {
  const page = await browser.newPage({ viewport });
  await page.route(`${origin}/**`, async (route) => {
    const file = path.basename(new URL(route.request().url()).pathname);
    if (file.endsWith('.html'))
      await route.fulfill({ contentType: 'text/html; charset=utf-8', body: html() });
    else await route.fulfill({ path: inRepository('dist', 'webview', file) });
  });
  if (toHost) await page.exposeFunction('toHost', toHost);
  const theme: MeasuredPageTheme = themes.dark;
  const script = await readFile(inRepository('out', 'webview', 'measured.js'), 'utf8');
  await page.addInitScript({ content: `globalThis.theme = ${JSON.stringify(theme)};\n${script}` });
  if (!toHost) await page.goto(`${origin}/${name}.html`);
  return page;
}

function messagesHtml(): string {
  return panelHtml({
    cspSource: origin,
    scriptUri: `${origin}/messages.js`,
    styleUri: `${origin}/messages.css`,
    nonce: randomUUID(),
    title: 'bench',
    language: 'en',
  });
}
