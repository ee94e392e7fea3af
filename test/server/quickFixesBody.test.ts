import assert from 'node:assert/strict';
import { fixed } from '../support/codeActions.ts';
import { folder, LanguageServer } from '../support/languageServer.ts';

const header = '---\nname: Letter\nvariables:\n  user: string\n---\n';

const files = { [`${folder}/rules.prompt`]: 'Be kind. <<> letter>>' };

/** The problem under the mark, the fix, and the text after it. */
const inBody: [marked: string, title: string, text: string][] = [
  ['<<#i|f user>>x', 'Close with <</if>>', '<<#if user>>x<</if>>'],
  ['<<#i|f user>>\nx\n', 'Close with <</if>>', '<<#if user>>\nx\n<</if>>'],
  ['<<#i|f user>>\nx', 'Close with <</if>>', '<<#if user>>\nx\n<</if>>'],
  ['<<#i|f user>>x', 'Make it text', '\\<<#if user>>x'],
  ['a<</i|f>>b', 'Remove this tag', 'ab'],
  ['<<el|se>>', 'Make it text', '\\<<else>>'],
  ['<<#if user>>x<</ea|ch>>', 'Change to “<</if>>”', '<<#if user>>x<</if>>'],
  ['<<i|f user>>x<</if>>', 'Insert “#”', '<<#if user>>x<</if>>'],
  ['<<uper| user>>', 'Change to “upper”', '<<upper user>>'],
  ['<<usr|>>', 'Change to “user”', '<<user>>'],
  ['<<sho|ut user>>', 'Make it text', '\\<<shout user>>'],
  ['<<a|>> <<a>>', 'Make every “a” text', '\\<<a>> \\<<a>>'],
  ['<<#a|>>x<</a>><<a>>', 'Make every “a” text', '\\<<#a>>x\\<</a>>\\<<a>>'],
  ['<<usr|>> <<usr>>', 'Change every “usr” to “user”', '<<user>> <<user>>'],
  ['<<#i|ff user>>x<<else>>y<</iff>>', 'Change to “if”', '<<#if user>>x<<else>>y<</if>>'],
  ['<<#sho|ut user>>x<</shout>>', 'Make it text', '\\<<#shout user>>x\\<</shout>>'],
  ['<<if user>>x<</i|f>>', 'Insert “#” in <<if user>>', '<<#if user>>x<</if>>'],
  ['<<if user>>x<</i|f>>', 'Remove this tag', '<<if user>>x'],
  [
    'a<<#if user>>b<<else>>c<<el|se>>d<</if>>',
    'Remove this tag',
    'a<<#if user>>b<<else>>cd<</if>>',
  ],
  ['<<#i|f user\nx<</if>>', 'Insert “>>”', '<<#if user>>\nx<</if>>'],
  ['<<#if (not us|er>>x<</if>>', 'Insert “)”', '<<#if (not user)>>x<</if>>'],
  ['<<upper "us|er>>', 'Insert “"”', '<<upper "user">>'],
  ['<<us|er.>>', 'Change to “<<user>>”', '<<user>>'],
  ['<<#each user as |u¦>>x<</each>>', 'Insert “|”', '<<#each user as |u|>>x<</each>>'],
  ['<<> ru|les>>', 'Make it text', '\\<<> rules>>'],
  ['<<> let|ter>>', 'Remove this call', ''],
  ['<us|er>> <<user>>', 'Write “<<user>>”', '<<user>> <<user>>'],
  ['<< us|er >> << user>>', 'Fix all 2 problems of this kind', '<<user>> <<user>>'],
  [
    '<<up|er user>> <<lowr user>>',
    'Fix all 2 problems of this kind',
    '<<upper user>> <<lower user>>',
  ],
  ['{{us|er}} x', 'Write this tag with << >>', '<<user>> x'],
  ['<< us|er >>', 'Write “<<user>>”', '<<user>>'],
  ['<<<us|er>>>', 'Write “<<user>>”', '<<user>>'],
  ['{{us|er}} {{ user }}', 'Write all tags with << >>', '<<user>> <<user>>'],
];

describe('quick fixes of the body', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start({ files });
  });
  afterEach(async () => server.close());
  after(() => server.stop());

  for (const [marked, title, text] of inBody) {
    it(`${JSON.stringify(marked)}: ${title}`, async () => {
      const found = await fixed(server, `${header}${marked}`, title);
      assert.equal(found.slice(header.length), text);
    });
  }
});
