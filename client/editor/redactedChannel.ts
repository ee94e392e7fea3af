import { inspect } from 'node:util';
import type * as vscode from 'vscode';
import type { Redactor } from '../providers/redact.ts';

/** An output channel that takes every known secret out of whatever is written, errors with their stacks included. */
export class RedactedChannel implements vscode.LogOutputChannel {
  readonly #channel: vscode.LogOutputChannel;
  readonly #redactor: Redactor;

  constructor(channel: vscode.LogOutputChannel, redactor: Redactor) {
    this.#channel = channel;
    this.#redactor = redactor;
  }

  get name(): string {
    return this.#channel.name;
  }

  get logLevel(): vscode.LogLevel {
    return this.#channel.logLevel;
  }

  get onDidChangeLogLevel(): vscode.Event<vscode.LogLevel> {
    return this.#channel.onDidChangeLogLevel;
  }

  trace(message: string, ...details: unknown[]): void {
    this.#channel.trace(this.#words(message, details));
  }

  debug(message: string, ...details: unknown[]): void {
    this.#channel.debug(this.#words(message, details));
  }

  info(message: string, ...details: unknown[]): void {
    this.#channel.info(this.#words(message, details));
  }

  warn(message: string, ...details: unknown[]): void {
    this.#channel.warn(this.#words(message, details));
  }

  error(error: string | Error, ...details: unknown[]): void {
    this.#channel.error(this.#words(error, details));
  }

  append(text: string): void {
    this.#channel.append(this.#redactor.redact(text));
  }

  appendLine(text: string): void {
    this.#channel.appendLine(this.#redactor.redact(text));
  }

  replace(text: string): void {
    this.#channel.replace(this.#redactor.redact(text));
  }

  clear(): void {
    this.#channel.clear();
  }

  show(column?: vscode.ViewColumn | boolean, preserveFocus?: boolean): void {
    this.#channel.show(typeof column === 'boolean' ? column : preserveFocus);
  }

  hide(): void {
    this.#channel.hide();
  }

  dispose(): void {
    this.#channel.dispose();
  }

  #words(first: string | Error, details: readonly unknown[]): string {
    return this.#redactor.redact([first, ...details].map(textOf).join(' '));
  }
}

/** An error as its stack, which begins with the message, and with the errors that caused it. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value, { depth: 4 });
}
