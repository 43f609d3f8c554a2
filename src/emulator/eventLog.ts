import type { CallEvent, EmulatorEvent } from '../protocol/emulator.ts';

export type LogFormat = 'pretty' | 'json' | 'off';

/** Where events go: one line each on standard output. */
export interface EventLog {
  /** Prints as a JSON line in every format: programs wait for it. */
  announce(event: EmulatorEvent): void;
  call(event: CallEvent): void;
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

export function eventLog(format: LogFormat, write: (line: string) => void): EventLog {
  return {
    announce(event) {
      write(`${JSON.stringify(event)}\n`);
    },
    call(event) {
      if (format === 'json') write(`${JSON.stringify(event)}\n`);
      if (format === 'pretty') write(`${pretty(event)}\n`);
    },
  };
}
