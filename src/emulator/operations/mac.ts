import { createHmac, timingSafeEqual } from 'node:crypto';
import type { GenerateMacRequest, VerifyMacRequest } from '@aws-sdk/client-kms';
import type { MacHash } from '../../core/kms/keySpecs.ts';
import { KmsException } from '../kmsException.ts';
import type { Call } from '../pipeline/call.ts';
import { keyOperation, type Validated } from '../pipeline/operation.ts';
import type { KeyRecord } from '../store/keyRecord.ts';
import { checkAlgorithm, currentMaterial, endDryRun, secretOf } from '../pipeline/keyUse.ts';

const hashes: Readonly<Record<NonNullable<GenerateMacRequest['MacAlgorithm']>, MacHash>> = {
  HMAC_SHA_224: 'sha224',
  HMAC_SHA_256: 'sha256',
  HMAC_SHA_384: 'sha384',
  HMAC_SHA_512: 'sha512',
};

type MacInput = Validated<GenerateMacRequest, 'Message' | 'MacAlgorithm'>;

function macOf(call: Call, input: Omit<MacInput, 'KeyId'>, key: KeyRecord): Buffer {
  checkAlgorithm(key, input.MacAlgorithm);
  endDryRun(input);
  return createHmac(hashes[input.MacAlgorithm], secretOf(currentMaterial(call, key))).update(input.Message).digest();
}

export const generateMac = keyOperation<MacInput>({
  name: 'GenerateMac',
  aliases: true,
  usage: 'GENERATE_VERIFY_MAC',
  run: (call, input, key) => ({ KeyId: key.arn, Mac: macOf(call, input, key), MacAlgorithm: input.MacAlgorithm }),
});

export const verifyMac = keyOperation<Validated<VerifyMacRequest, 'Message' | 'MacAlgorithm' | 'Mac'>>({
  name: 'VerifyMac',
  aliases: true,
  usage: 'GENERATE_VERIFY_MAC',
  run(call, input, key) {
    const expected = macOf(call, input, key);
    if (input.Mac.length !== expected.length || !timingSafeEqual(input.Mac, expected)) throw new KmsException('KMSInvalidMacException');
    return { KeyId: key.arn, MacValid: true, MacAlgorithm: input.MacAlgorithm };
  },
});
