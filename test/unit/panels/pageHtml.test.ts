import assert from 'node:assert/strict';
import { pageHtml } from '../../../client/panels/pageHtml.ts';

const resources = {
  cspSource: 'https://*.vscode-cdn.net',
  nonce: 'bm9uY2U=',
  file: (name: string) => `https://files.test/${name}`,
  language: 'de',
  texts: { Run: 'Los' },
};

describe("A page's HTML", () => {
  const html = pageHtml('outputs', { folder: 'file:///a"b<c>&d' }, resources);

  it('lets in nothing but its own script and style sheets', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    assert.equal(
      policy,
      [
        `default-src 'none'`,
        `script-src 'nonce-bm9uY2U='`,
        'style-src https://*.vscode-cdn.net',
        'font-src https://*.vscode-cdn.net',
        `img-src 'none'`,
        `connect-src 'none'`,
        `form-action 'none'`,
        `base-uri 'none'`,
      ].join('; '),
    );
  });

  it('gives its one script the nonce', () => {
    assert.deepEqual(html.match(/<script[^>]*>/g), [
      '<script nonce="bm9uY2U=" src="https://files.test/outputs.js">',
    ]);
  });

  it('carries what it is about without becoming markup', () => {
    assert.match(
      html,
      /data-identity="{&quot;folder&quot;:&quot;file:\/\/\/a\\&quot;b&lt;c&gt;&amp;d&quot;}"/,
    );
  });

  it('has the language and its texts', () => {
    assert.match(html, /<html lang="de">/);
    assert.match(html, /data-texts="{&quot;Run&quot;:&quot;Los&quot;}"/);
  });
});
