import { workAdaptively } from './adaptiveWork.ts';
import { KmsExplorerError } from '../errorCode.ts';
import type { KeyMetadata, KeyRotationStatus, Tag } from '../keyMetadata.ts';
import type { KeyReference } from '../service/keyReference.ts';
import type { KeyService } from '../service/keyService.ts';

/** How many calls are under way at once while KMS does not throttle; it allows 2,000 a second, a desk needs far fewer. */
const mostAtOnce = 8;

/** What is known of single keys besides their names: metadata, tags and rotation, each asked for once. */
export class KeyDetails {
  readonly #service: KeyService;
  readonly #closed: AbortSignal;
  readonly #onChange: (key: KeyReference) => void;
  readonly #metadata = new Map<string, KeyMetadata>();
  readonly #tags = new Map<string, readonly Tag[]>();
  /** Undefined for a key whose rotation KMS does not tell the caller, which is not asked for again. */
  readonly #rotation = new Map<string, KeyRotationStatus | undefined>();

  constructor(service: KeyService, closed: AbortSignal, onChange: (key: KeyReference) => void) {
    this.#service = service;
    this.#closed = closed;
    this.#onChange = onChange;
  }

  metadataOf(key: KeyReference): KeyMetadata | undefined {
    return this.#metadata.size === 0 ? undefined : this.#metadata.get(nameOf(key));
  }

  tagsOf(key: KeyReference): readonly Tag[] | undefined {
    return this.#tags.size === 0 ? undefined : this.#tags.get(nameOf(key));
  }

  rotationOf(key: KeyReference): KeyRotationStatus | undefined {
    return this.#rotation.size === 0 ? undefined : this.#rotation.get(nameOf(key));
  }

  /** The metadata, from memory when it is there. Rejects with a KmsExplorerError. */
  async fetchMetadata(key: KeyReference): Promise<KeyMetadata> {
    const known = this.metadataOf(key);
    if (known !== undefined) return known;
    const metadata = await this.#service.describeKey(key, this.#closed);
    this.#metadata.set(nameOf(key), metadata);
    this.#onChange(key);
    return metadata;
  }

  /** Describes those that are not described yet. A key that fails stays undescribed; its tooltip or panel says why. */
  async describe(keys: readonly KeyReference[], signal: AbortSignal): Promise<void> {
    const missing = keys.filter((key) => this.metadataOf(key) === undefined);
    await this.#work(missing, signal, async (key) => {
      await this.fetchMetadata(key);
    });
  }

  /** Asks for the tags of those whose tags are not known yet. */
  async loadTags(keys: readonly KeyReference[], signal: AbortSignal): Promise<void> {
    const missing = keys.filter((key) => this.tagsOf(key) === undefined);
    await this.#work(missing, signal, async (key) => {
      this.#tags.set(nameOf(key), await this.#service.listResourceTags(key, this.#closed));
      this.#onChange(key);
    });
  }

  /** Asks for the automatic rotation of those that are described, can have one, and were not asked for theirs yet. */
  async loadRotation(keys: readonly KeyReference[], signal: AbortSignal): Promise<void> {
    const missing = keys.filter((key) => canRotate(this.metadataOf(key)) && !this.#rotation.has(nameOf(key)));
    await this.#work(missing, signal, async (key) => {
      try {
        this.#rotation.set(nameOf(key), await this.#service.getKeyRotationStatus(key, this.#closed));
        this.#onChange(key);
      } catch (error) {
        if (error instanceof KmsExplorerError && (error.code === 'THROTTLED' || error.code === 'CANCELLED')) throw error;
        this.#rotation.set(nameOf(key), undefined);
      }
    });
  }

  /** Forgets a key, since it was changed. */
  forget(key: KeyReference): void {
    this.#metadata.delete(nameOf(key));
    this.#tags.delete(nameOf(key));
    this.#rotation.delete(nameOf(key));
  }

  async #work(keys: readonly KeyReference[], signal: AbortSignal, task: (key: KeyReference) => Promise<void>): Promise<void> {
    const either = AbortSignal.any([signal, this.#closed]);
    const tolerant = async (key: KeyReference): Promise<void> => {
      try {
        await task(key);
      } catch (error) {
        if (error instanceof KmsExplorerError && error.code === 'THROTTLED') throw error;
      }
    };
    await workAdaptively(keys, mostAtOnce, tolerant, either);
  }
}

/** Keys that KMS can rotate by itself (https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html), and whose rotation is the user's to choose. */
function canRotate(metadata: KeyMetadata | undefined): boolean {
  return metadata?.keyManager === 'CUSTOMER' && metadata.keySpec === 'SYMMETRIC_DEFAULT' && metadata.origin === 'AWS_KMS';
}

function nameOf({ region, keyId }: KeyReference): string {
  return `${region}/${keyId}`;
}
