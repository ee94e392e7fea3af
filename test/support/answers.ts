import assert from 'node:assert/strict';
import { ResponseError } from 'vscode-languageserver-protocol';

/** How a request ended: the code of its error, or that it was answered. */
export async function codeOf(answer: Promise<unknown>): Promise<number | 'answered'> {
  try {
    await answer;
    return 'answered';
  } catch (error) {
    assert(error instanceof ResponseError, String(error));
    return error.code;
  }
}
