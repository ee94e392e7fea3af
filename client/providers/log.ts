import type { Redactor } from './redact.ts';

/** Where the client writes what happened, for people who look into the log. Never prompt texts, never keys. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export const noLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** Takes every known secret out of what is logged, whoever logs it. */
export function redactingLog(log: Log, redactor: Redactor): Log {
  return {
    debug: (message) => log.debug(redactor.redact(message)),
    info: (message) => log.info(redactor.redact(message)),
    warn: (message) => log.warn(redactor.redact(message)),
    error: (message) => log.error(redactor.redact(message)),
  };
}
