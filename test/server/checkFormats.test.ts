import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CheckedFolder, linesOf } from '../support/checkedFolder.ts';

const unclosed = {
  file: 'sub/broken.prompt',
  line: 5,
  column: 4,
  endLine: 5,
  endColumn: 13,
  severity: 'error',
  code: 'unclosed-block',
  message: 'This “if” block is not closed.',
};

describe('formats of check', () => {
  let folder: CheckedFolder;
  before(async () => {
    folder = await CheckedFolder.make();
  });
  after(() => folder.remove());

  it('prints JSON', async () => {
    const { out } = await folder.run(['--format', 'json', '--quiet', '.']);
    const { problems, ...rest } = JSON.parse(out);
    assert.deepEqual(rest, {
      version: 1,
      summary: { templates: 5, errors: 3, warnings: 0, information: 1 },
    });
    assert.equal(problems.length, 3);
    assert.deepEqual(problems[0], unclosed);
  });

  it('prints annotations of GitHub', async () => {
    const outcome = await folder.run(['--format', 'github']);
    assert.deepEqual(linesOf(outcome), [
      '::error file=sub/broken.prompt,line=5,endLine=5,col=4,endColumn=13,title=unclosed-block::This “if” block is not closed.',
      '::notice file=sub/broken.prompt,line=5,endLine=5,col=10,endColumn=11,title=undeclared-variable::“x” is not declared under “variables”. Add it there, or put a backslash before the tag.',
      '::error file=sub/latin one%2C 100%25.prompt,line=1,endLine=1,col=1,endColumn=1,title=unreadable-file::The file is not UTF-8. Save it in that encoding.',
      '::error file=sub/wide.prompt,line=1,endLine=1,col=1,endColumn=1,title=unreadable-file::The file is not UTF-8. Save it in that encoding.',
      '5 templates: 3 errors, 0 warnings.',
    ]);
  });

  it('escapes what an annotation says, and leaves out columns of several lines', async () => {
    const text = '---\nname: X\n---\n<<! 50% >><<#100%,:\r\nx>>\n';
    const { out } = await folder.run(['--format', 'github', '-'], text);
    const [first = ''] = out.split('\n');
    assert.match(first, /^::error file=stdin,line=4,endLine=\d,/);
    assert.doesNotMatch(first.replaceAll(/%(?:25|0A|0D|2C|3A)/g, ''), /%/);
  });

  it('prints SARIF 2.1.0', async () => {
    const { out } = await folder.run(['--format', 'sarif', 'sub']);
    const log = JSON.parse(out);
    assert.equal(log.version, '2.1.0');
    const [{ columnKind, results, tool }] = log.runs;
    assert.equal(columnKind, 'utf16CodeUnits');
    const { name, rules, semanticVersion } = tool.driver;
    assert.deepEqual([name, semanticVersion], ['Prompt Workbench', '1.2.3']);
    for (const { ruleId, ruleIndex } of results) assert.equal(rules[ruleIndex].id, ruleId);
    for (const { shortDescription, defaultConfiguration } of rules) {
      assert.match(shortDescription.text, /^\S.*\.$/);
      assert.match(defaultConfiguration.level, /^(?:error|warning|note)$/);
    }
    assert.deepEqual(results[0], {
      ruleId: 'unclosed-block',
      ruleIndex: 0,
      level: 'error',
      message: { text: unclosed.message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'sub/broken.prompt', uriBaseId: '%SRCROOT%' },
            region: { startLine: 5, startColumn: 4, endLine: 5, endColumn: 13 },
          },
        },
      ],
    });
    const uriOf = (result: (typeof results)[number]) =>
      result.locations[0].physicalLocation.artifactLocation.uri;
    assert.deepEqual(results.map(uriOf).slice(2), [
      'sub/latin%20one%2C%20100%25.prompt',
      'sub/wide.prompt',
    ]);
    assert.equal(results[1].level, 'note');
  });

  it('names what lies outside of the current folder in full', async () => {
    const path = join(folder.path, 'sub/broken.prompt');
    const outside = await folder.run(
      ['--format', 'sarif', '--quiet', path],
      '',
      join(folder.path, 'node_modules'),
    );
    const [result] = JSON.parse(outside.out).runs[0].results;
    assert.deepEqual(result.locations[0].physicalLocation.artifactLocation, {
      uri: pathToFileURL(path).toString(),
    });
  });
});
