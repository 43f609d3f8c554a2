import type { Operation } from '../pipeline/operation.ts';
import { createAlias, deleteAlias, listAliases, updateAlias } from './aliases.ts';
import { createKey } from './createKey.ts';
import { generateDataKey, generateDataKeyWithoutPlaintext, generateRandom } from './dataKeys.ts';
import { describeKey, listKeys } from './describeKey.ts';
import { decrypt, encrypt, reEncrypt } from './encryption.ts';
import { cancelKeyDeletion, disableKey, enableKey, scheduleKeyDeletion, updateKeyDescription } from './keyLifecycle.ts';
import { getKeyPolicy, listKeyPolicies, putKeyPolicy } from './keyPolicy.ts';
import { createCustomKeyStore } from './keyStores/createCustomKeyStore.ts';
import { deleteCustomKeyStore } from './keyStores/deleteCustomKeyStore.ts';
import { describeCustomKeyStores } from './keyStores/describeCustomKeyStores.ts';
import { connectCustomKeyStore, disconnectCustomKeyStore } from './keyStores/keyStoreConnection.ts';
import { updateCustomKeyStore } from './keyStores/updateCustomKeyStore.ts';
import { generateMac, verifyMac } from './mac.ts';
import { disableKeyRotation, enableKeyRotation, getKeyRotationStatus } from './rotation.ts';
import { getPublicKey, sign, verify } from './signing.ts';
import { listResourceTags, tagResource, untagResource } from './tags.ts';

const operations: readonly Operation[] = [
  cancelKeyDeletion,
  connectCustomKeyStore,
  createAlias,
  createCustomKeyStore,
  createKey,
  decrypt,
  deleteAlias,
  deleteCustomKeyStore,
  describeCustomKeyStores,
  describeKey,
  disableKey,
  disableKeyRotation,
  disconnectCustomKeyStore,
  enableKey,
  enableKeyRotation,
  encrypt,
  generateDataKey,
  generateDataKeyWithoutPlaintext,
  generateMac,
  generateRandom,
  getKeyPolicy,
  getKeyRotationStatus,
  getPublicKey,
  listAliases,
  listKeyPolicies,
  listKeys,
  listResourceTags,
  putKeyPolicy,
  reEncrypt,
  scheduleKeyDeletion,
  sign,
  tagResource,
  untagResource,
  updateAlias,
  updateCustomKeyStore,
  updateKeyDescription,
  verify,
  verifyMac,
];

/** Every operation the emulator answers, by its name on the wire. */
export const operationTable: ReadonlyMap<string, Operation> = new Map(operations.map((row) => [row.name, row]));
