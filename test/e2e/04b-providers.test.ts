import * as assert from 'node:assert/strict';
import { beginCredential, credentialRow, enterCredential, openPrompt, pressRun } from './steps.ts';
import { walk } from './walk.ts';

const asked = (provider: string, model: string) =>
  `---\nname: Ask ${provider}\nprovider: ${provider}\nmodel: ${model}\ntemperature: 0.2\n---\nWho are you, ${provider}?\n`;

describe('other providers', () => {
  it('runs a prompt with Anthropic, and says what was left out', async () => {
    const { openai, outputs, window } = walk();
    openai.answer('Who are you, anthropic?', 'I am Claude.');
    await beginCredential(window, 'Anthropic');
    await enterCredential(window, { name: 'Claude', baseUrl: openai.baseUrl });
    await window.quickInput.asks('Claude: the key works');
    await window.quickInput.cancel();
    await openPrompt('claude.prompt', asked('anthropic', 'claude-haiku-5-5'));
    await pressRun(window);
    await outputs.shows('Ask anthropic', 'Completed');
    await outputs.answers('I am Claude.');
    await outputs.notice('temperature was left out');
  });

  it('runs a prompt with Cohere', async () => {
    const { openai, outputs, window } = walk();
    openai.answer('Who are you, cohere?', 'I am Command.');
    await beginCredential(window, 'Cohere');
    await enterCredential(window, { name: 'Command', baseUrl: openai.baseUrl });
    await window.quickInput.cancel();
    await openPrompt('command.prompt', asked('cohere', 'command-a-plus-05-2026'));
    await pressRun(window);
    await outputs.shows('Ask cohere', 'Completed');
    await outputs.answers('I am Command.');
    await window.clearNotifications();
  });

  it('offers servers of one’s own with their address, and asks them without a key', async () => {
    const { openai, outputs, window } = walk();
    const { quickInput } = window;
    openai.answer('Who are you, openai-compatible?', 'I am yours.');
    await beginCredential(window, 'Ollama');
    await quickInput.asks('A name for this credential');
    assert.equal(await quickInput.input.inputValue(), 'Ollama');
    await quickInput.answer('Ollama');
    await quickInput.asks('Base URL of the API');
    assert.equal(await quickInput.input.inputValue(), 'http://localhost:11434/v1');
    await quickInput.answer(openai.baseUrl);
    await quickInput.asks('Kept in the secret storage');
    await quickInput.answer('');
    await quickInput.cancel();
    await credentialRow(window, 'Ollama');
    await openPrompt('own.prompt', asked('openai-compatible', 'llama3'));
    await pressRun(window);
    // The stand-in wants a key: that it got none is what it says.
    await outputs.shows('Ask openai-compatible', 'Failed');
    await outputs.notice('wants a key');
    await window.clearNotifications();
    await window.closeAllEditors();
  });
});
