/** What goes into the body of a request, and how it is repaired when a model refuses a parameter of it. */
import type { Fault } from './fault.ts';

export interface Draft<B extends object = object> {
  readonly body: B;
  /** What the person should know about how the request differs from what was asked for. */
  readonly notes: readonly string[];
}

/** What of a request can be done without. */
export interface Repairs {
  readonly model: string;
  readonly optional: readonly string[];
  /** Names under which the same can be sent instead. */
  readonly otherName?: Readonly<Record<string, string>>;
  /** What the template calls them, where that is another name. */
  readonly label?: Readonly<Record<string, string>>;
  /** Nobody asked for these, so nobody needs to hear that they are gone. */
  readonly silent?: readonly string[];
}

export function given<K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, V>);
}

/** The parameter of the request that the model has just refused; `undefined` when that is not what happened. */
export function refusedParameter(
  { body }: Draft,
  fault: Fault,
  { optional }: Repairs,
): string | undefined {
  if (fault.on !== 'status' && fault.on !== 'answer') return undefined;
  const sent = optional.filter((name) => name in body);
  if (fault.code === 'unsupported_parameter' || fault.code === 'unsupported_value') {
    // `response_format.type` means `response_format`.
    const name = fault.param?.split(/[.[]/)[0];
    return sent.find((known) => known === name);
  }
  // Others name it in their sentence only.
  if (fault.on !== 'status' || (fault.status !== 400 && fault.status !== 422)) return undefined;
  if (fault.param !== undefined || !unsupported.test(fault.message)) return undefined;
  return sent.find((name) => {
    const wire = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return new RegExp(`(?<![\\w.])(?:${name}|${wire})(?!\\w)`).test(fault.message);
  });
}

const unsupported =
  /not (?:permitted|supported|allowed|available)|unsupported|deprecated|no longer|extra inputs|unknown (?:field|parameter)|unrecognized/i;

/** The request without what the model is known to refuse. What has another name is sent under that. */
export function without<B extends object>(
  whole: Draft<B>,
  refused: ReadonlySet<string>,
  { label = {}, model, optional, otherName = {}, silent = [] }: Repairs,
): Draft<B> {
  const body = { ...whole.body } as Record<string, unknown>;
  const notes = [...whole.notes];
  for (const name of optional) {
    const value = body[name];
    if (!refused.has(name) || value === undefined) continue;
    delete body[name];
    const other = otherName[name];
    if (other !== undefined && !refused.has(other)) body[other] = value;
    else if (!silent.includes(name)) {
      notes.push(`${label[name] ?? name} was left out: ${model} does not take it.`);
    }
  }
  return { body: body as B, notes };
}
