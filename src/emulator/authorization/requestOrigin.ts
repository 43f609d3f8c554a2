import type { RequestFacts } from '../../core/policy/conditions/requestFacts.ts';
import type { Caller } from '../pipeline/call.ts';

/** What is known of where a request comes from. */
export interface Origin {
  readonly caller: Caller;
  /** Epoch milliseconds, by the movable clock. */
  readonly now: number;
  readonly userAgent: string | undefined;
}

/**
 * Requests come from this machine, without TLS and through no AWS service. Temporary credentials tell that they were
 * made without multi-factor authentication; long-term ones tell nothing of it
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent).
 */
export function requestOrigin({ caller, now, userAgent }: Origin): Pick<RequestFacts, 'now' | 'sourceIp' | 'secureTransport' | 'userAgent' | 'multiFactorAuthPresent'> {
  const isTemporary = caller.accessKeyId.startsWith('ASIA');
  return { now, sourceIp: '127.0.0.1', secureTransport: false, userAgent, multiFactorAuthPresent: isTemporary ? false : undefined };
}
