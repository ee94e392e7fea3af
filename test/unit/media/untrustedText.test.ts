import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { lastBlockStart, markdownToHtml } from '../../../media/shared/markdown.ts';
import { safeLink } from '../../../media/shared/safeLink.ts';
import { visibleControls } from '../../../media/shared/visibleControls.ts';

describe('Control characters', () => {
  const cases: [string, string][] = [
    ['plain\ttext\n', 'plain\ttext\n'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['\u001b[31mred', '␛[31mred'],
    ['nul\u0000', 'nul␀'],
    ['\u007f', '␡'],
    ['\u0085', '‹U+0085›'],
    ['user\u202eresu\u202c', 'user‹U+202E›resu‹U+202C›'],
    ['\u2066isolated\u2069', '‹U+2066›isolated‹U+2069›'],
    ['line\u2028separator', 'line‹U+2028›separator'],
    ['\ufeffbom', '‹U+FEFF›bom'],
    ['שלום\u200f عربي', 'שלום\u200f عربي'],
    ['👩‍👧 family', '👩‍👧 family'],
  ];
  for (const [text, visible] of cases) {
    it(`${JSON.stringify(text)} shows as ${JSON.stringify(visible)}`, () =>
      assert.equal(visibleControls(text), visible));
  }

  it('are all gone, and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // oxlint-disable-next-line no-control-regex -- looking for them
        assert.doesNotMatch(visibleControls(text), /[\u0000-\u0008\u000b-\u001f\u202a-\u202e]/);
        assert.equal(visibleControls(visibleControls(text)), visibleControls(text));
      }),
    );
  });
});

describe('Links of untrusted text', () => {
  const safe: [string, string][] = [
    ['https://example.com', 'https://example.com/'],
    ['HTTP://Example.com/A?b=c#d', 'http://example.com/A?b=c#d'],
    ['https://пример.рф', 'https://xn--e1afmkfd.xn--p1ai/'],
  ];
  for (const [address, normal] of safe) {
    it(`${address} leads to ${normal}`, () => assert.equal(safeLink(address), normal));
  }

  const refused = [
    '',
    '#here',
    '/path',
    'page.html',
    '//example.com',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'vbscript:x',
    'data:text/html,<script>1</script>',
    'file:///etc/passwd',
    'command:workbench.action.quit',
    'vscode://x.y/z',
    'vscode-insiders://x',
    'mailto:a@b.c',
    'ftp://x',
    'blob:https://x/y',
    'https://bank.example@evil.example/',
    'https://user:pass@evil.example/',
    'http://',
  ];
  for (const address of refused) {
    it(`${JSON.stringify(address)} leads nowhere`, () =>
      assert.equal(safeLink(address), undefined));
  }
});

describe('Markdown of untrusted text', () => {
  const cases: [name: string, text: string, html: string][] = [
    ['emphasis', '**a** _b_', '<p><strong>a</strong> <em>b</em></p>\n'],
    ['HTML stays text', '<b>x</b>', '<p>&lt;b&gt;x&lt;/b&gt;</p>\n'],
    [
      'HTML blocks too',
      '<script>alert(1)</script>',
      '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n',
    ],
    [
      'a link to the web',
      '[a](https://x.y/ "t")',
      '<p><a href="https://x.y/" title="t">a</a></p>\n',
    ],
    ['no other link', '[a](javascript:alert)', '<p>[a](javascript:alert)</p>\n'],
    ['no disguised link', '[a](java&#115;cript:alert)', '<p>[a](javascript:alert)</p>\n'],
    ['no bare link', 'see https://x.y/', '<p>see https://x.y/</p>\n'],
    [
      'an image is its description',
      '![a "b"](https://x.y/p.png)',
      '<p><span class="image">a &quot;b&quot; — https://x.y/p.png</span></p>\n',
    ],
    [
      'an image cannot break out',
      '![<img onerror=1>](https://x.y/"><b>)',
      '<p><span class="image">&lt;img onerror=1&gt; — https://x.y/%22%3E%3Cb%3E</span></p>\n',
    ],
    [
      'code keeps its language',
      '```js\n1\n```',
      '<pre><code class="language-js">1\n</code></pre>\n',
    ],
  ];
  for (const [name, text, html] of cases) {
    it(name, () => assert.equal(markdownToHtml(text), html));
  }

  it('has no inline style in tables', () => {
    const html = markdownToHtml('| a | b | c |\n| :-- | :-: | --: |\n| 1 | 2 | 3 |');
    assert.doesNotMatch(html, /style=/);
    assert.match(
      html,
      /<th class="align-left">a<.*<th class="align-center">b<.*<th class="align-right">c</s,
    );
  });

  it('renders every prefix of it without failing, and never a tag it did not mean', () => {
    const piece = fc.constantFrom(
      '# h\n',
      '- a\n',
      '1. b\n',
      '> q\n',
      '```\ncode\n',
      '```\n',
      '| a | b |\n|-|-|\n',
      '[x](',
      'y)',
      '<img src=x onerror=alert(1)>',
      '\n\n',
      '**',
      '`',
      '![',
      ']',
      '&lt;',
      '\u0000',
      '\u202e',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        for (let end = 1; end <= pieces.length; end++) {
          assert.doesNotMatch(markdownToHtml(pieces.slice(0, end).join('')), /<(img|script)\b/);
        }
      }),
    );
  });
});

describe('The last block of growing Markdown', () => {
  const cases: [name: string, text: string, last: string][] = [
    ['nothing', '', ''],
    ['one paragraph', 'a\nb', 'a\nb'],
    ['two paragraphs', 'a\n\nb', 'b'],
    ['a list stays whole', 'a\n\n- b\n\n- c', '- b\n\n- c'],
    ['an open fence stays whole', 'a\n\n```\nb\n\nc', '```\nb\n\nc'],
    ['a heading', '# a\n\nb\n\n## c', '## c'],
  ];
  for (const [name, text, last] of cases) {
    it(name, () => assert.equal(text.slice(lastBlockStart(text)), last));
  }

  it('can be cut off and rendered by itself: the whole is the same', () => {
    const block = fc.constantFrom(
      'para',
      '# head',
      '- one\n- two',
      '1. x\n\n   y',
      '> quote\nlazy',
      '```\ncode\n\nmore\n```',
      '| a |\n|---|\n| 1 |',
      '    indented',
      '***',
      'soft\nbreak',
      'Set\n===',
    );
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 12 }), (blocks) => {
        const text = blocks.join('\n\n');
        const cut = lastBlockStart(text);
        const apart = markdownToHtml(text.slice(0, cut)) + markdownToHtml(text.slice(cut));
        assert.equal(apart, markdownToHtml(text));
      }),
    );
  });
});
