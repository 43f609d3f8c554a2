import { fileURLToPath } from 'node:url';
import { type NativeCrypto, nativeCrypto } from '../../../src/emulator/crypto/capabilities.ts';

/** A runtime without anything that not every runtime has. */
export const noNativeCrypto: NativeCrypto = { secp256k1: false, mlDsa: false, mlKem: false };

/** The two ways in which everything has to work: with what this runtime has, and as on one that lacks it. */
export const runtimes = [
  ['the crypto of the runtime', nativeCrypto],
  ['pure code alone', noNativeCrypto],
] as const;

/** The module that makes the process it is preloaded into lack what desktop VS Code lacks. */
export const boringCrypto = fileURLToPath(new URL('boringCrypto.ts', import.meta.url));

/** The same two ways for a whole process: what to preload. */
export const processes = [
  ['on Node', undefined],
  ['on a runtime that lacks algorithms', boringCrypto],
] as const;
