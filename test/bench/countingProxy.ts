import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What went through since the last look. */
export interface Traffic {
  readonly paths: readonly string[];
  /** Of the answers' bodies, as they travelled. */
  readonly bytes: number;
}

/** Stands before a management API and counts what it is asked and what it answers. */
export interface CountingProxy {
  readonly url: string;
  take(): Traffic;
  close(): void;
}

export async function countingProxy(target: string): Promise<CountingProxy> {
  let paths: string[] = [];
  let bytes = 0;
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/';
    paths.push(path);
    const onward = request(new URL(path, target), {
      method: incoming.method ?? 'GET',
      headers: incoming.headers,
    });
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: () => {
      const taken = { paths, bytes };
      paths = [];
      bytes = 0;
      return taken;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
