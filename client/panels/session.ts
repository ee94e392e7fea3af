import type { Disposable } from '../model.ts';
import type { Handlers } from './channel.ts';
import type { PageContract } from './protocol.ts';

/** Tells the page something; what is said while it is hidden is lost, it asks anew when it comes back. */
export type Emit<C extends PageContract> = <E extends keyof C['events'] & string>(
  event: E,
  payload: C['events'][E],
) => void;

/** What stands behind one page: answers its requests, follows what it shows, ends with its panel. */
export interface Session<C extends PageContract> extends Disposable {
  readonly handlers: Handlers<C>;
}
