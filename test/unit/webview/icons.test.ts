import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'mocha';

async function codes(file: string, prefix: string): Promise<Map<string, string>> {
  const css = await readFile(file, 'utf8');
  const found = css.matchAll(
    new RegExp(`\\.${prefix}([a-z-]+)::?before\\s*\\{\\s*content:\\s*["']\\\\([0-9a-f]+)`, 'g'),
  );
  return new Map(Array.from(found, ([, name = '', code = '']) => [name, code]));
}

describe('the icons of the panels', () => {
  it('have the codes of the icon font in use', async () => {
    const ours = await codes('webview/shared/icons.css', 'icon-');
    const fonts = await codes('node_modules/@vscode/codicons/dist/codicon.css', 'codicon-');
    assert.ok(ours.size > 10);
    for (const [name, code] of ours) assert.equal(code, fonts.get(name), name);
  });
});
