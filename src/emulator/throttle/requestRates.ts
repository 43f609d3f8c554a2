import type { Input } from '../pipeline/memberRules.ts';

/**
 * AWS's default request rates (https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html, as of
 * June 2023). Operations that name the same rate share it.
 */
export interface RequestRate {
  readonly name: string;
  readonly perSecond: number;
}

const fast: ReadonlySet<string> = new Set(['us-east-1', 'us-west-2', 'eu-west-1']);
const medium: ReadonlySet<string> = new Set(['us-east-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-northeast-1', 'eu-central-1', 'eu-west-2']);

function symmetricRate(region: string): RequestRate {
  const perSecond = fast.has(region) ? 50_000 : medium.has(region) ? 10_000 : 5_500;
  return { name: 'symmetric cryptographic operations', perSecond };
}

const rsaRate: RequestRate = { name: 'RSA cryptographic operations', perSecond: 500 };
const eccRate: RequestRate = { name: 'ECC cryptographic operations', perSecond: 300 };
const sm2Rate: RequestRate = { name: 'SM2 cryptographic operations', perSecond: 300 };

/** Members that name the algorithm, and so the kind of key, of a cryptographic operation. */
const algorithmMembers: Readonly<Record<string, readonly string[]>> = {
  Encrypt: ['EncryptionAlgorithm'],
  Decrypt: ['EncryptionAlgorithm'],
  ReEncrypt: ['SourceEncryptionAlgorithm', 'DestinationEncryptionAlgorithm'],
  GenerateDataKey: [],
  GenerateDataKeyWithoutPlaintext: [],
  GenerateMac: [],
  VerifyMac: [],
  GenerateRandom: [],
  Sign: ['SigningAlgorithm'],
  Verify: ['SigningAlgorithm'],
};

const pairRates: Readonly<Record<string, number>> = {
  ECC_NIST_P256: 25,
  ECC_SECG_P256K1: 25,
  ECC_NIST_P384: 10,
  ECC_NIST_P521: 5,
  RSA_2048: 1,
  RSA_3072: 0.5,
  RSA_4096: 0.1,
};
const pairOperations: ReadonlySet<string> = new Set(['GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext']);

const ownRates: Readonly<Record<string, number>> = {
  CreateGrant: 50,
  DeleteAlias: 15,
  DescribeKey: 2_000,
  EnableKeyRotation: 15,
  GetKeyPolicy: 1_000,
  GetParametersForImport: 0.25,
  GetPublicKey: 2_000,
  ListAliases: 500,
  ListGrants: 100,
  ListKeys: 500,
  ListResourceTags: 2_000,
  PutKeyPolicy: 15,
};
const otherRate = 5;

/** Without an algorithm, a key is a symmetric one. */
function algorithmRate(algorithm: unknown, region: string): RequestRate {
  if (typeof algorithm !== 'string') return symmetricRate(region);
  if (algorithm.startsWith('RSA')) return rsaRate;
  if (algorithm.startsWith('SM2')) return sm2Rate;
  return algorithm.startsWith('SYMMETRIC') ? symmetricRate(region) : eccRate;
}

/** The rates that a call counts against. */
export function ratesOf(operation: string, region: string, input: Input): readonly RequestRate[] {
  const members = Object.hasOwn(algorithmMembers, operation) ? algorithmMembers[operation] : undefined;
  if (members?.length === 0) return [symmetricRate(region)];
  if (members) {
    const rates = members.map((member) => algorithmRate(input[member], region));
    return rates.filter(({ name }, index) => rates.findIndex((rate) => rate.name === name) === index);
  }
  if (pairOperations.has(operation)) {
    const { KeyPairSpec: spec } = input;
    const perSecond = typeof spec === 'string' ? pairRates[spec] : undefined;
    return [{ name: `data key pairs of ${String(spec)}`, perSecond: perSecond ?? otherRate }];
  }
  return [{ name: operation, perSecond: ownRates[operation] ?? otherRate }];
}
