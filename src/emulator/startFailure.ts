import type { FailedEvent, ReadyEvent } from '../protocol/emulator.ts';

/** Why the emulator cannot serve. It becomes the `failed` event and the exit status 1. */
export class StartFailure extends Error {
  readonly code: FailedEvent['code'];
  readonly owner: ReadyEvent | undefined;

  constructor(code: FailedEvent['code'], message: string, options: { owner?: ReadyEvent | undefined; cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'StartFailure';
    this.code = code;
    this.owner = options.owner;
  }
}
