/** An OpenAI on loopback: aimock, with what our tests ask of it. */
import { LLMock } from '@copilotkit/aimock';

export class OpenAiDouble {
  readonly #mock: LLMock;

  private constructor(mock: LLMock) {
    this.#mock = mock;
  }

  /** @param keys if given, any other key is answered with 401. */
  static async start(keys: readonly string[] = []): Promise<OpenAiDouble> {
    const mock = new LLMock({ port: 0, ...(keys.length > 0 && { auth: { apiKeys: keys } }) });
    await mock.start();
    return new OpenAiDouble(mock);
  }

  get baseUrl(): string {
    return `${this.#mock.url}/v1`;
  }

  /** Answers prompts that contain `text`; `tokensPerSecond` makes the answer arrive slowly. */
  answer(text: string, content: string, tokensPerSecond?: number): void {
    this.#mock.on(
      { userMessage: text },
      { content },
      {
        ...(tokensPerSecond && { streamingProfile: { tps: tokensPerSecond }, chunkSize: 4 }),
      },
    );
  }

  /** Answers prompts that contain `text` with an error. */
  refuse(text: string, status: number, message: string, code?: string): void {
    const error = { message, type: 'invalid_request_error', ...(code && { code }) };
    this.#mock.on({ userMessage: text }, { error, status });
  }

  /** The chat requests so far whose messages contain `text`. */
  asked(text: string): number {
    return this.#mock
      .getRequests()
      .filter(
        ({ path, body }) => path.includes('completions') && JSON.stringify(body).includes(text),
      ).length;
  }

  /** aimock closes when its last stream has run out, also one that nobody reads any more: not waited for. */
  stop(): void {
    void this.#mock.stop();
  }
}
