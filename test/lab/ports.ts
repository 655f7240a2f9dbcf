import { mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { tryLock } from './lock';

/** A port of 127.0.0.1 that no other run of the lab will take until it is released or this process ends. */
export interface ClaimedPort {
  readonly port: number;
  release(): void;
}

/** Below what Linux and macOS hand out to outgoing connections, so that none of those can take a claimed port. */
const first = 20_000;
const count = 12_000;
const claims = path.join(tmpdir(), `amqp-workbench-ports-${userInfo().username}`);

/** Claims a port that nothing listens on. The claim is a lock file, which is what makes two runs at once safe. */
export async function claimPort(): Promise<ClaimedPort> {
  sweepOnce();
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = first + Math.floor(Math.random() * count);
    const claim = tryLock(path.join(claims, String(port)));
    if (!claim) continue;
    if (await isFree(port)) return { port, release: () => claim.release() };
    claim.release();
  }
  throw new Error(`Found no free port between ${first} and ${first + count} on 127.0.0.1.`);
}

let swept = false;

/** Claims of runs that were killed would pile up. */
function sweepOnce(): void {
  if (swept) return;
  swept = true;
  mkdirSync(claims, { recursive: true });
  for (const claim of readdirSync(claims)) {
    if (/^\d+$/.test(claim)) tryLock(path.join(claims, claim))?.release();
  }
}

/** Whether a listener could be opened on this port of 127.0.0.1 now. */
export async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
