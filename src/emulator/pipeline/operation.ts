import type { KeyUsage } from '../../core/kms/keyMetadata.ts';
import type { Asked } from '../authorization/accessRequest.ts';
import type { KeyRecord } from '../store/keyRecord.ts';
import { admitKey } from './admitKey.ts';
import { authorize } from './authorize.ts';
import type { Call } from './call.ts';
import { membersOf, type OperationName } from '../shapes/membersOf.ts';
import type { Input, Members } from './memberRules.ts';
import { resolveKey } from './resolveKey.ts';

/**
 * A row of the operation table: all that the pipeline has to know of one operation. `run` gets what validation let
 * through; the rules of its members, made from the SDK, are what makes that a `Request`.
 */
export interface Operation<Request extends Input = Input> {
  readonly name: OperationName;
  readonly members: Members;
  run(call: Call, input: Request): unknown;
}

/** A request type of the SDK, with the members that validation has shown to be there. */
export type Validated<Request, Present extends keyof Request = never> = Omit<Request, Present> & {
  readonly [Name in Present]-?: NonNullable<Request[Name]>;
};

/** An operation that names no key up front: IAM alone decides on it, or its handler admits the keys that it finds. */
export function freeOperation<Request extends Input>(row: {
  readonly name: OperationName;
  /** Whether the handler authorizes the call itself. */
  readonly authorizes?: boolean;
  readonly run: (call: Call, input: Request) => unknown;
}): Operation<Request> {
  return {
    name: row.name,
    members: membersOf(row.name),
    run(call, input) {
      if (row.authorizes !== true) authorize(call, { action: row.name });
      return row.run(call, input);
    },
  };
}

/** An operation on the key that its member KeyId names. */
export function keyOperation<Request extends Input>(row: {
  readonly name: OperationName;
  /** Cryptographic operations, DescribeKey and GetPublicKey take an alias too. */
  readonly aliases?: boolean;
  /** The key usage that the operation needs, when it needs one. */
  readonly usage?: KeyUsage;
  /** What else than the key the call has to be allowed. */
  readonly asks?: (call: Call, input: Request, key: KeyRecord) => Omit<Asked, 'action' | 'key'>;
  readonly run: (call: Call, input: Request, key: KeyRecord) => unknown;
}): Operation<Request> {
  return {
    name: row.name,
    members: membersOf(row.name),
    run(call, input) {
      const key = resolveKey(call, String(input['KeyId']), { aliases: row.aliases === true });
      admitKey(call, { ...row.asks?.(call, input, key), action: row.name, key }, { operation: row.name, usage: row.usage });
      return row.run(call, input, key);
    },
  };
}
