/** Whether what a person typed can be a credential: each answers the problem as a sentence, or `undefined`. */

export type CredentialField = 'name' | 'baseUrl' | 'key';

/** What was typed does not do. `field` is where. */
export class CredentialError extends Error {
  readonly field: CredentialField;
  constructor(field: CredentialField, message: string) {
    super(message);
    this.name = 'CredentialError';
    this.field = field;
  }
}

const longestName = 100;

/** @param taken names of the folder's other credentials: templates refer to a credential by its name */
export function problemWithName(name: string, taken: readonly string[]): string | undefined {
  const trimmed = name.trim();
  if (trimmed === '') return 'Give the credential a name.';
  if (trimmed.length > longestName) return `A name has at most ${longestName} characters.`;
  if (/\p{Cc}/u.test(trimmed)) return 'A name has no line breaks or control characters.';
  const same = taken.some((other) => other.toLowerCase() === trimmed.toLowerCase());
  return same
    ? `There is a credential named '${trimmed}' already. Choose another name.`
    : undefined;
}

export function problemWithBaseUrl(text: string): string | undefined {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return 'Enter a URL such as https://api.openai.com/v1.';
  const url = new URL(trimmed);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return `The URL begins with https:// or http://, not with ${url.protocol}.`;
  }
  if (url.username !== '' || url.password !== '') {
    return 'A user name or password does not belong in the URL. Enter the key as the key.';
  }
  return url.hash === '' ? undefined : 'The URL has no part after #.';
}

export function problemWithKey(key: string): string | undefined {
  const trimmed = key.trim();
  if (trimmed === '') return 'Enter the key.';
  // What is typed is never repeated in a message.
  if (!/^[\x21-\x7e]+$/.test(trimmed)) {
    return 'A key has no spaces, line breaks or special characters. Was more than the key copied?';
  }
  return undefined;
}

/** As it is stored: no white space around it, no slash at its end. */
export function tidyBaseUrl(text: string): string {
  return text.trim().replace(/\/+$/, '');
}
