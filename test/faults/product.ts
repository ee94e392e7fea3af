/** What the suite itself uses of the built code: one bundle, loaded by the suite, not by the windows it kills. */
export { queued } from '../../client/jobs/records.ts';
export { openStore } from '../../client/store/open.ts';
export { encode } from '../../client/store/journal/record.ts';
