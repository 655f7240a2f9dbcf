// A user of the lab that ends badly, for the tests of the lab: node out/lab/labTenant.js HOW
// It prints what it holds as one line of JSON: a process, a folder and a port that must not outlive it.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cached } from '../lab/cache';
import { claimPort } from '../lab/ports';
import { startProcess } from '../lab/processes';
import { temporaryFolder } from '../lab/temporaryFolder';

export interface Tenancy {
  readonly pid: number;
  readonly folder: string;
  readonly port: number;
}

async function main(how: string | undefined): Promise<void> {
  if (how === 'install') {
    // Slow enough for two tenants to meet.
    await cached('tenant', async (stage) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await writeFile(path.join(stage, 'owner'), String(process.pid));
      console.log('installed');
    });
    return;
  }
  const { port } = await claimPort();
  const folder = temporaryFolder('tenant').path;
  // A shell with a child of its own: ending the first alone would leave the second.
  const { pid } = await startProcess('/bin/sh', ['-c', 'sleep 600 & wait']);
  const tenancy: Tenancy = { pid, folder, port };
  console.log(JSON.stringify(tenancy));
  if (how === 'throw') setTimeout(() => raise(), 100);
  if (how === 'reject') void Promise.reject(new Error('planted'));
  if (how === 'exit') process.exit(0);
  if (how === 'hang') for (;;);
  setInterval(() => undefined, 1000);
}

function raise(): never {
  throw new Error('planted');
}

void main(process.argv[2]);
