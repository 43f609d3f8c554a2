import type { CallEvent, EmulatorEvent } from '../protocol/emulator.ts';

export type LogFormat = 'pretty' | 'json' | 'off';

/** Where events go: one line each on standard output. */
export interface EventLog {
  /** Prints as a JSON line in every format: programs wait for it. */
  announce(event: EmulatorEvent): void;
  /** Resolves when the event is written, so that nobody gets an answer before its event is there to be read. */
  call(event: CallEvent): Promise<void> | undefined;
}

/** A text that cannot break out of its line: control and direction characters are shown as escapes. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function pretty(event: CallEvent): string {
  const outcome = event.error ?? 'ok';
  const parts = [new Date().toISOString(), event.operation, event.region ?? '-', outcome, `${event.ms} ms`, event.keyId ?? ''];
  return oneLine(parts.join('  ').trimEnd());
}

/** Calls that are answered in one turn of the event loop are written at once. */
export function eventLog(format: LogFormat, write: (lines: string) => void): EventLog {
  let waiting = '';
  let written: Promise<void> | undefined;
  const flush = (): void => {
    if (waiting !== '') write(waiting);
    waiting = '';
    written = undefined;
  };
  const nextTurn = (): Promise<void> =>
    new Promise((resolve) => {
      setImmediate(() => {
        flush();
        resolve();
      });
    });
  return {
    announce(event) {
      flush();
      write(`${JSON.stringify(event)}\n`);
    },
    call(event) {
      if (format === 'off') return undefined;
      waiting += `${format === 'json' ? JSON.stringify(event) : pretty(event)}\n`;
      written ??= nextTurn();
      return written;
    },
  };
}
