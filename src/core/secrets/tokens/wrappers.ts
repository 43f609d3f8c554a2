import type { EncryptionContext } from '../../kms/keyMetadata.ts';
import { readSpringToken, writeSpringToken } from './springToken.ts';

/** What a token says, apart from its ciphertext; most say nothing. */
export interface WrappedCiphertext {
  /** Base64, with whatever white space is in it. */
  readonly body: string;
  readonly encryptionContext?: EncryptionContext | undefined;
  readonly region?: string | undefined;
  readonly keyId?: string | undefined;
  readonly encryptionAlgorithm?: string | undefined;
}

/** How tools mark a KMS ciphertext in base64. */
export interface Wrapper {
  readonly name: string;
  /** What decrypts such a token at run time, as a noun phrase. */
  readonly reader: string;
  readonly read: (token: string) => WrappedCiphertext | undefined;
  /**
   * The token for a ciphertext that was encrypted with a context. Missing for formats that are only read. Throws
   * EDIT_REFUSED for a context that the token cannot hold.
   */
  readonly write?: (base64: string, encryptionContext: EncryptionContext) => string;
}

/** A marker of the user's own, for instance `enc:` or `KMS(` with `)`. */
export interface CustomMarker {
  readonly prefix: string;
  readonly suffix?: string;
}

function marked(name: string, reader: string, prefix: string, suffix = ''): Wrapper & Required<Pick<Wrapper, 'write'>> {
  return {
    name,
    reader,
    read: (token) =>
      token.startsWith(prefix) && token.endsWith(suffix) && token.length > prefix.length + suffix.length
        ? { body: token.slice(prefix.length, token.length - suffix.length) }
        : undefined,
    write: (base64) => prefix + base64 + suffix,
  };
}

function readOnly({ name, reader, read }: Wrapper): Wrapper {
  return { name, reader, read };
}

/** `${kms BASE64::region=eu-west-1}` of Runway and CFNgin. */
function readRunway(token: string): WrappedCiphertext | undefined {
  const groups = /^\$\{kms (?<body>[^:}]+?)(?:::region=(?<region>[a-z0-9-]+))?\}$/.exec(token)?.groups;
  return groups && { body: groups['body'] ?? '', region: groups['region'] };
}

export const bareWrapper = marked('bare', 'Terraform (aws_kms_secrets), the AWS CLI, fnox or the application itself', '');
export const springWrapper: Wrapper & Required<Pick<Wrapper, 'write'>> = {
  name: 'spring-cloud-config',
  reader: 'Spring Boot with spring-cloud-config-aws-kms',
  read: readSpringToken,
  write: (base64, encryptionContext) => writeSpringToken(base64, { encryptionContext }),
};

/** One row per format; the first that reads a token wins, and every text is bare at last. */
export const wrappers: readonly Wrapper[] = [
  marked('decrypt-kms-env', 'decrypt-kms-env', 'secure:'),
  springWrapper,
  marked('kms+base64', 'the entry script of the container or the settings of the application', 'kms+base64:'),
  readOnly(marked('hiera-eyaml-kms', 'Puppet with hiera-eyaml-kms', 'ENC[KMS,', ']')),
  { name: 'runway', reader: 'Runway or CFNgin', read: readRunway },
  readOnly(marked('decrypt-and-start', 'the entry script decrypt-and-start', 'decrypt:')),
  bareWrapper,
];

/** The table with markers of the user's own in front. */
export function wrappersWith(markers: readonly CustomMarker[]): readonly Wrapper[] {
  if (markers.length === 0) return wrappers;
  const own = markers
    .filter(({ prefix, suffix = '' }) => prefix + suffix !== '')
    .map(({ prefix, suffix = '' }) => marked(prefix + suffix, 'the program that knows this marker', prefix, suffix));
  return [...own, ...wrappers];
}
