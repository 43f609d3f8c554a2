import { isKeyId, parseKmsArn } from '../../core/kms/arn.ts';
import { type KeySpecName, keySpecNames, keySpecs } from '../../core/kms/keySpecs.ts';
import { StartFailure } from '../startFailure.ts';
import type { SeedDocument, SeedKey } from './seedDocument.ts';
import { fromHex, fromPem } from './seedMaterial.ts';
import type { SeedDefaults } from './seedPlace.ts';
import type { SeedValue } from './seedReader.ts';

/**
 * Seed files of local-kms (https://github.com/nsmithuk/local-kms, "Seeding file format"): keys by their kind in the
 * releases up to 3, and in one list with their KeySpec since. Members that local-kms does not know are passed over, as
 * it does.
 */

/** The specs that a key of each section can have; what they are is seen from the material. */
const sections: readonly (readonly [section: string, kind: string, specs: readonly KeySpecName[]])[] = [
  ['Symmetric', 'Aes', ['SYMMETRIC_DEFAULT']],
  ['Symmetric', 'Hmac', ['HMAC_224', 'HMAC_256', 'HMAC_384', 'HMAC_512']],
  ['Asymmetric', 'Rsa', ['RSA_2048', 'RSA_3072', 'RSA_4096']],
  ['Asymmetric', 'Ecc', ['ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'ECC_SECG_P256K1', 'ECC_NIST_EDWARDS25519']],
];

const rotationPeriodDays = 365;

function readAll(source: SeedValue, spec: KeySpecName): Uint8Array[] {
  const pem = source.member('PrivateKeyPem');
  if (pem.isPresent()) return [fromPem(pem, spec)];
  return source.member('BackingKeys').items().map((item) => fromHex(item, spec));
}

/** The material, as the first of the specs that it is material of. Throws what is wrong with it for the last one. */
function readMaterial(source: SeedValue, specs: readonly KeySpecName[]): Pick<SeedKey, 'spec' | 'material'> {
  let failure = source.fail('is of no kind that is known here.');
  for (const spec of specs) {
    try {
      return { spec, material: readAll(source, spec) };
    } catch (error) {
      if (!(error instanceof StartFailure)) throw error;
      failure = error;
    }
  }
  throw failure;
}

function readKeyId(value: SeedValue): string {
  const keyId = value.text();
  if (!isKeyId(keyId)) throw value.fail('has to be a UUID in lower case, or mrk- and 32 hexadecimal digits.');
  return keyId;
}

const noRotation = { rotationPeriodDays: undefined, nextRotationAt: undefined };

function readRotation(value: SeedValue): Pick<SeedKey, 'rotationPeriodDays' | 'nextRotationAt'> {
  if (!value.isPresent()) return noRotation;
  const nextRotationAt = Date.parse(value.text());
  if (Number.isNaN(nextRotationAt)) throw value.fail('has to be a date in ISO 8601.');
  return { rotationPeriodDays, nextRotationAt };
}

type Aliases = readonly { readonly name: string; readonly keyId: string; readonly value: SeedValue }[];

function readAliases(value: SeedValue): Aliases {
  return value.items().map((item) => {
    const name = `alias/${item.member('AliasName').text().replace(/^alias\//, '')}`;
    if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name) || name.startsWith('alias/aws/')) throw item.member('AliasName').fail('is not the name of an alias.');
    const target = item.member('TargetKeyId').text();
    return { name, keyId: parseKmsArn(target)?.resource ?? target, value: item.member('TargetKeyId') };
  });
}

function readKey(value: SeedValue, specs: readonly KeySpecName[], aliases: Aliases, { accountId, region }: SeedDefaults): SeedKey {
  const [metadata, ownId, nested] = [value.member('Metadata'), value.member('KeyId'), value.member('Material')];
  const keyId = readKeyId(ownId.isPresent() ? ownId : metadata.member('KeyId'));
  const named = metadata.member('KeySpec');
  const { spec, material } = readMaterial(nested.isPresent() ? nested : value, named.isPresent() ? [named.oneOf(keySpecNames)] : specs);
  const { usages } = keySpecs[spec];
  const origin = metadata.member('Origin').oneOf(['AWS_KMS', 'EXTERNAL'] as const, 'AWS_KMS');
  const rotates = spec === 'SYMMETRIC_DEFAULT' && origin === 'AWS_KMS';
  return {
    keyId,
    accountId,
    region,
    spec,
    usage: metadata.member('KeyUsage').oneOf(usages, usages[0]),
    origin,
    description: metadata.member('Description').text(''),
    enabled: true,
    pendingDeletionDays: undefined,
    aliases: aliases.filter((alias) => alias.keyId === keyId).map(({ name }) => name),
    tags: {},
    policy: undefined,
    ...(rotates ? readRotation(value.member('NextKeyRotation')) : noRotation),
    replicas: [],
    grants: [],
    material,
    storeId: undefined,
    xksKeyId: undefined,
  };
}

function readKeys(value: SeedValue, aliases: Aliases, defaults: SeedDefaults): SeedKey[] {
  if (Array.isArray(value.value)) return value.items().map((item) => readKey(item, ['SYMMETRIC_DEFAULT'], aliases, defaults));
  return sections.flatMap(([section, kind, specs]) =>
    value.member(section).member(kind).items().map((item) => readKey(item, specs, aliases, defaults)),
  );
}

/** Whether the document is a seed of local-kms, whose members begin with capitals. */
export function isLocalKmsSeed(root: SeedValue): boolean {
  return ['Keys', 'Aliases'].some((name) => root.members().has(name));
}

/** Reads a seed of local-kms. Throws StartFailure BAD_SEED. */
export function readLocalKmsSeed(root: SeedValue, defaults: SeedDefaults): SeedDocument {
  const aliases = readAliases(root.member('Aliases'));
  const keys = readKeys(root.member('Keys'), aliases, defaults);
  const lost = aliases.find((alias) => !keys.some(({ keyId }) => keyId === alias.keyId));
  if (lost) throw lost.value.fail('is not a key of this file.');
  return { accessKeys: [], principals: [], keyStores: [], keys, serviceKeys: [] };
}
