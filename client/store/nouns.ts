/** The tables of the index: adding one is adding a line here, a migration and a repository. */
import type { Noun } from './columns.ts';
import { credentialNoun } from './credentials.ts';
import { contextNoun } from './contexts.ts';
import { executionNoun } from './executions.ts';
import { jobNoun } from './jobs.ts';
import { outputNoun } from './outputs.ts';

export const nouns: readonly Noun[] = [
  credentialNoun,
  jobNoun,
  executionNoun,
  outputNoun,
  contextNoun,
];
