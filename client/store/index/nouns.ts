/** The tables of the index: adding one is adding a line here, a migration and a repository. */
import type { Noun } from './columns.ts';
import { credentialNoun } from '../tables/credentials.ts';
import { contextNoun } from '../tables/contexts.ts';
import { executionNoun } from '../tables/executions.ts';
import { leaseNoun } from '../tables/leases.ts';
import { jobNoun } from '../tables/jobs.ts';
import { outputNoun } from '../tables/outputs.ts';

export const nouns: readonly Noun[] = [
  credentialNoun,
  jobNoun,
  executionNoun,
  outputNoun,
  contextNoun,
  leaseNoun,
];
