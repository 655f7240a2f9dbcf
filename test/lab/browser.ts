import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { aptInstall, findProgram, requireProgram } from './programs';
import { run } from './run';

/** Starts a headless Chromium, installed first where that is allowed. It reaches loopback only, and ends with this process. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = await requireProgram(
    ['chromium', 'chromium-browser', 'google-chrome'],
    ['chromium', fontPackage],
  );
  await requireFonts();
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      // A test that needs the internet is a defect; so is one that lets anything out.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
    // The lab ends everything by itself at a signal; playwright's own handlers would end this process before it has.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

const fontPackage = 'fonts-dejavu-core';

/** Without any font Chromium draws boxes; with one that lacks arrows and Greek it draws some. */
async function requireFonts(): Promise<void> {
  if (process.platform !== 'linux') return;
  const list = findProgram('fc-list');
  const fonts = list ? await run(list, [':', 'family']).catch(() => '') : '';
  if (fonts.trim() === '') await aptInstall(['fontconfig', fontPackage]);
}
