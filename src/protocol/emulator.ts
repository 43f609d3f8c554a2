/** What the emulator process prints on standard output: one JSON object a line, `ready` first. */

export interface ReadyEvent {
  readonly event: 'ready';
  readonly endpoint: string;
  readonly accountId: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly pid: number;
}

export interface CallEvent {
  readonly event: 'call';
  readonly operation: string;
  readonly region: string | null;
  readonly principal: string | null;
  readonly keyId: string | null;
  readonly encryptionContextKeys: readonly string[];
  readonly decision: 'allow' | 'deny';
  readonly reason: string;
  /** The statement of the key policy that decided, or whose condition was not met, counted from zero; null when there is none. */
  readonly statement: number | null;
  /** The exception's name, or null when the call succeeded. */
  readonly error: string | null;
  readonly ms: number;
}

/**
 * Why the process cannot serve; the last line before it exits with status 1. DATA_OWNED carries the owner, which was
 * written by the owner itself into the folder that only this user can read.
 */
export interface FailedEvent {
  readonly event: 'failed';
  readonly code: 'PORT_IN_USE' | 'DATA_CORRUPT' | 'DATA_OWNED' | 'ROOT_KEY_MISMATCH' | 'BAD_ARGUMENT' | 'BAD_SEED' | 'INTERNAL';
  readonly message: string;
  readonly owner?: ReadyEvent;
}

export interface StoppedEvent {
  readonly event: 'stopped';
}

export type EmulatorEvent = ReadyEvent | CallEvent | FailedEvent | StoppedEvent;
