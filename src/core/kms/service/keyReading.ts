import type { AliasListEntry, KeyListEntry, KeyMetadata, KeyRotationStatus, KeyUsage, Tag } from '../keyMetadata.ts';
import type { KeyReference } from './keyReference.ts';

/** The answer of GetPublicKey. */
export interface PublicKeyAnswer {
  /** DER SubjectPublicKeyInfo (RFC 5280). */
  readonly publicKey: Uint8Array;
  readonly keySpec: string;
  readonly keyUsage: KeyUsage;
}

/** A row of ListKeyRotations; times are epoch milliseconds. */
export interface RotationEntry {
  readonly keyMaterialId: string | undefined;
  readonly keyMaterialDescription: string | undefined;
  readonly keyMaterialState: string | undefined;
  readonly importState: string | undefined;
  readonly expirationModel: string | undefined;
  readonly validTo: number | undefined;
  readonly rotationDate: number | undefined;
  readonly rotationType: string | undefined;
}

/** The answer of GetKeyLastUsage; times are epoch milliseconds. */
export interface KeyLastUsage {
  /** Undefined when the key was not used since tracking began. */
  readonly operation: string | undefined;
  readonly timestamp: number | undefined;
  readonly trackingStartDate: number | undefined;
}

/** What KMS tells of keys and changes nothing. */
export interface KeyReading {
  listKeys(region: string, signal: AbortSignal): AsyncIterable<readonly KeyListEntry[]>;
  listAliases(region: string, signal: AbortSignal): AsyncIterable<readonly AliasListEntry[]>;
  listAliasesOf(key: KeyReference, signal: AbortSignal): Promise<readonly AliasListEntry[]>;
  describeKey(key: KeyReference, signal: AbortSignal): Promise<KeyMetadata>;
  listResourceTags(key: KeyReference, signal: AbortSignal): Promise<readonly Tag[]>;
  getKeyRotationStatus(key: KeyReference, signal: AbortSignal): Promise<KeyRotationStatus>;
  /** The rotations, and with `allMaterial` every key material, in the order of KMS. */
  listKeyRotations(key: KeyReference, allMaterial: boolean, signal: AbortSignal): Promise<readonly RotationEntry[]>;
  getKeyLastUsage(key: KeyReference, signal: AbortSignal): Promise<KeyLastUsage>;
  /** The default key policy exactly as it is stored. */
  getKeyPolicy(key: KeyReference, signal: AbortSignal): Promise<string>;
  getPublicKey(key: KeyReference, signal: AbortSignal): Promise<PublicKeyAnswer>;
}
