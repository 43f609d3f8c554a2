import type { DeriveSharedSecretRequest } from '@aws-sdk/client-kms';
import { agree } from '../../crypto/asymmetric/ecdh.ts';
import { agreeSm2 } from '../../crypto/asymmetric/sm2.ts';
import type { LoadedMaterial } from '../../crypto/keyMaterial.ts';
import { KmsException } from '../../kmsException.ts';
import { checkAlgorithm, currentMaterial, endDryRun } from '../../pipeline/keyUse.ts';
import { keyOperation, type Validated } from '../../pipeline/operation.ts';
import { disclosureFor } from '../../pipeline/recipient.ts';

function secretWith(material: LoadedMaterial, peer: Uint8Array): Buffer | undefined {
  if (material.kind === 'sm2') return agreeSm2(material.key, peer);
  return material.kind === 'ecc' ? agree(material.key, peer) : undefined;
}

export const deriveSharedSecret = keyOperation<Validated<DeriveSharedSecretRequest, 'KeyAgreementAlgorithm' | 'PublicKey'>>({
  name: 'DeriveSharedSecret',
  aliases: true,
  usage: 'KEY_AGREEMENT',
  run(call, input, key) {
    const { KeyAgreementAlgorithm: algorithm, PublicKey: peer } = input;
    checkAlgorithm(key, algorithm);
    const disclose = disclosureFor(call, input);
    const secret = secretWith(currentMaterial(call, key), peer);
    if (!secret) {
      throw new KmsException('ValidationException', `The public key is not a valid DER-encoded public key of key spec ${key.spec}.`);
    }
    endDryRun(input);
    return { KeyId: key.arn, ...disclose('SharedSecret', secret), KeyAgreementAlgorithm: algorithm, KeyOrigin: key.origin };
  },
});
