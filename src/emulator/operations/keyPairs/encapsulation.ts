import type { DecapsulateRequest, EncapsulateRequest } from '@aws-sdk/client-kms';
import type { MlKemKey } from '../../crypto/asymmetric/mlKem.ts';
import { KmsException } from '../../kmsException.ts';
import type { Call } from '../../pipeline/call.ts';
import { checkAlgorithm, currentMaterial, endDryRun, lostMaterial } from '../../pipeline/keyUse.ts';
import { keyOperation, type Validated } from '../../pipeline/operation.ts';
import type { KeyRecord } from '../../store/keyRecord.ts';

const usage = 'ENCAPSULATE_DECAPSULATE';

function keyOf(call: Call, key: KeyRecord): MlKemKey {
  const material = currentMaterial(call, key);
  if (material.kind !== 'ml-kem') throw lostMaterial();
  return material.key;
}

export const encapsulate = keyOperation<Validated<EncapsulateRequest, 'EncapsulationAlgorithm'>>({
  name: 'Encapsulate',
  aliases: true,
  usage,
  run(call, input, key) {
    const { EncapsulationAlgorithm: algorithm } = input;
    checkAlgorithm(key, algorithm);
    endDryRun(input);
    const { sharedSecret, ciphertext } = keyOf(call, key).encapsulate();
    return { KeyId: key.arn, SharedSecret: sharedSecret, SharedSecretCiphertextBlob: ciphertext, EncapsulationAlgorithm: algorithm };
  },
});

export const decapsulate = keyOperation<Validated<DecapsulateRequest, 'EncapsulationAlgorithm' | 'SharedSecretCiphertextBlob'>>({
  name: 'Decapsulate',
  aliases: true,
  usage,
  run(call, input, key) {
    const { EncapsulationAlgorithm: algorithm } = input;
    checkAlgorithm(key, algorithm);
    const sharedSecret = keyOf(call, key).decapsulate(input.SharedSecretCiphertextBlob);
    if (!sharedSecret) throw new KmsException('InvalidCiphertextException');
    endDryRun(input);
    return { KeyId: key.arn, SharedSecret: sharedSecret, EncapsulationAlgorithm: algorithm };
  },
});
