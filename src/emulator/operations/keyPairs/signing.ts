import type { SignRequest, VerifyRequest } from '@aws-sdk/client-kms';
import { type SigningAlgorithm, signingAlgorithm, signWith, type TypedMessage, verifyWith } from '../../crypto/signatures.ts';
import { KmsException } from '../../kmsException.ts';
import { checkAlgorithm, currentMaterial, endDryRun, incompatibleAlgorithm } from '../../pipeline/keyUse.ts';
import { keyOperation, type Validated } from '../../pipeline/operation.ts';
import type { KeyRecord } from '../../store/keyRecord.ts';

type MessageInput = Validated<Pick<SignRequest, 'Message' | 'MessageType' | 'SigningAlgorithm' | 'DryRun'>, 'Message' | 'SigningAlgorithm'>;

function algorithmFor(key: KeyRecord, name: string): SigningAlgorithm {
  checkAlgorithm(key, name);
  const algorithm = signingAlgorithm(name);
  if (!algorithm) throw incompatibleAlgorithm(key, name);
  return algorithm;
}

/** The message of the request. Throws ValidationException for a type or length that the algorithm does not take. */
function messageOf(input: MessageInput, key: KeyRecord, algorithm: SigningAlgorithm): TypedMessage {
  const { Message: bytes, MessageType: type = 'RAW', SigningAlgorithm: name } = input;
  const length = type === 'RAW' ? undefined : algorithm.lengths[type];
  if (type === 'RAW' ? !algorithm.raw : length === undefined) {
    // KMS blames the algorithm where the key has two that differ in this, and the key spec elsewhere.
    const blamed = key.spec === 'ECC_NIST_EDWARDS25519' ? `algorithm ${name}` : `key spec ${key.spec}`;
    throw new KmsException('ValidationException', `Message type ${type} is incompatible with ${blamed}.`);
  }
  if (length !== undefined && bytes.length !== length) {
    throw new KmsException('ValidationException', `Digest is invalid length for algorithm ${name}.`);
  }
  return { type, bytes };
}

export const sign = keyOperation<MessageInput>({
  name: 'Sign',
  aliases: true,
  usage: 'SIGN_VERIFY',
  run(call, input, key) {
    const algorithm = algorithmFor(key, input.SigningAlgorithm);
    const message = messageOf(input, key, algorithm);
    endDryRun(input);
    const signature = signWith(currentMaterial(call, key), algorithm, message);
    return { KeyId: key.arn, Signature: signature, SigningAlgorithm: input.SigningAlgorithm };
  },
});

export const verify = keyOperation<MessageInput & Validated<Pick<VerifyRequest, 'Signature'>, 'Signature'>>({
  name: 'Verify',
  aliases: true,
  usage: 'SIGN_VERIFY',
  run(call, input, key) {
    const algorithm = algorithmFor(key, input.SigningAlgorithm);
    const message = messageOf(input, key, algorithm);
    endDryRun(input);
    const valid = verifyWith(currentMaterial(call, key), algorithm, message, input.Signature);
    if (!valid) throw new KmsException('KMSInvalidSignatureException');
    return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm: input.SigningAlgorithm };
  },
});
