import assert from 'node:assert/strict';
import { properties } from '../../fuzz/properties.ts';
import { tryOut } from '../../fuzz/property.ts';

// The same a hundred thousand times: npm run fuzz.
describe('every template', () => {
  for (const property of properties) {
    it(`: ${property.name}`, () => {
      const { failure } = tryOut(property, property.runs, Date.now());
      assert.equal(failure, undefined, failure);
    });
  }
});
