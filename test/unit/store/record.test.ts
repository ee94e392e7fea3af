import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import * as fc from 'fast-check';
import { Redactor } from '../../../client/providers/redact.ts';
import { decode, encode } from '../../../client/store/journal/record.ts';
import type { Line, Put } from '../../../client/store/journal/record.ts';

function put(value: unknown): Put {
  return { w: 'window', n: 1, at: 5, ops: [['contexts', 'a', 1, value]] };
}

/** The line without its two newlines. */
function line(content: Parameters<typeof encode>[0]): Buffer {
  return encode(content).subarray(1, -1);
}

/** A line of any JSON, also of what this version would not write. */
function lineOf(json: string): Buffer {
  return Buffer.from(`${crc32(json).toString(16).padStart(8, '0')} ${json}`);
}

function valueIn(bytes: Buffer): unknown {
  const decoded = decode(bytes);
  assert.equal(decoded?.kind, 'put');
  return decoded.ops[0]?.value;
}

describe('record', () => {
  it('is a newline, the checksum, a space, JSON and a newline', () => {
    assert.equal(encode({ seal: 1 }).toString(), '\nee31027e {"seal":1}\n');
    assert.equal(
      encode(put({ x: 'é' })).toString('utf8', 10),
      '{"w":"window","n":1,"at":5,"ops":[["contexts","a",1,{"x":"é"}]]}\n',
    );
  });

  const texts = {
    'a newline': 'a\nb\r\n',
    NUL: 'a\0b',
    'a lone surrogate': '\uD800 and \uDC00',
    'a character outside the BMP': '𝄞',
    'the separators of JavaScript': '\u2028\u2029',
    'ten megabytes': 'x'.repeat(10_000_000),
  };
  for (const [name, text] of Object.entries(texts)) {
    it(`carries ${name}`, () => {
      const bytes = line(put({ text }));
      assert.equal(bytes.includes(0x0a), false);
      assert.deepEqual(valueIn(bytes), { text });
    });
  }

  it('carries any JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (value) => {
        // `-0` is the one value JSON does not keep.
        assert.deepEqual(valueIn(line(put(value))), JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 50 },
    );
  });

  const cases: readonly [json: string, expected: Line][] = [
    ['{"seal":2}', { kind: 'seal', next: 2 }],
    ['{"compact":[3,1]}', { kind: 'compact', segment: 3, generation: 1 }],
    ['{"w":"w","n":1,"at":0,"ops":[]}', { kind: 'put', window: 'w', sequence: 1, ops: [] }],
    [
      '{"w":"w","n":2,"ops":[["t","a",1,null],["t","b",2,{"c":3}]],"more":true}',
      {
        kind: 'put',
        window: 'w',
        sequence: 2,
        ops: [
          { table: 't', id: 'a', rev: 1, value: undefined },
          { table: 't', id: 'b', rev: 2, value: { c: 3 } },
        ],
      },
    ],
    [
      '{"w":"w","n":3,"ops":[["t","a",0,{}],["t","a",1.5,{}],["t",1,1,{}],["t","a",1,7],5]}',
      { kind: 'put', window: 'w', sequence: 3, ops: [] },
    ],
    ['{"seal":"soon"}', { kind: 'unknown' }],
    ['{"compact":[1]}', { kind: 'unknown' }],
    ['{"vacuum":[1]}', { kind: 'unknown' }],
    ['[1]', { kind: 'unknown' }],
    ['null', { kind: 'unknown' }],
  ];
  for (const [json, expected] of cases) {
    it(`reads ${json} as ${expected.kind}`, () => {
      assert.deepEqual(decode(lineOf(json)), expected);
    });
  }

  for (const damaged of [
    '',
    'x',
    '00000000',
    '00000000 ',
    'zzzzzzzz {"seal":1}',
    'ee31027e  {"seal":1}',
  ]) {
    it(`does not read ${JSON.stringify(damaged)}`, () => {
      assert.equal(decode(Buffer.from(damaged)), undefined);
    });
  }

  it('does not read what has the checksum but is no JSON', () => {
    assert.equal(decode(lineOf('{"seal":')), undefined);
  });

  it('never reads a flipped bit as something else', () => {
    const bytes = line(put({ text: 'some text' }));
    const whole = decode(bytes);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      // A hex digit of the checksum may change its case: the record is still itself.
      const read = decode(flipped);
      if (read !== undefined) assert.deepEqual([read, bit >> 3 < 8], [whole, true]);
    }
  });

  it('never reads a part of a line', () => {
    const bytes = line(put({ text: 'some text' }));
    for (let length = 0; length < bytes.length; length++) {
      assert.equal(decode(bytes.subarray(0, length)), undefined);
    }
  });

  describe('redaction', () => {
    const redactor = new Redactor();
    redactor.add('my se"cret');
    const redact = (value: object): string => redactor.stringify(value);
    it('acts on texts before they are encoded, at any depth', () => {
      const value = { a: 'a my se"cret', b: [{ c: 'my se"cret' }, 1, null, true], d: 'free' };
      assert.deepEqual(valueIn(encode(put(value), redact).subarray(1, -1)), {
        a: 'a [redacted]',
        b: [{ c: '[redacted]' }, 1, null, true],
        d: 'free',
      });
    });
    it('leaves deletions, ids and everything else alone', () => {
      const content: Put = {
        w: 'my se"cret',
        n: 1,
        at: 5,
        ops: [['contexts', 'my se"cret', 1, null]],
      };
      assert.deepEqual(encode(content, redact), encode(content));
    });
  });
});
