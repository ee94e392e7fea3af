import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Action, Place } from '../../../server/features/actions/action.ts';
import { extractPartial } from '../../../server/features/actions/extractPartial.ts';
import { extractVariable } from '../../../server/features/actions/extractVariable.ts';
import { FolderIndex } from '../../../server/folderIndex.ts';
import { render } from '../../../server/language/render.ts';
import type { Context } from '../../../server/language/values.ts';
import { anyContext, anyPiece } from '../../support/anyTemplate.ts';
import { analysisOf } from '../../support/neighbours.ts';

const uri = 'file:///work/letter.prompt';
const head = `---
name: X
variables:
  x: string
  xs: {type: array, items: {type: object, properties: {name: string}}}
  user: {type: object, properties: {name: {default: N}}}
  y: any
---
`;

function placeOf(text: string, start: number, end: number): Place {
  const textDocument = TextDocument.create(uri, 'prompt-template', 1, text);
  const file = { uri, text, textDocument, analysis: analysisOf(text) };
  const folder = new FolderIndex('file:///work');
  folder.put(file);
  return { file, folder, selection: { start, end }, asked: true, createsFiles: true };
}

/** The text afterwards, and that of a new partial by its slug. */
function done(action: Action, text: string): [string, Record<string, string>] {
  const { edits, creates } = action.change();
  let made = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    made += text.slice(at, edit.span.start) + edit.text;
    at = edit.span.end;
  }
  const slug = /([^/]*)\.prompt$/.exec(creates?.uri ?? '')?.[1];
  return [made + text.slice(at), slug && creates ? { [slug]: creates.text } : {}];
}

/** `undefined`: it has errors, or something is missing, which is shown as it is written. */
function rendered(text: string, partials: Record<string, string>, context: Context): unknown {
  const analysis = analysisOf(text, partials);
  if (analysis.hasErrors) return undefined;
  const { messages, missing } = render(analysis.renderInput(context, new Date(0)), 'nonce');
  return missing.length > 0 ? undefined : messages;
}

const anySelection = fc.array(anyPiece, { minLength: 1, maxLength: 14 }).chain((pieces) => {
  const count = pieces.length;
  return fc.tuple(fc.nat({ max: count - 1 }), fc.nat({ max: count - 1 })).map(([a, b]) => {
    const before = pieces.slice(0, Math.min(a, b)).join('');
    const selected = pieces.slice(Math.min(a, b), Math.max(a, b) + 1).join('');
    const start = head.length + before.length;
    return { text: head + pieces.join(''), start, end: start + selected.length };
  });
});

const kinds: [what: string, actions: (place: Place) => Action[]][] = [
  ['variable', extractVariable],
  ['partial', extractPartial],
];

describe('extracting', () => {
  for (const [what, actions] of kinds) {
    it(`leaves what is rendered as it was: ${what}`, () => {
      let compared = 0;
      fc.assert(
        fc.property(anySelection, anyContext, ({ text, start, end }, context) => {
          const expected = rendered(text, {}, context);
          // `this` shows every variable, a new one too.
          if (expected === undefined || /this>>/.test(text)) return;
          for (const action of actions(placeOf(text, start, end))) {
            if (action.title.includes('sample')) continue;
            compared++;
            const [after, partials] = done(action, text);
            assert.deepEqual(rendered(after, partials, context), expected, JSON.stringify(after));
          }
        }),
        { numRuns: 1000 },
      );
      assert(compared > 40, `${compared} were compared`);
    });
  }
});
