import type { WrappingKeySpec } from '@aws-sdk/client-kms';
import type { WrappingAlgorithm } from '../crypto/keyImport.ts';
import type { RootKey } from '../crypto/rootKey.ts';
import { KmsException } from '../kmsException.ts';

/** What one answer of GetParametersForImport is good for. */
export interface ImportParameters {
  readonly algorithm: WrappingAlgorithm;
  readonly wrappingSpec: WrappingKeySpec;
  /** The private key in the form in which material is stored. */
  readonly wrappingKey: Uint8Array;
  /** Epoch milliseconds. */
  readonly validTo: number;
}

/** Import tokens: they hold all of the parameters, sealed, so that nothing has to be kept for them. */
export interface ImportTokens {
  make(keyArn: string, parameters: ImportParameters): Uint8Array;
  /** Throws InvalidImportTokenException for the token of another key and for a damaged one, ExpiredImportTokenException. */
  read(keyArn: string, token: Uint8Array, now: number): ImportParameters;
}

type Sealed = Omit<ImportParameters, 'wrappingKey'> & { readonly wrappingKey: string };

export function importTokensUnder(key: RootKey): ImportTokens {
  const bindingOf = (keyArn: string): readonly string[] => ['import token', keyArn];

  const open = (keyArn: string, token: Uint8Array): Sealed => {
    try {
      return JSON.parse(key.unwrap(token, bindingOf(keyArn)).toString('utf8')) as Sealed;
    } catch {
      throw new KmsException('InvalidImportTokenException', `The import token is not one that was made for ${keyArn}.`);
    }
  };
  return {
    make(keyArn, parameters) {
      const sealed: Sealed = { ...parameters, wrappingKey: Buffer.from(parameters.wrappingKey).toString('base64') };
      return key.wrap(Buffer.from(JSON.stringify(sealed), 'utf8'), bindingOf(keyArn));
    },
    read(keyArn, token, now) {
      const { wrappingKey, ...parameters } = open(keyArn, token);
      if (now >= parameters.validTo) {
        throw new KmsException('ExpiredImportTokenException', 'The import token has expired. Get a new public key and import token.');
      }
      return { ...parameters, wrappingKey: Buffer.from(wrappingKey, 'base64') };
    },
  };
}
