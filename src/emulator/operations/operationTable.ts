import type { Operation } from '../pipeline/operation.ts';
import { createAlias, deleteAlias, listAliases, updateAlias } from './aliases.ts';
import { createKey } from './createKey.ts';
import { generateDataKey, generateDataKeyWithoutPlaintext, generateRandom } from './dataKeys.ts';
import { describeKey, listKeys } from './describeKey.ts';
import { decrypt, encrypt, reEncrypt } from './encryption.ts';
import { createGrant } from './grants/createGrant.ts';
import { retireGrant, revokeGrant } from './grants/endGrant.ts';
import { listGrants, listRetirableGrants } from './grants/listGrants.ts';
import { cancelKeyDeletion, disableKey, enableKey, scheduleKeyDeletion, updateKeyDescription } from './keyLifecycle.ts';
import { getKeyLastUsage } from './keyLastUsage.ts';
import { getKeyPolicy, listKeyPolicies, putKeyPolicy } from './keyPolicy.ts';
import { generateDataKeyPair, generateDataKeyPairWithoutPlaintext } from './keyPairs/dataKeyPairs.ts';
import { deriveSharedSecret } from './keyPairs/deriveSharedSecret.ts';
import { decapsulate, encapsulate } from './keyPairs/encapsulation.ts';
import { getPublicKey } from './keyPairs/getPublicKey.ts';
import { sign, verify } from './keyPairs/signing.ts';
import { createCustomKeyStore } from './keyStores/createCustomKeyStore.ts';
import { deleteCustomKeyStore } from './keyStores/deleteCustomKeyStore.ts';
import { describeCustomKeyStores } from './keyStores/describeCustomKeyStores.ts';
import { connectCustomKeyStore, disconnectCustomKeyStore } from './keyStores/keyStoreConnection.ts';
import { updateCustomKeyStore } from './keyStores/updateCustomKeyStore.ts';
import { generateMac, verifyMac } from './mac.ts';
import { disableKeyRotation, enableKeyRotation, getKeyRotationStatus } from './material/automaticRotation.ts';
import { deleteImportedKeyMaterial } from './material/deleteImportedKeyMaterial.ts';
import { getParametersForImport } from './material/getParametersForImport.ts';
import { importKeyMaterial } from './material/importKeyMaterial.ts';
import { listKeyRotations } from './material/listKeyRotations.ts';
import { rotateKeyOnDemand } from './material/rotateKeyOnDemand.ts';
import { replicateKey } from './multiRegion/replicateKey.ts';
import { updatePrimaryRegion } from './multiRegion/updatePrimaryRegion.ts';
import { listResourceTags, tagResource, untagResource } from './tags.ts';

const operations: readonly Operation[] = [
  cancelKeyDeletion,
  connectCustomKeyStore,
  createAlias,
  createCustomKeyStore,
  createGrant,
  createKey,
  decapsulate,
  decrypt,
  deleteAlias,
  deleteCustomKeyStore,
  deleteImportedKeyMaterial,
  deriveSharedSecret,
  describeCustomKeyStores,
  describeKey,
  disableKey,
  disableKeyRotation,
  disconnectCustomKeyStore,
  enableKey,
  enableKeyRotation,
  encapsulate,
  encrypt,
  generateDataKey,
  generateDataKeyPair,
  generateDataKeyPairWithoutPlaintext,
  generateDataKeyWithoutPlaintext,
  generateMac,
  generateRandom,
  getKeyLastUsage,
  getKeyPolicy,
  getKeyRotationStatus,
  getParametersForImport,
  getPublicKey,
  importKeyMaterial,
  listAliases,
  listGrants,
  listKeyPolicies,
  listKeyRotations,
  listKeys,
  listResourceTags,
  listRetirableGrants,
  putKeyPolicy,
  reEncrypt,
  replicateKey,
  retireGrant,
  revokeGrant,
  rotateKeyOnDemand,
  scheduleKeyDeletion,
  sign,
  tagResource,
  untagResource,
  updateAlias,
  updateCustomKeyStore,
  updateKeyDescription,
  updatePrimaryRegion,
  verify,
  verifyMac,
];

/** Every operation the emulator answers, by its name on the wire. */
export const operationTable: ReadonlyMap<string, Operation> = new Map(operations.map((row) => [row.name, row]));
