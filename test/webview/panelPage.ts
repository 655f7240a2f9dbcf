import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before } from 'mocha';
import type { Browser, Page } from 'playwright-core';
import { panelHtml } from '../../src/host/panels/panelHtml';
import type { MessagesPanelState } from '../../src/protocol/messagesPanel';
import type { PublishPanelState } from '../../src/protocol/publishPanel';
import { startBrowser } from '../lab/browser';
import './page/global';
import type { PageScript, ScriptedHost, SeenRequest } from './page/script';
import type { Theme } from './themes';
import { themes } from './themes';

/** The tests run from the root of the project, as all its commands do. */
const root = process.cwd();
const screenshots = path.join(root, 'out/screenshots/webview');

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.html': 'text/html; charset=utf-8',
};

/**
 * The two things that the archived toolkit is known to do and the policy to refuse (DESIGN 6): at its start it adds one
 * inline style sheet to the head, and some of its templates write a `style` attribute. Nothing visible depends on
 * them. Whatever is refused beyond these fails the test; a style attribute of ours is caught in `test/unit/webview`.
 */
function unexpected(violations: ScriptedHost['violations']): ScriptedHost['violations'] {
  const inline = violations.filter(({ blocked }) => blocked === 'inline');
  const sheet = inline.find(({ directive }) => directive === 'style-src-elem');
  return violations.filter((violation) => violation !== sheet && violation.directive !== 'style-src-attr');
}

let browser: Browser | undefined;
let origin = '';

const server = createServer((request, response) => {
  void (async () => {
    const url = new URL(request.url ?? '/', origin);
    const type = types[path.extname(url.pathname)] ?? 'text/html; charset=utf-8';
    try {
      const panel = /^\/([a-z]+)\.html$/.exec(url.pathname)?.[1];
      const content = panel
        ? page(panel)
        : await readFile(path.join(root, 'dist/webview', path.basename(url.pathname)));
      response.writeHead(200, { 'content-type': type }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  })();
});

function page(panel: string): string {
  return panelHtml({
    cspSource: origin,
    scriptUri: `${origin}/${panel}.js`,
    styleUri: `${origin}/${panel}.css`,
    nonce: randomUUID(),
    title: `<${panel}> & "co"`,
    language: 'en',
  });
}

before(async () => {
  browser = await startBrowser();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

after(async () => {
  await browser?.close();
  await new Promise((resolve) => server.close(resolve));
});

export interface PanelOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
}

export type PanelScript = Omit<PageScript, 'bodyClass' | 'variables'>;

/** One panel in the production document under the production policy, with what a test may do to it. */
export class PanelPage {
  constructor(readonly page: Page) {}

  /** What the panel asked the host, without what it reads by itself. */
  async requests(): Promise<SeenRequest[]> {
    const all = await this.page.evaluate(() => scripted.requests);
    return all.filter(({ name }) => !['ready', 'rows', 'columns'].includes(name));
  }

  /** Waits until the panel has made this request so many times, and gives the params of the last of them. */
  async request(name: string, times = 1): Promise<unknown> {
    const found = await this.page.waitForFunction(
      ([wanted, count]) => scripted.requests.filter((request) => request.name === wanted)[count - 1],
      [name, times] as const,
    );
    return (await found.jsonValue())?.params;
  }

  /** The host says that something changed. */
  async show(state: MessagesPanelState): Promise<void> {
    await this.page.evaluate((next) => {
      scripted.showMessages(next);
    }, state);
  }

  async showForm(state: PublishPanelState): Promise<void> {
    await this.page.evaluate((next) => {
      scripted.showPublish(next);
    }, state);
  }

  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(screenshots, `${name}.png`) });
  }
}

/** Opens a panel, runs the test, and fails on any policy violation, console error or report of trouble. */
export async function withPanel(
  panel: 'messages' | 'publish',
  script: PanelScript,
  test: (panel: PanelPage) => Promise<void>,
  { theme = themes.dark, width = 900, height = 600 }: PanelOptions = {},
): Promise<void> {
  assert.ok(browser, 'the browser runs');
  const context = await browser.newContext({
    viewport: { width, height },
    timezoneId: 'UTC',
    locale: 'en-US',
  });
  try {
    const tab = await context.newPage();
    tab.setDefaultTimeout(10_000);
    const complaints: string[] = [];
    tab.on('pageerror', (error) => complaints.push(error.message));
    tab.on('console', (message) => {
      // Violations are counted by their own event, which says more.
      if (message.type() === 'error' && !message.text().includes('Content Security Policy'))
        complaints.push(message.text());
    });
    const full: PageScript = { ...script, bodyClass: theme.bodyClass, variables: theme.variables };
    const shim = await readFile(path.join(root, 'out/webview/page.js'), 'utf8');
    await tab.addInitScript({ content: `globalThis.pageScript = ${JSON.stringify(full)};\n${shim}` });
    await tab.goto(`${origin}/${panel}.html`);
    // A panel that died says why more clearly than a wait that timed out.
    await tab
      .locator('header.title')
      .waitFor()
      .catch((error: unknown) => {
        throw complaints.length > 0 ? new Error(complaints.join('\n')) : error;
      });
    await test(new PanelPage(tab));
    const seen = await tab.evaluate(() => ({ violations: scripted.violations, troubles: scripted.troubles }));
    assert.deepEqual(unexpected(seen.violations), []);
    assert.deepEqual(seen.troubles, []);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}
