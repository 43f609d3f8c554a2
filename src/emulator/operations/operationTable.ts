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
import { getKeyPolicy, listKeyPolicies, putKeyPolicy } from './keyPolicy.ts';
import { generateMac, verifyMac } from './mac.ts';
import { replicateKey } from './multiRegion/replicateKey.ts';
import { updatePrimaryRegion } from './multiRegion/updatePrimaryRegion.ts';
import { disableKeyRotation, enableKeyRotation, getKeyRotationStatus } from './rotation.ts';
import { getPublicKey, sign, verify } from './signing.ts';
import { listResourceTags, tagResource, untagResource } from './tags.ts';

const operations: readonly Operation[] = [
  cancelKeyDeletion,
  createAlias,
  createGrant,
  createKey,
  decrypt,
  deleteAlias,
  describeKey,
  disableKey,
  disableKeyRotation,
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
  listGrants,
  listKeyPolicies,
  listKeys,
  listResourceTags,
  listRetirableGrants,
  putKeyPolicy,
  reEncrypt,
  replicateKey,
  retireGrant,
  revokeGrant,
  scheduleKeyDeletion,
  sign,
  tagResource,
  untagResource,
  updateAlias,
  updateKeyDescription,
  updatePrimaryRegion,
  verify,
  verifyMac,
];

/** Every operation the emulator answers, by its name on the wire. */
export const operationTable: ReadonlyMap<string, Operation> = new Map(operations.map((row) => [row.name, row]));
