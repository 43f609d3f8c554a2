import type { GetPublicKeyRequest } from '@aws-sdk/client-kms';
import { publicKeyOfMaterial } from '../../crypto/keyMaterial.ts';
import { KmsException } from '../../kmsException.ts';
import { currentMaterial } from '../../pipeline/keyUse.ts';
import { keyOperation, type Validated } from '../../pipeline/operation.ts';
import { algorithmMember } from '../describeKey.ts';

export const getPublicKey = keyOperation<Validated<GetPublicKeyRequest>>({
  name: 'GetPublicKey',
  aliases: true,
  run(call, _input, key) {
    const publicKey = publicKeyOfMaterial(currentMaterial(call, key));
    if (!publicKey) throw new KmsException('UnsupportedOperationException');
    const { arn, spec, usage } = key;
    return { KeyId: arn, PublicKey: publicKey, CustomerMasterKeySpec: spec, KeySpec: spec, KeyUsage: usage, ...algorithmMember(key) };
  },
});
