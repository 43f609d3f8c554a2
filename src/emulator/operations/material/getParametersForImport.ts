import type { GetParametersForImportRequest } from '@aws-sdk/client-kms';
import { generateMaterial, loadMaterial, publicKeyOfMaterial } from '../../crypto/keyMaterial.ts';
import { checkWrapping } from '../../material/wrappingRules.ts';
import { keyOperation, type Validated } from '../../pipeline/operation.ts';
import { checkImports } from './importChecks.ts';

/** The public key and the token are good for 24 hours, in milliseconds. */
const validity = 24 * 3_600_000;

export const getParametersForImport = keyOperation<Validated<GetParametersForImportRequest, 'WrappingAlgorithm' | 'WrappingKeySpec'>>({
  name: 'GetParametersForImport',
  async run({ importTokens, now }, { WrappingAlgorithm: algorithm, WrappingKeySpec: wrappingSpec }, key) {
    checkImports(key);
    checkWrapping(key, algorithm, wrappingSpec);
    const wrappingKey = await generateMaterial(wrappingSpec);
    const validTo = now + validity;
    return {
      KeyId: key.arn,
      ImportToken: importTokens.make(key.arn, { algorithm, wrappingSpec, wrappingKey, validTo }),
      PublicKey: publicKeyOfMaterial(loadMaterial(wrappingSpec, Buffer.from(wrappingKey))),
      ParametersValidTo: new Date(validTo),
    };
  },
});
