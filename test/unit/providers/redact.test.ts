import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { Redactor } from '../../../client/providers/redact.ts';

const key = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 8,
  maxLength: 60,
});

describe('redactor', () => {
  const secret = 'sk-"quoted"\\and/slashed+';
  const cases: readonly { readonly name: string; readonly text: string; readonly clean: string }[] =
    [
      { name: 'the secret', text: `a ${secret} b ${secret}`, clean: 'a [redacted] b [redacted]' },
      { name: 'its JSON form', text: JSON.stringify({ secret }), clean: '{"secret":"[redacted]"}' },
      {
        name: 'its URL form',
        text: `?key=${encodeURIComponent(secret)}&x`,
        clean: '?key=[redacted]&x',
      },
      {
        name: 'its base64 form',
        text: `Basic ${Buffer.from(secret).toString('base64')}`,
        clean: /^Basic \[redacted\]=*$/.source,
      },
      { name: 'nothing else', text: 'sk-"quoted', clean: 'sk-"quoted' },
    ];
  for (const { name, text, clean } of cases) {
    it(`takes out ${name}`, () => {
      const redactor = new Redactor();
      redactor.add(secret);
      if (name.includes('base64')) assert.match(redactor.redact(text), new RegExp(clean));
      else assert.equal(redactor.redact(text), clean);
    });
  }

  it('makes the same JSON of a value as one that looks at each text of it', () => {
    const word = fc.constantFrom(
      'a',
      '"',
      '\\',
      'sk-12345678',
      'say "it" 8',
      'é',
      '\n',
      JSON.stringify('say "it" 8'),
    );
    const text = fc.array(word, { maxLength: 5 }).map((words) => words.join(''));
    const value = fc.object({
      key: text,
      values: [text, fc.integer(), fc.constant(null)],
      maxDepth: 2,
    });
    const redactor = new Redactor();
    redactor.add('sk-12345678');
    redactor.add('say "it" 8');
    const plain = (one: unknown): unknown => {
      if (typeof one === 'string') return redactor.redact(one);
      if (Array.isArray(one)) return one.map(plain);
      if (typeof one !== 'object' || one === null) return one;
      return Object.fromEntries(
        Object.entries(one).map(([name, inner]) => [redactor.redact(name), plain(inner)]),
      );
    };
    fc.assert(
      fc.property(value, (one) => {
        assert.equal(redactor.stringify(one), JSON.stringify(plain(one)));
        assert.deepEqual(redactor.redactAll(one), plain(one));
      }),
    );
  });

  it('takes out the longer of two secrets whole', () => {
    const redactor = new Redactor();
    redactor.add('sk-12345678');
    redactor.add('sk-12345678-and-more');
    assert.equal(redactor.redact('sk-12345678-and-more'), '[redacted]');
  });

  it('leaves placeholders alone, which are ordinary words', () => {
    const redactor = new Redactor();
    redactor.add('ollama');
    assert.equal(redactor.redact('ollama runs'), 'ollama runs');
  });

  it('reaches into every string of a value', () => {
    const redactor = new Redactor();
    redactor.add('sk-12345678');
    const value = { a: ['sk-12345678', 1, null, true], 'b sk-12345678': { c: 'x sk-12345678' } };
    assert.deepEqual(redactor.redactAll(value), {
      a: ['[redacted]', 1, null, true],
      'b [redacted]': { c: 'x [redacted]' },
    });
  });

  it('finds a secret however a stream cuts it, and loses nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(key, { minLength: 1, maxLength: 3 }),
        fc.array(fc.oneof(fc.string(), fc.constant(-1), fc.constant(-2), fc.constant(-3))),
        fc.array(fc.nat(12)),
        (keys, parts, cuts) => {
          const redactor = new Redactor();
          for (const one of keys) redactor.add(one);
          const text = parts
            .map((part) => (typeof part === 'string' ? part : keys[(-part - 1) % keys.length]))
            .join('');
          const stream = redactor.stream();
          let out = '';
          let at = 0;
          for (const cut of cuts) {
            out += stream.push(text.slice(at, at + cut));
            at += cut;
            for (const one of keys) assert(!out.includes(one) || '[redacted]'.includes(one));
          }
          out += stream.push(text.slice(at)) + stream.end();
          for (const one of keys) assert(!out.includes(one));
          if (!keys.some((one) => text.includes(one))) assert.equal(out, redactor.redact(text));
        },
      ),
    );
  });

  it('holds back no more than could become a secret', () => {
    const redactor = new Redactor();
    redactor.add('sk-12345678');
    const stream = redactor.stream();
    assert.deepEqual(
      ['Hello s', 'ky', ' sk-1234', '5678!'].map((piece) => stream.push(piece)),
      ['Hello ', 'sky', ' ', '[redacted]!'],
    );
  });
});
