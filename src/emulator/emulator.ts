import { readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { ReadyEvent } from '../protocol/emulator.ts';
import { administration, storedClockOffset } from './administration.ts';
import { type AccessKeys, accessKeys, type Credentials, randomCredentials } from './auth/accessKeys.ts';
import { knownCredentials } from './auth/knownCredentials.ts';
import { sessionTokens } from './auth/sessionTokens.ts';
import { accessTo } from './authorization/access.ts';
import { movableClock } from './clock.ts';
import { keyStoreSecrets } from './crypto/keyStoreSecrets.ts';
import { materialVault } from './crypto/materialVault.ts';
import { type RootKey, rootKeyFrom, rootKeyLength } from './crypto/rootKey.ts';
import { dispatcher } from './dispatch.ts';
import type { EventLog } from './eventLog.ts';
import { grantTokensUnder } from './grants/grantTokens.ts';
import { startServer } from './http/server.ts';
import { importTokensUnder } from './material/importToken.ts';
import type { Options } from './options.ts';
import type { Services } from './pipeline/call.ts';
import { markersUnder } from './pipeline/marker.ts';
import { loadSeed } from './seed/load/loadSeed.ts';
import { readSeed } from './seed/readSeed.ts';
import type { SeedDocument } from './seed/seedDocument.ts';
import { StartFailure } from './startFailure.ts';
import { type DataFolder, defaultDataFolder, loadRootKey, openDataFolder } from './store/dataFolder.ts';
import { inspectDatabase } from './store/inspectDatabase.ts';
import { type Ownership, takeOwnership } from './store/ownership.ts';
import { openStore, type Store } from './store/store.ts';
import { awsThrottle, noThrottle } from './throttle/throttle.ts';
import { upkeepOf } from './upkeep/upkeep.ts';
import { lastUsageIn } from './usage/lastUsage.ts';

/** The state of a process: in a folder that it owns, or in memory. */
interface State {
  readonly store: Store;
  readonly rootKey: RootKey;
  readonly ownership: Ownership | undefined;
}

export interface RunningEmulator {
  readonly ready: ReadyEvent;
  /** Finishes what was accepted, then closes the store and gives up the folder. */
  stop(): Promise<void>;
}

const checkSetting = 'root-key-check';
const checkBinding = [checkSetting];

/** Shows that the root key is the one the store was made with. Throws StartFailure ROOT_KEY_MISMATCH. */
function checkRootKey(kept: string | undefined, rootKey: RootKey, folder: DataFolder): void {
  if (kept === undefined) return;
  try {
    rootKey.unwrap(Buffer.from(kept, 'base64'), checkBinding);
  } catch (cause) {
    throw new StartFailure('ROOT_KEY_MISMATCH', `The file root.key in ${folder.path} is not the one that the database there was made with. Put the right file back. Nothing was changed.`, { cause });
  }
}

async function openFolder(path: string): Promise<State> {
  const folder = openDataFolder(path);
  const ownership = await takeOwnership(folder);
  try {
    const kept = inspectDatabase(folder, checkSetting);
    const rootKey = rootKeyFrom(loadRootKey(folder));
    checkRootKey(kept, rootKey, folder);
    const store = openStore(folder.database);
    store.putSetting(checkSetting, Buffer.from(rootKey.wrap(Buffer.from(checkSetting), checkBinding)).toString('base64'));
    return { store, rootKey, ownership };
  } catch (error) {
    ownership.release();
    throw error;
  }
}

function openState(options: Options): Promise<State> {
  if (!options.memory) return openFolder(options.data ?? defaultDataFolder(process.platform, process.env));
  return Promise.resolve({ store: openStore(':memory:'), rootKey: rootKeyFrom(randomBytes(rootKeyLength)), ownership: undefined });
}

function readSeedFile(options: Options): SeedDocument | undefined {
  if (options.seed === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(options.seed, 'utf8');
  } catch (cause) {
    throw new StartFailure('BAD_SEED', `The seed file ${options.seed} cannot be read.`, { cause });
  }
  return readSeed(options.seed, text, options);
}

/** The credentials to report: those of the command line, or the administrator that the first start made. */
function administratorOf(options: Options, store: Store, keys: AccessKeys): Credentials {
  const setting = `administrator ${options.accountId}`;
  const kept = store.setting(setting);
  const known = kept === undefined ? undefined : keys.find(kept);
  if (options.credentials) {
    keys.put(options.accountId, undefined, options.credentials);
    return options.credentials;
  }
  if (known) return { accessKeyId: known.caller.accessKeyId, secretAccessKey: known.secretAccessKey };
  const made = randomCredentials();
  keys.put(options.accountId, undefined, made);
  store.putSetting(setting, made.accessKeyId);
  return made;
}

/** Loads the seed and listens, over a state that is open. */
async function serve(options: Options, state: State, seed: SeedDocument | undefined, log: EventLog): Promise<RunningEmulator> {
  const { store, rootKey, ownership } = state;
  const { accountId, region } = options;
  const vault = materialVault(store, rootKey);
  const services: Services = {
    store,
    vault,
    upkeep: upkeepOf({ store, vault }),
    lastUsage: lastUsageIn(store),
    access: accessTo(store),
    clock: movableClock(options.clock === undefined ? storedClockOffset((name) => store.setting(name)) : options.clock - Date.now()),
    keyStoreSecrets: keyStoreSecrets(rootKey),
    markers: markersUnder(rootKeyFrom(rootKey.derive('pagination markers'))),
    importTokens: importTokensUnder(rootKeyFrom(rootKey.derive('import tokens'))),
    grantTokens: grantTokensUnder(rootKeyFrom(rootKey.derive('grant tokens'))),
  };
  const keys = accessKeys(store, rootKey, region);
  const load = async (): Promise<void> => {
    if (seed) await loadSeed(services, keys, seed);
  };
  const reset = async (): Promise<void> => {
    store.keys.removeAll();
    store.keyStores.removeAll();
    services.vault.forgetAll();
    services.lastUsage.forget();
    await load();
  };
  await load();
  const administrator = administratorOf(options, store, keys);
  const forgetAccessKeys = (): void => {
    keys.forgetAll();
  };
  const administer = administration({ services, rootKey, accountId, reset, forgetAccessKeys });
  const sessions = sessionTokens(rootKeyFrom(rootKey.derive('session tokens')));
  const credentials = knownCredentials({ store, clock: services.clock, accessKeys: keys, sessionTokens: sessions });
  const throttle = options.throttle === 'aws' ? awsThrottle(() => performance.now()) : noThrottle;
  const parts = { services, credentials, sessionTokens: sessions, log, administration: administer, throttle };
  const server = await startServer(dispatcher(parts), options);
  const ready: ReadyEvent = { event: 'ready', endpoint: server.endpoint, accountId, region, ...administrator, pid: process.pid };
  ownership?.announce(ready);
  return {
    ready,
    async stop() {
      await server.close();
      try {
        services.lastUsage.flush();
      } finally {
        close(state);
      }
    },
  };
}

function close({ store, ownership }: State): void {
  store.close();
  ownership?.release();
}

/** Opens the state, loads the seed and listens. Rejects with StartFailure when the emulator cannot serve. */
export async function startEmulator(options: Options, log: EventLog): Promise<RunningEmulator> {
  const seed = readSeedFile(options);
  const state = await openState(options);
  try {
    return await serve(options, state, seed, log);
  } catch (error) {
    close(state);
    throw error;
  }
}
