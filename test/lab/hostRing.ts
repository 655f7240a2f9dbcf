// Runs the host ring in a VS Code server: node out/lab/hostRing.js trusted|untrusted RESULT-FILE
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { RingResult } from '../support/ringResult';
import { startBrowser } from './browser';
import { inRepository, repository } from './paths';
import { wordsOf } from './say';
import { temporaryFolder } from './temporaryFolder';
import { startVscodeServer } from './vscodeServer';

async function main(trust: string | undefined, resultFile: string | undefined): Promise<void> {
  if ((trust !== 'trusted' && trust !== 'untrusted') || resultFile === undefined) {
    throw new Error('usage: node out/lab/hostRing.js trusted|untrusted RESULT-FILE');
  }
  const workspace = temporaryFolder('workspace');
  const server = await startVscodeServer({
    workspaceTrust: trust === 'untrusted' ? 'untrusted' : 'off',
    env: {
      AMQP_WORKBENCH_RING: `host (${trust})`,
      AMQP_WORKBENCH_RING_RESULT: resultFile,
      AMQP_WORKBENCH_TRUST: trust,
    },
  });
  console.log(`  VS Code ${server.version}, ${trust}`);
  const browser = await startBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const complaints = collectErrors(page);
  await mkdir(path.dirname(resultFile), { recursive: true });
  await page.goto(
    server.url({
      folder: workspace.path,
      developmentPath: repository,
      testsPath: inRepository('out', 'lab', 'hostSuite.js'),
    }),
  );
  const ended = await followResult(resultFile, 8 * 60_000);
  if (!ended) {
    const picture = inRepository('out', `host-${trust}.png`);
    await page.screenshot({ path: picture }).catch(() => undefined);
    console.log(`  no result; the page is in ${picture}. It said:\n${complaints.slice(-20).join('\n')}`);
  }
  await browser.close();
  const failed = !ended || (JSON.parse(await readFile(resultFile, 'utf8')) as RingResult).failed > 0;
  const logs = inRepository('out', `host-${trust}-logs`);
  await server.stop(failed ? { keepLogsIn: logs } : {});
  if (failed) console.log(`  VS Code's logs are in ${logs}`);
  await workspace.remove();
  if (!ended) throw new Error('The extension host handed over no result.');
}

function collectErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`  ${message.text().slice(0, 500)}`);
  });
  return errors;
}

/** Prints the lines of the suite as they come; true once the result is there. */
async function followResult(resultFile: string, limitMs: number): Promise<boolean> {
  const lines = `${resultFile}.lines`;
  const deadline = Date.now() + limitMs;
  let printed = 0;
  for (;;) {
    const ended = existsSync(resultFile);
    const text = await readFile(lines, 'utf8').catch(() => '');
    process.stdout.write(text.slice(printed));
    printed = text.length;
    if (ended || Date.now() > deadline) {
      await rm(lines, { force: true });
      return ended;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

main(process.argv[2], process.argv[3]).then(
  () => process.exit(0),
  (error: unknown) => {
    console.log(`  ${wordsOf(error)}`);
    process.exit(1);
  },
);
