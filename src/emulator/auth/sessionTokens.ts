import type { RootKey } from '../crypto/rootKey.ts';
import { KmsException } from '../kmsException.ts';
import { type Credentials, randomCredentials } from './accessKeys.ts';

/** What temporary credentials stand for. All of it is in the session token; nothing is stored. */
export interface Session {
  readonly accountId: string;
  /** The role that was assumed, or the user or root whose session it is. */
  readonly principalArn: string;
  /** The name of a role's session; undefined for a session of a user or of the account's root. */
  readonly sessionName: string | undefined;
  /** Session tags. They come before the tags of the role. */
  readonly tags: Readonly<Record<string, string>>;
  /** The session tags that roles assumed from this session inherit. */
  readonly transitiveTagKeys: readonly string[];
  /** The session policy, as JSON text. */
  readonly policy: string | undefined;
  /** Epoch milliseconds, by the movable clock. */
  readonly expiresAt: number;
}

export interface TemporaryCredentials extends Credentials {
  readonly sessionToken: string;
}

/** Temporary credentials whose session token carries everything, sealed under the root key. */
export interface SessionTokens {
  issue(session: Session): TemporaryCredentials;
  /**
   * The session and the secret access key that belong to `accessKeyId`. Throws UnrecognizedClientException for a token
   * that is not of this emulator or of another access key, and ExpiredTokenException for one whose time is over.
   */
  open(accessKeyId: string, sessionToken: string, now: number): { readonly session: Session; readonly secretAccessKey: string };
}

interface Content {
  readonly session: Session;
  readonly secretAccessKey: string;
}

/** The answer for credentials that the emulator does not know. */
export function unrecognizedClient(): KmsException {
  return new KmsException('UnrecognizedClientException', 'The security token included in the request is invalid.');
}

export function sessionTokens(key: RootKey): SessionTokens {
  const bindingOf = (accessKeyId: string): readonly string[] => ['session token', accessKeyId];
  const read = (accessKeyId: string, sessionToken: string): Content => {
    try {
      // Only what `issue` has sealed for this very access key unwraps.
      return JSON.parse(key.unwrap(Buffer.from(sessionToken, 'base64'), bindingOf(accessKeyId)).toString('utf8')) as Content;
    } catch {
      throw unrecognizedClient();
    }
  };
  return {
    issue(session) {
      const made = randomCredentials();
      const accessKeyId = made.accessKeyId.replace(/^AKIA/, 'ASIA');
      const content: Content = { session, secretAccessKey: made.secretAccessKey };
      const sessionToken = Buffer.from(key.wrap(Buffer.from(JSON.stringify(content), 'utf8'), bindingOf(accessKeyId))).toString('base64');
      return { accessKeyId, secretAccessKey: made.secretAccessKey, sessionToken };
    },
    open(accessKeyId, sessionToken, now) {
      const content = read(accessKeyId, sessionToken);
      if (now < content.session.expiresAt) return content;
      throw new KmsException('ExpiredTokenException', 'The security token included in the request is expired');
    },
  };
}
