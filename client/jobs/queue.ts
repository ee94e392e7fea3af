/** What the rest of the client knows of the queue; `jobQueue.ts` is the queue itself. */
import type {
  Context,
  Disposable,
  Job,
  JobRequest,
  Message,
  Priority,
  TemplateRef,
} from '../model.ts';

export interface NewJob {
  readonly template: TemplateRef;
  readonly context: Context;
  readonly request: JobRequest;
  readonly priority: Priority;
  readonly user: string;
  readonly startedBy: Job['startedBy'];
  readonly rerunOf?: string;
  /** The template has sensitive variables: their values are sent but never stored, not even while the job waits. */
  readonly sensitive?: Sensitive;
}

export interface Sensitive {
  readonly names: readonly string[];
  /**
   * Stored instead of the request's messages when a value of these names is given: the same, rendered with
   * `maskedContext`. No search for a value finds what a helper has made of it.
   */
  readonly messages: readonly Message[];
}

/** Text that has just arrived for an output of this window; `offset` is its place in the whole text, in UTF-16 units. */
export interface TextEvent {
  readonly outputId: string;
  readonly offset: number;
  readonly text: string;
}

/** Why a job waits: shown as it stands. */
export interface Waiting {
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly until?: number;
}

/** A job as it was queued. */
export type Enqueued = Job & {
  /** When it will probably have ended, milliseconds since the epoch; missing when nobody can say. */
  readonly estimatedCompletion?: number;
};

export interface Queue {
  /**
   * One durable record (job and its empty output) before it resolves.
   * @throws RestrictedError in Restricted Mode; StoreError: then it is never sent; if its record is found in the history
   * after all (a disk may keep what it said it could not), it is cancelled
   */
  enqueue(job: NewJob): Promise<Enqueued>;
  /** Stops a waiting or running job of any window; the partial text is kept. Ended jobs are left as they are. */
  cancel(jobId: string): Promise<void>;
  /** Queues the request of an ended job again, as a new job with its own output. @throws as `enqueue` */
  runAgain(jobId: string): Promise<Enqueued>;
  /** What has arrived so far for an output this window is working on. */
  liveText(outputId: string): string | undefined;
  /** Why a pending job is not running; `undefined` when it is. */
  waiting(job: Job): Waiting | undefined;
  /**
   * When a job that waits or runs will probably have ended, milliseconds since the epoch, by the median of those like
   * it; `undefined` when there are none, when it waits for a person, or in another window.
   */
  estimate(job: Job): number | undefined;
  /** The next jobs of this window that wait, in the order of their turns. */
  upcoming(limit: number): readonly string[];
  /** A waiting job of any window. One that has begun is left as it is. */
  setPriority(jobId: string, priority: Priority): Promise<void>;
  /** Before all others of its provider, whatever their priorities; the one moved last is the first. */
  moveToFront(jobId: string): Promise<void>;
  /**
   * No job of the folder is started, in no window and after no restart, until `resume`; what runs goes on. Counts here
   * at once. @throws StoreError when it could not be stored
   */
  pause(): Promise<void>;
  resume(): Promise<void>;
  readonly paused: boolean;
  /** Jobs this window is working on. */
  readonly running: number;
  onText(listener: (event: TextEvent) => void): Disposable;
  /** When `running`, `paused` or what `waiting` answers may have changed; changes of jobs are told by the store. */
  onDidChange(listener: () => void): Disposable;
  /** Stops taking jobs. What is running is left as a crash would leave it when it does not end in time: nothing is lost. */
  close(): Promise<void>;
}
