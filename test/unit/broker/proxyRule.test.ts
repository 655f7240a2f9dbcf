import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { bypassesProxy } from '../../../src/core/broker/http/proxyRule';

describe('the proxy', () => {
  it('is left out for this machine, whatever the settings', () => {
    for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '::1', '[::1]'])
      assert.ok(bypassesProxy(host, 15_672, []));
  });

  it('is left out for the hosts that noProxy names', () => {
    const noProxy = ['example.org', '*.lab.test', '.corp', 'one.test:15672', ' Spaced.Test '];
    for (const [host, port] of [
      ['example.org', 443],
      ['broker.example.org', 443],
      ['a.lab.test', 80],
      ['x.corp', 80],
      ['one.test', 15_672],
      ['spaced.test', 1],
    ] as const) {
      assert.ok(bypassesProxy(host, port, noProxy), host);
    }
    for (const [host, port] of [
      ['notexample.org', 443],
      ['example.org.evil.test', 443],
      ['one.test', 443],
      ['other', 80],
    ] as const) {
      assert.ok(!bypassesProxy(host, port, noProxy), host);
    }
    assert.ok(bypassesProxy('anything', 1, ['*']));
    assert.ok(!bypassesProxy('anything', 1, ['', ' ']));
  });
});
