import { parseKmsArn } from '../../kms/arn.ts';
import type { EncryptionContext } from '../../kms/keyMetadata.ts';
import { fromBase64 } from '../base64.ts';
import { readCiphertext, type CiphertextFacts } from '../ciphertextBlob.ts';
import { readEncryptionSdkHeader, type EncryptionSdkHeader } from './encryptionSdkMessage.ts';
import { recogniseForeign } from './foreignTokens.ts';
import { readerByName, type TokenPlace } from './namingRules.ts';
import { readPulumiValue } from './pulumi.ts';
import { wrappersWith, type CustomMarker, type WrappedCiphertext, type Wrapper } from './wrappers.ts';

/** What an encrypted text is, as far as it shows without being decrypted. */
export interface TokenDescription {
  readonly kind: 'kmsCiphertext' | 'asymmetricCiphertext' | 'encryptionSdkMessage' | 'pulumiValue' | 'foreign';
  /** The name of the format that marks it; `bare` for base64 alone. */
  readonly format: string;
  /** One sentence. */
  readonly summary: string;
  /** Of the ciphertext or the message in bytes; undefined where its bytes are not read. */
  readonly length: number | undefined;
  readonly ciphertext: CiphertextFacts | undefined;
  readonly message: EncryptionSdkHeader | undefined;
  /** The KMS keys that the text names; a bare ciphertext names none. */
  readonly keys: readonly NamedKey[];
  readonly region: string | undefined;
  readonly encryptionAlgorithm: string | undefined;
  /** Undefined where it cannot be read, which is not to say that there is none. */
  readonly encryptionContext: EncryptionContext | undefined;
  /** What can decrypt it, as a noun phrase. */
  readonly reader: string;
  /** Why the commands for single values leave it as it is; undefined for what they decrypt. */
  readonly leftAlone: string | undefined;
}

export interface NamedKey {
  /** As the text has it: an ARN, an id or an alias. */
  readonly keyId: string;
  readonly region: string | undefined;
  readonly accountId: string | undefined;
}

/**
 * Describes a text that is one encrypted value: a KMS ciphertext, a message of the AWS Encryption SDK, or a value of
 * another tool. `place` lets names of keys and files count. Undefined for any other text. Nothing is decrypted or asked.
 */
export function describeToken(
  text: string,
  place: TokenPlace = {},
  markers: readonly CustomMarker[] = [],
): TokenDescription | undefined {
  const token = text.trim();
  if (readPulumiValue(token) !== undefined) return pulumiValue;
  for (const wrapper of wrappersWith(markers)) {
    const wrapped = wrapper.read(token);
    const bytes = wrapped && fromBase64(wrapped.body);
    const description = wrapped && bytes && describeBytes(bytes, wrapped, wrapper, place);
    if (description !== undefined) return description;
  }
  const foreign = recogniseForeign(token, place.keyPath?.at(-1));
  return foreign && {
    ...nothingKnown,
    kind: 'foreign',
    format: foreign.name,
    summary: `This is ${foreign.label}.`,
    reader: foreign.reader,
    leftAlone: foreign.reason,
  };
}

const nothingKnown = {
  length: undefined,
  ciphertext: undefined,
  message: undefined,
  keys: [],
  region: undefined,
  encryptionAlgorithm: undefined,
  encryptionContext: undefined,
};

const pulumiValue: TokenDescription = {
  ...nothingKnown,
  kind: 'pulumiValue',
  format: 'pulumi',
  summary: 'This is a secure value of a Pulumi stack, encrypted with AES-256-GCM under the data key of the stack.',
  reader: 'pulumi',
  leftAlone: 'Its data key stands encrypted in the same file, as encryptedkey. Change it with "pulumi config set --secret".',
};

function describeBytes(
  bytes: Uint8Array,
  wrapped: WrappedCiphertext,
  wrapper: Wrapper,
  place: TokenPlace,
): TokenDescription | undefined {
  const facts = readCiphertext(bytes);
  if (facts !== undefined) return describeCiphertext(bytes, facts, wrapped, wrapper, place);
  const message = readEncryptionSdkHeader(bytes);
  if (message !== undefined) return describeMessage(bytes, message, wrapper);
  return isAsymmetric(bytes, wrapped) ? describeAsymmetric(bytes, wrapped, wrapper) : undefined;
}

function describeCiphertext(
  bytes: Uint8Array,
  facts: CiphertextFacts,
  wrapped: WrappedCiphertext,
  wrapper: Wrapper,
  place: TokenPlace,
): TokenDescription {
  const named = wrapper.name === 'bare' ? readerByName(place) : undefined;
  return {
    ...nothingKnown,
    kind: 'kmsCiphertext',
    format: named?.name ?? wrapper.name,
    summary: `This is a KMS ciphertext of a symmetric key, made by ${facts.maker}. It does not show its key, Region or account.`,
    length: bytes.length,
    ciphertext: facts,
    keys: keysOf(wrapped.keyId),
    region: wrapped.region ?? named?.region ?? keysOf(wrapped.keyId)[0]?.region,
    encryptionContext: wrapped.encryptionContext,
    reader: named?.reader ?? wrapper.reader,
    leftAlone: undefined,
  };
}

/** Any key that a message names decrypts it, in its own Region. */
function describeMessage(bytes: Uint8Array, message: EncryptionSdkHeader, wrapper: Wrapper): TokenDescription {
  const keys = message.encryptedDataKeys.filter(({ providerId }) => providerId === 'aws-kms').flatMap(({ providerInfo }) => keysOf(providerInfo));
  return {
    ...nothingKnown,
    kind: 'encryptionSdkMessage',
    format: wrapper.name,
    summary: `This is a message of the AWS Encryption SDK in version ${message.version}, with ${message.suite.name}.`,
    length: bytes.length,
    message,
    keys,
    region: keys[0]?.region,
    encryptionContext: message.encryptionContext,
    reader: wrapper.name === 'bare' ? 'the AWS Encryption SDK and its command line' : wrapper.reader,
    leftAlone: keys.length > 0 ? undefined : 'None of its data keys is encrypted under a KMS key. Decrypt it with the AWS Encryption SDK and the key that it names.',
  };
}

/** Ciphertexts of RSA and SM2 keys look like random bytes, so that only an algorithm that the token names tells them. */
function isAsymmetric(bytes: Uint8Array, { encryptionAlgorithm = '' }: WrappedCiphertext): boolean {
  if (encryptionAlgorithm.startsWith('RSAES_OAEP_SHA_')) return [256, 384, 512].includes(bytes.length);
  return encryptionAlgorithm === 'SM2PKE' && bytes.length > 0;
}

function describeAsymmetric(
  bytes: Uint8Array,
  { keyId, encryptionAlgorithm, encryptionContext }: WrappedCiphertext,
  wrapper: Wrapper,
): TokenDescription {
  const keys = keysOf(keyId);
  return {
    ...nothingKnown,
    kind: 'asymmetricCiphertext',
    format: wrapper.name,
    summary: `This is a ciphertext of an asymmetric KMS key, made with ${encryptionAlgorithm ?? 'an algorithm that it does not name'}.`,
    length: bytes.length,
    keys,
    region: keys[0]?.region,
    encryptionAlgorithm,
    encryptionContext,
    reader: wrapper.reader,
    leftAlone: 'Only ciphertexts of symmetric keys are decrypted in place. Decrypt it with the key and the algorithm that it names.',
  };
}

function keysOf(keyId: string | undefined): readonly NamedKey[] {
  if (keyId === undefined || keyId === '') return [];
  const arn = parseKmsArn(keyId);
  return [{ keyId, region: arn?.region, accountId: arn?.accountId }];
}
