import assert from 'node:assert/strict';
import { render } from '../../../server/language/render.ts';
import { analysisOf } from '../../support/neighbours.ts';

/** What people paste into prompts. None of it is a tag, none of it is complained about. */
const texts: Readonly<Record<string, string>> = {
  'a heredoc': "cat <<EOF > out.txt\nHello $USER\nEOF\ncat <<-'END' | tr a b\n\tx\nEND\n",
  'a heredoc that is appended': 'cat <<EOF >> log\nx\nEOF\n',
  'a here-string': 'grep a <<< "$text"\n',
  shifts: 'x = 1 << 20; y >>= 3; std::cout << a << b << endl; z = (a << b) >> c;\n',
  'generics of generics':
    'Map<String, List<Set<Integer>>> m = new HashMap<>();\nvector<vector<int>> v;\n',
  'a merge conflict': 'a\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\nb\n',
  'a search and replace block': '<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n',
  'Llama-2 marks': '[INST] <<SYS>>\nBe kind.\n<</SYS>>\n\nHi [/INST]\n',
  'a PDF dictionary':
    '1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n<</Length 44>>\nstream\n',
  'a UML stereotype with a space': 'class A << (S,#FF7700) Singleton >>\n',
  quotations: '« français » « << » „deutsch“ << 引用 >>\n',
  JSON: '{"a": {"b": [1, 2, {"c": "}}"}]}, "d": "{{x}}"}\n',
  LaTeX: '\\begin{tabular}{ll}\n$a \\ll b \\gg c$ & $\\langle x \\rangle$ \\\\\n\\end{tabular}\n',
  Jinja: '{% for x in xs %}{{ x|upper }}{# note #}{% endfor %}\n',
  'Handlebars of another tool': '{{#if a}}{{> p}}{{/if}} {{{raw}}} {{!-- c --}}\n',
  'Go templates': '{{ range .Items }}{{ . }}{{ end }}\n',
  HTML: '<!doctype html><a href="x">y</a><br/><!-- << c >> -->\n',
  XML: '<?xml version="1.0"?><a:b xmlns:a="u"><![CDATA[<<]]></a:b>\n',
  'R and Ruby': 'x <<- 5\nlist << "item"\nputs <<~TEXT\n  a\nTEXT\n',
  Prolog: 'a :- b << c, d >> e.\n',
  arrows: '-> => <- <= <=> >>> <<< >> <<\n',
  e_mail: '<ada@example.org> <<ada@example.org>\n',
  'ASCII art': '<<--->>  <<====>>  <<<>>>  <<>>\n',
  dots: '<< ... >> <<*>> <<%>> <<->> <<,>> <<;>>\n',
  'control characters': 'a\u0000b\u0007c\u001b[31md\u0085e\u2028f\n',
  'lone surrogates': 'a\ud83db\ude00c\n',
  'bidirectional text': 'שלום << \u202e 5 \u202c >> عربي\n',
  CRLF: 'a\r\n<< b >>\r\n{ c }\r\n',
  'lone CR': 'a\r<<\rb\r',
  'no line break at the end': 'a <<',
  nothing: '',
};

describe('text stays text', () => {
  for (const [name, text] of Object.entries(texts)) {
    it(name, () => {
      const analysis = analysisOf(text);
      assert.deepEqual(
        analysis.problems.map(({ message }) => message),
        [],
      );
      assert.deepEqual(render(analysis.renderInput({}), 'nonce').messages, [
        { role: 'user', content: text },
      ]);
    });
  }

  it('also around tags', () => {
    const all = Object.values(texts).filter((text) => text.endsWith('\n'));
    const text = all.map((one, at) => `<<v${at}>>${one}`).join('');
    const context = Object.fromEntries(all.map((_, at) => [`v${at}`, `value ${at} `]));
    const analysis = analysisOf(text);
    assert.equal(analysis.hasErrors, false);
    const expected = all.map((one, at) => `value ${at} ${one}`).join('');
    assert.equal(render(analysis.renderInput(context), 'nonce').messages[0]?.content, expected);
  });

  it('in an attribute, a tag ends with its own brackets', () => {
    const analysis = analysisOf('<a href=<<url>>>x</a>');
    const { messages } = render(analysis.renderInput({ url: 'u' }), 'nonce');
    assert.equal(messages[0]?.content, '<a href=u>x</a>');
  });
});

describe('names and places', () => {
  it('takes names of every script', () => {
    const names = ['größe', '名前', 'имя', 'ὄνομα', 'नाम', 'x́', '😀', 'a_b', '$x', 'é'];
    const analysis = analysisOf(names.map((name) => `<<${name}>>`).join(' '));
    assert.deepEqual(
      analysis.variables.map(({ name }) => name),
      names,
    );
  });

  it('counts UTF-16 units behind astral characters, and leaves out the byte-order mark', () => {
    const text = '\uFEFF😀😀 <<x>>\n𝒜<<y>>';
    const { document } = analysisOf(text);
    const [x, y] = document.tags;
    assert.deepEqual([x?.start, y?.start], [text.indexOf('<<x'), text.indexOf('<<y')]);
  });
});

describe('a large prompt', () => {
  it('of 5 MB is read, checked and rendered', () => {
    const line = 'Some text with <<name>>, a { brace } and 1 << 2. 😀\n';
    const text = line.repeat(Math.ceil((5 * 1024 * 1024) / line.length));
    const analysis = analysisOf(text);
    assert.equal(analysis.hasErrors, false);
    assert.equal(analysis.document.tags.length, text.split('<<name').length - 1);
  }).timeout(20_000);

  it('of one line of 1 MB is as good as any', () => {
    const analysis = analysisOf('a <<x>> '.repeat(130_000));
    assert.equal(analysis.document.tags.length, 130_000);
  }).timeout(20_000);
});
