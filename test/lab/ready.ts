import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Asks `isReady` again and again; true when it said yes, false when the time was up or `gaveUp` said so. */
export async function waitUntil(
  isReady: () => Promise<boolean>,
  limitMs: number,
  gaveUp: () => boolean = () => false,
): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline && !gaveUp()) {
    if (await isReady()) return true;
    await sleep(100);
  }
  return false;
}

/** Whether something accepts connections there. */
export async function accepts(port: number): Promise<boolean> {
  return firstBytes(port, undefined).then((answer) => answer !== undefined);
}

/** Whether an AMQP 0-9-1 broker answers the protocol header with a method frame (connection.start). */
export async function speaksAmqp(port: number): Promise<boolean> {
  return firstBytes(port, Buffer.from('AMQP\x00\x00\x09\x01', 'latin1')).then((answer) => answer?.[0] === 1);
}

/** What came back first; empty as soon as the connection stands when nothing was to be said; undefined when nobody answered. */
async function firstBytes(port: number, hello: Buffer | undefined): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const done = (answer: Buffer | undefined): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2000, () => done(undefined));
    socket.once('error', () => done(undefined));
    socket.once('close', () => done(undefined));
    socket.once('data', done);
    socket.once('connect', () => (hello ? socket.write(hello) : done(Buffer.alloc(0))));
  });
}
