import { FaultError } from './fault.ts';
import { refuseError } from './openaiAnswer.ts';
import type { ModelInfo } from './provider.ts';

/** Reads GET /models. Ourselves: the SDK takes anything without `data` for an empty list. @throws FaultError */
export async function readModels(response: Response): Promise<ModelInfo[]> {
  const text = await response.text();
  const body = parse(text);
  refuseError(body, text, response.headers.get('x-request-id') ?? undefined);
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined;
  // Ollama without a model.
  if (data === null) return [];
  if (!Array.isArray(data)) throw new FaultError({ on: 'shape', detail: 'no list of models' });
  return data.flatMap(modelOf);
}

/** A login page is quoted by its title, like one in the place of an answer. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FaultError({ on: 'shape', detail: text });
  }
}

function modelOf(entry: unknown): ModelInfo[] {
  if (typeof entry !== 'object' || entry === null) return [];
  const { created, id, owned_by } = entry as Record<string, unknown>;
  if (typeof id !== 'string') return [];
  return [
    {
      id,
      ownedBy: typeof owned_by === 'string' ? owned_by : undefined,
      createdAt: typeof created === 'number' ? created * 1000 : undefined,
    },
  ];
}
