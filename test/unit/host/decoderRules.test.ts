import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { decoderRules } from '../../../src/host/decoding/decoderRules';

describe('the setting amqp.decoders', () => {
  it('puts the rules of the user before those of the workspace, which count in trusted ones only', () => {
    const values = {
      user: [{ decoder: 'json' }],
      workspace: [{ decoder: 'xml' }],
      folder: [{ decoder: 'cbor' }],
    };
    const decoders = (trusted: boolean): string[] =>
      decoderRules(values, trusted).rules.map(({ decoder }) => decoder);
    assert.deepEqual(decoders(true), ['json', 'cbor', 'xml']);
    assert.deepEqual(decoders(false), ['json']);
  });

  it('leaves out what makes no sense, and says which entry it was', () => {
    const { rules, problems } = decoderRules(
      {
        user: [
          { decoder: 'telepathy' },
          { decoder: 'command' },
          { decoder: 'command', command: [''] },
          5,
          { decoder: 'avro', files: 'order.avsc' },
          { decoder: 'protobuf', message: 'shop.Order', files: ['*.proto'], queue: 'orders', more: 1 },
        ],
        workspace: {},
      },
      true,
    );
    assert.deepEqual(rules, [
      { decoder: 'protobuf', message: 'shop.Order', files: ['*.proto'], queue: 'orders' },
    ]);
    assert.equal(problems.length, 6);
    for (const [index, problem] of problems.slice(0, 5).entries())
      assert.match(
        problem,
        new RegExp(`^amqp\\.decoders\\[${index}\\] of the user settings is left out\\. `),
      );
    assert.equal(problems[5], 'amqp.decoders of the workspace settings is not a list.');
  });
});
