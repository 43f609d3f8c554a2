import type { Tag } from '../keyMetadata.ts';
import type { KeyReference } from './keyReference.ts';

/** Aliases and tags. An alias name carries its `alias/` prefix. */
export interface KeyNaming {
  createAlias(key: KeyReference, aliasName: string, signal: AbortSignal): Promise<void>;
  /** Moves an alias to another key of the same Region. */
  updateAlias(key: KeyReference, aliasName: string, signal: AbortSignal): Promise<void>;
  deleteAlias(region: string, aliasName: string, signal: AbortSignal): Promise<void>;
  tagResource(key: KeyReference, tags: readonly Tag[], signal: AbortSignal): Promise<void>;
  untagResource(key: KeyReference, tagKeys: readonly string[], signal: AbortSignal): Promise<void>;
}
