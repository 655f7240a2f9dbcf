import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { benchFor, bodies } from './bench';
import type { ContractBroker } from './bench';

/** Names people give, and names that break software. */
const names: readonly (readonly [string, string])[] = [
  ['slashes', 'shop/orders/eu'],
  ['dots only', '...'],
  ['a dot', '.'],
  ['two dots', '..'],
  ['spaces at both ends', ' two words '],
  ['a percent sign and an escape', '100%/%2F%zz'],
  ['a question mark and a hash', 'what?#now'],
  ['a plus and an ampersand', 'a+b&c=d'],
  ['other scripts', 'Grüße-注文-🚚'],
  ['quotes and backslashes', `it's "so" \\n`],
  ['markup', '<script>alert(1)</script>'],
  ['255 bytes', 'é'.repeat(127) + 'x'],
];

export function namesContract(under: ContractBroker): void {
  describe('names', () => {
    const bench = benchFor(under);

    for (const [what, name] of names) {
      it(`with ${what} work for queues, exchanges and keys`, async () => {
        const queue = await bench().queue('classic', [], name);
        const exchange = await bench().exchange('direct', [], name);
        await bench().bind(exchange, queue, name);
        assert.equal((await bench().publish(exchange, name, 'by binding')).kind, 'routed');
        assert.equal((await bench().publish('', queue, 'straight')).kind, 'routed');
        const management = under.open().management;
        assert.equal((await management?.queue('/', name))?.name, name);
        const [binding] = (await management?.queueBindings('/', name)) ?? [];
        assert.deepEqual([binding?.source, binding?.destination, binding?.routingKey], [name, name, name]);
        const from = await management?.exchangeBindings('/', name, 'from');
        assert.equal(from?.length, 1);
        const page = await management?.queues('/', { name, page: 1, size: 10 });
        assert.ok(page?.items.some((each) => each.name === name));
        const taken = await bench().drain(queue, 2);
        assert.equal(bodies(taken), 'by binding straight');
        assert.deepEqual([taken[0]?.exchange, taken[0]?.routingKey], [name, name]);
      });
    }
  });
}
