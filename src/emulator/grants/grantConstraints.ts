import type { GrantConstraints as RequestedConstraints } from '@aws-sdk/client-kms';
import type { KeySpecName } from '../../core/kms/keySpecs.ts';
import { KmsException } from '../kmsException.ts';
import type { GrantConstraints } from '../store/tables/grantTable.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html, Constraints. */
const mostPairs = 8;
const longestValue = 384;

function invalid(message: string): KmsException {
  return new KmsException('ValidationException', message);
}

/** Throws ValidationException, naming the pair and never its value, for an encryption context that no constraint may have. */
function checkContext(spec: KeySpecName, context: Readonly<Record<string, string>>): void {
  if (spec !== 'SYMMETRIC_DEFAULT') {
    throw invalid('Encryption context constraints are supported only for symmetric encryption keys.');
  }
  const pairs = Object.entries(context);
  if (pairs.length > mostPairs) throw invalid(`A grant constraint may have at most ${mostPairs} encryption context pairs.`);
  const long = pairs.find(([, value]) => value.length > longestValue);
  if (long) throw invalid(`The value of ${long[0]} in a grant constraint may have at most ${longestValue} characters.`);
}

/**
 * The constraints of a grant on a key of this spec as they are stored, or undefined when the request has none.
 * Throws ValidationException, and InvalidArnException for a SourceArn that is no ARN.
 */
export function grantConstraintsOf(spec: KeySpecName, requested: RequestedConstraints | undefined): GrantConstraints | undefined {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset, SourceArn: sourceArn } = requested ?? {};
  if (equals !== undefined && subset !== undefined) throw invalid('More than one constraint supplied');
  const context = equals ?? subset;
  if (context !== undefined) checkContext(spec, context);
  if (sourceArn !== undefined && !/^arn:aws[a-z-]*:[^:]+:[^:]*:[^:]*:.+$/.test(sourceArn)) {
    throw new KmsException('InvalidArnException', `Invalid arn ${sourceArn}`);
  }
  if (context === undefined && sourceArn === undefined) return undefined;
  return {
    ...(equals === undefined ? {} : { EncryptionContextEquals: equals }),
    ...(subset === undefined ? {} : { EncryptionContextSubset: subset }),
    ...(sourceArn === undefined ? {} : { SourceArn: sourceArn }),
  };
}
