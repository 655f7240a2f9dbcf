import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { aptInstall, findProgram, requireProgram } from './programs';
import { run } from './run';
import { say, wordsOf } from './say';

/** Starts a headless Chromium, installed first where that is allowed. It reaches loopback only, and ends with this process. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = await requireProgram(
    ['chromium', 'chromium-browser', 'google-chrome'],
    ['chromium', ...fontPackages],
  );
  await improveFonts();
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

const fontPackages = ['fonts-dejavu-core', 'fonts-noto-color-emoji', 'fonts-wqy-zenhei'];

/**
 * Without any font Chromium draws boxes, and messages of strangers hold emoji and Chinese: pictures should show them. No test
 * depends on it, so a machine where fonts cannot be installed is only told.
 */
async function improveFonts(): Promise<void> {
  const list = process.platform === 'linux' ? findProgram('fc-list') : undefined;
  if (!list) return;
  const covered = await Promise.all(
    ['en', 'zh', 'und-zsye'].map((language) => run(list, [`:lang=${language}`, 'family'])),
  );
  if (covered.every((families) => families.trim() !== '')) return;
  await aptInstall(fontPackages).catch((error: unknown) => say(wordsOf(error)));
}
