import { RecentJobs } from './recentJobs.ts';
import type { Withheld } from './withheld.ts';

/** What this window keeps in mind of its jobs besides what is stored. */
export class Memory {
  readonly recent = new RecentJobs();
  /** By job id, until the job has ended. */
  readonly withheld = new Map<string, Withheld>();

  forget(jobId: string): void {
    this.recent.drop(jobId);
    this.withheld.delete(jobId);
  }
}
