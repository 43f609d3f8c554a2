import type { RetireGrantRequest, RevokeGrantRequest } from '@aws-sdk/client-kms';
import { parseKmsArn } from '../../../core/kms/arn.ts';
import type { GrantName } from '../../grants/grantTokens.ts';
import { KmsException } from '../../kmsException.ts';
import { admitKey } from '../../pipeline/admitKey.ts';
import type { Call } from '../../pipeline/call.ts';
import { endDryRun } from '../../pipeline/keyUse.ts';
import { freeOperation, keyOperation, type Validated } from '../../pipeline/operation.ts';
import { resolveKey } from '../../pipeline/resolveKey.ts';
import type { GrantRow } from '../../store/tables/grantTable.ts';
import { checkGrantId } from './grantId.ts';

function existing({ store }: Call, { keyArn, grantId }: GrantName): GrantRow {
  const grant = store.grants.find(keyArn, grantId);
  if (!grant) throw new KmsException('NotFoundException', `Grant '${grantId}' of key '${keyArn}' does not exist`);
  return grant;
}

/** The grant that a request names by its key, which has to be a key ARN, and its id. */
function namedByKey(keyId: string, grantId: string): GrantName {
  if (parseKmsArn(keyId)?.kind !== 'key') throw new KmsException('InvalidArnException', `Invalid arn ${keyId}`);
  checkGrantId(grantId);
  return { keyArn: keyId, grantId };
}

/**
 * The grant that a request names by a token, or by its key and its id
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html). Both are accepted when they agree.
 */
function nameOf({ grantTokens }: Call, { GrantToken: token, KeyId: keyId, GrantId: grantId }: Validated<RetireGrantRequest>): GrantName {
  const byToken = token === undefined ? undefined : grantTokens.read(token);
  const byKey = keyId === undefined || grantId === undefined ? undefined : namedByKey(keyId, grantId);
  const half = byKey === undefined && (keyId !== undefined || grantId !== undefined);
  const name = byToken ?? byKey;
  if (name === undefined || half) {
    throw new KmsException('ValidationException', 'You must specify a GrantToken, or both a KeyId and a GrantId.');
  }
  if (byKey && (byKey.keyArn !== name.keyArn || byKey.grantId !== name.grantId)) {
    throw new KmsException('ValidationException', 'The GrantToken is of another grant than the one that KeyId and GrantId name.');
  }
  return name;
}

export const retireGrant = freeOperation<Validated<RetireGrantRequest>>({
  name: 'RetireGrant',
  authorizes: true,
  run(call, input) {
    const name = nameOf(call, input);
    const key = resolveKey(call, name.keyArn, { aliases: false });
    const grant = existing(call, name);
    admitKey(call, { action: 'RetireGrant', key, retiredGrant: grant }, { operation: 'RetireGrant' });
    endDryRun(input);
    call.store.grants.remove(grant);
    return undefined;
  },
});

export const revokeGrant = keyOperation<Validated<RevokeGrantRequest, 'GrantId'>>({
  name: 'RevokeGrant',
  run(call, input, key) {
    checkGrantId(input.GrantId);
    const grant = existing(call, { keyArn: key.arn, grantId: input.GrantId });
    endDryRun(input);
    call.store.grants.remove(grant);
    return undefined;
  },
});
