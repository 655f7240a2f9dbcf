import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { cleanBrokerText } from '../../../src/core/broker/brokerText';

describe("a broker's words", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["NOT_FOUND - no queue 'a_b' in vhost '/'", "no queue 'a_b' in vhost '/'"],
    [
      "invalid arg 'x-expires' for queue 'q' in vhost '/': {value_zero,0}",
      "invalid arg 'x-expires' for queue 'q' in vhost '/': value zero, 0",
    ],
    [
      'invalid message: {unacceptable_type_in_header,"CC",longstr}',
      'invalid message: unacceptable type in header, CC, longstr',
    ],
    [
      'invalid arg \'x-stream-offset\': {invalid_stream_offset_arg,{longstr,<<"foo">>}}',
      "invalid arg 'x-stream-offset': invalid stream offset arg, longstr, foo",
    ],
    ['&lt;&lt;&quot;Validation failed\\n\\n[ha-mode]&quot;&gt;&gt;', 'Validation failed [ha-mode]'],
    ["no exchange '{weird,\"name\"}' in vhost '/'", "no exchange '{weird,\"name\"}' in vhost '/'"],
    ['of queue type rabbit_quorum_queue', 'of queue type rabbit_quorum_queue'],
    ['', ''],
  ];
  for (const [raw, clean] of cases) {
    it(`are cleaned: ${raw || 'nothing'}`, () => {
      assert.equal(cleanBrokerText(raw), clean);
    });
  }
});
