import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';

/**
 * The policy blocks inline styles. The tests in Chromium must let the toolkit's own `style` attributes pass, so that one
 * of ours would go unseen there: it is caught here.
 */
describe('the templates of the panels', () => {
  const folder = path.join(process.cwd(), 'webview');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );

  it('are where this test looks', () => assert.ok(files.length > 20));

  for (const file of files) {
    it(`write no style attribute in ${file}`, () => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      assert.doesNotMatch(text, /\sstyle\s*=\s*(["'$]|\\")|setAttribute\(\s*['"]style['"]/);
    });
  }
});
