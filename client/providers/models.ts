import { FaultError } from './fault.ts';
import type { ModelInfo } from './provider.ts';
import { refuseError } from './refusal.ts';

/** Reads a listing of models. Ourselves: SDKs take anything without a list for an empty one. @throws FaultError */
export async function readModels(
  response: Response,
  key: 'data' | 'models',
  modelOf: (entry: Readonly<Record<string, unknown>>) => ModelInfo | undefined,
  requestId: string | undefined,
): Promise<ModelInfo[]> {
  const text = await response.text();
  const body = parse(text);
  refuseError(body, text, requestId);
  const list =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key] : undefined;
  // Ollama without a model.
  if (list === null) return [];
  if (!Array.isArray(list)) throw new FaultError({ on: 'shape', detail: 'no list of models' });
  return list.flatMap((entry: unknown) => {
    const model =
      typeof entry === 'object' && entry !== null
        ? modelOf(entry as Record<string, unknown>)
        : undefined;
    return model ?? [];
  });
}

/** A login page is quoted by its title, like one in the place of an answer. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FaultError({ on: 'shape', detail: text });
  }
}

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;
