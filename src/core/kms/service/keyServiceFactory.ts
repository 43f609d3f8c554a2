import type { KeyService } from './keyService.ts';

/** An emulator that is running: where it listens and how to sign for it. */
export interface EmulatorAddress {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What a connection is made from: the emulator's own credentials, or the AWS default credential chain. */
export type ConnectionChoice =
  | { readonly kind: 'emulator'; readonly address: EmulatorAddress }
  | { readonly kind: 'aws'; readonly profile: string | undefined; readonly region: string | undefined };

/** A profile of the user's own AWS configuration files. */
export interface AwsProfile {
  readonly name: string;
  readonly region: string | undefined;
}

/** What the lazily loaded AWS part offers to the features. */
export interface KeyServiceFactory {
  /** Rejects with NO_REGION when neither the choice nor the AWS configuration names a Region. Makes no call. */
  connect(choice: ConnectionChoice): Promise<KeyService>;
  /** Reads the AWS configuration files; an absent file is an empty list. */
  listProfiles(): Promise<readonly AwsProfile[]>;
}
