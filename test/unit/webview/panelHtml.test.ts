import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { panelHtml } from '../../../src/host/panels/panelHtml';

const page = {
  cspSource: 'https://*.vscode-cdn.net',
  scriptUri: 'https://file+.vscode-cdn.net/messages.js',
  styleUri: 'https://file+.vscode-cdn.net/messages.css',
  nonce: 'n0nce',
  title: 'Tail',
  language: 'de',
};

describe('the document of a panel', () => {
  it('allows its own script and style sheet and nothing else', () => {
    const html = panelHtml(page).replaceAll('&#39;', "'");
    assert.match(
      html,
      /default-src 'none'; script-src 'nonce-n0nce'; style-src https:\/\/\*\.vscode-cdn\.net;/,
    );
    assert.doesNotMatch(html, /unsafe|style="|<style|onload/);
    assert.match(html, /<html lang="de">/);
    assert.match(html, /<script nonce="n0nce" src="https:\/\/file\+\.vscode-cdn\.net\/messages\.js">/);
  });

  it('takes any queue name for a title', () => {
    const html = panelHtml({ ...page, title: '</title><script>alert("x")</script> & \'y\'' });
    assert.match(html, /<title>&lt;\/title&gt;&lt;script&gt;alert\(&quot;x&quot;\)/);
    assert.equal(html.match(/<script/g)?.length, 1);
  });
});
