import type { SignedRequest } from './auth/signedRequest.ts';
import type { RootKey } from './crypto/rootKey.ts';
import { KmsException } from './kmsException.ts';
import type { Caller, Services } from './pipeline/call.ts';
import type { Dump } from './snapshot.ts';
import { schemaVersion } from './store/schema.ts';

/** What tests do to a running emulator: move its clock, and put it back to its seed, on the machine's time. */
export interface Administration {
  /** The JSON answer. Rejects with AccessDeniedException for anyone but the first account's root. */
  answer(request: SignedRequest, caller: Caller): Promise<string>;
}

export interface AdministrationParts {
  readonly services: Services;
  readonly rootKey: RootKey;
  /** Forgets the access keys that were read from the store. */
  readonly forgetAccessKeys: () => void;
  /** The first account, whose root administers. */
  readonly accountId: string;
  /** Removes every key and loads the seed again. */
  readonly reset: () => Promise<void>;
}

const offsetSetting = 'clock-offset';
const snapshotBinding = ['snapshot', schemaVersion.toString()];

/** The clock's distance from the machine's, as it was when the store was last used. */
export function storedClockOffset(setting: (name: string) => string | undefined): number {
  return Number(setting(offsetSetting) ?? '0');
}

function invalid(message: string): KmsException {
  return new KmsException('ValidationException', message);
}

function readObject(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.length === 0 ? '{}' : body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // The message below is right for text that is not JSON as well.
  }
  throw invalid('The body has to be a JSON object.');
}

/** The new offset that a request to /_emulator/clock asks for, in milliseconds. */
function wantedOffset(request: Readonly<Record<string, unknown>>, current: number): number {
  const { advanceSeconds, now, reset } = request;
  if (reset === true) return 0;
  if (typeof advanceSeconds === 'number' && Number.isFinite(advanceSeconds)) return current + advanceSeconds * 1000;
  const time = typeof now === 'string' ? Date.parse(now) : NaN;
  if (Number.isNaN(time)) throw invalid('Give advanceSeconds (a number), now (an ISO 8601 time) or reset (true).');
  return time - Date.now();
}

/** One opaque text: the whole store, sealed under the root key, so that only the same data folder takes it back. */
function sealSnapshot(rootKey: RootKey, dump: Dump): string {
  return Buffer.from(rootKey.wrap(Buffer.from(JSON.stringify(dump), 'utf8'), snapshotBinding)).toString('base64');
}

function openSnapshot(rootKey: RootKey, snapshot: unknown): Dump {
  try {
    return JSON.parse(rootKey.unwrap(Buffer.from(String(snapshot), 'base64'), snapshotBinding).toString('utf8')) as Dump;
  } catch {
    throw invalid('The snapshot is damaged, or was taken from another store or release.');
  }
}

export function administration({ services, rootKey, accountId, reset, forgetAccessKeys }: AdministrationParts): Administration {
  const { clock, store } = services;
  const moveClockTo = (offset: number): void => {
    store.putSetting(offsetSetting, offset.toString());
    clock.setOffset(offset);
  };
  const moveClock = (body: Buffer): string => {
    moveClockTo(wantedOffset(readObject(body), clock.offset()));
    return JSON.stringify({ now: new Date(clock.now()).toISOString() });
  };
  const restore = (body: Buffer): void => {
    store.restore(openSnapshot(rootKey, readObject(body)['snapshot']));
    services.vault.forgetAll();
    services.lastUsage.forget();
    forgetAccessKeys();
    clock.setOffset(storedClockOffset((name) => store.setting(name)));
  };
  return {
    async answer(request, caller) {
      if (caller.accountId !== accountId || caller.kind !== 'root') {
        throw new KmsException('AccessDeniedException', `User: ${caller.arn} is not authorized to administer the emulator.`);
      }
      if (request.method === 'POST' && request.path === '/_emulator/clock') return moveClock(request.body);
      if (request.method === 'POST' && request.path === '/_emulator/reset') {
        await reset();
        moveClockTo(0);
        return '{}';
      }
      if (request.method === 'GET' && request.path === '/_emulator/snapshot') {
        services.lastUsage.flush();
        return JSON.stringify({ snapshot: sealSnapshot(rootKey, store.dump()) });
      }
      if (request.method === 'PUT' && request.path === '/_emulator/snapshot') {
        restore(request.body);
        return '{}';
      }
      throw new KmsException('UnknownOperationException', `There is no ${request.method} ${request.path.slice(0, 64)}.`);
    },
  };
}
