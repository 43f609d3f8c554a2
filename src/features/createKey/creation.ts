import type { CliCall } from '../../core/kms/cliCommand.ts';
import { type KeyDraft, newKeyOf } from '../../core/kms/create/keyDraft.ts';
import { createKeyCall } from '../../core/kms/create/text/cliScript.ts';
import type { KeyState } from '../../core/kms/keyMetadata.ts';
import type { KeyTarget } from '../../core/kms/keyTarget.ts';
import type { KeyReference } from '../../core/kms/service/keyReference.ts';
import type { KeyService } from '../../core/kms/service/keyService.ts';
import type { CreationReport, CreationStep } from '../../protocol/createKey.ts';
import type { RpcFailure } from '../../protocol/rpc.ts';

/** A key that was made from a draft, and what is still missing of it. */
export interface Creation {
  readonly draft: KeyDraft;
  readonly keyId: string;
  readonly arn: string;
  readonly keyState: KeyState;
  readonly missing: readonly { readonly step: CreationStep; readonly failure: RpcFailure | undefined }[];
  /** What was done so far. */
  readonly calls: readonly CliCall[];
}

/** Makes the key alone; rejects as CreateKey does, and then there is no key. */
export async function startCreation(service: KeyService, draft: KeyDraft, accountId: string, signal: AbortSignal): Promise<Creation> {
  const { keyId, arn, keyState } = await service.createKey(draft.region, newKeyOf(draft, accountId), signal);
  const steps: readonly CreationStep[] = [...(draft.rotationPeriodInDays === null ? [] : (['rotation'] as const)), ...(draft.aliasName === '' ? [] : (['alias'] as const))];
  return { draft, keyId, arn, keyState, missing: steps.map((step) => ({ step, failure: undefined })), calls: [createKeyCall(draft, accountId)] };
}

/** Does what is missing. A step that fails leaves the others, and is missing still, with its failure. */
export async function finishCreation(
  service: KeyService,
  creation: Creation,
  toFailure: (error: unknown) => RpcFailure,
  signal: AbortSignal,
): Promise<Creation> {
  let result: Creation = { ...creation, missing: [] };
  for (const { step } of creation.missing) {
    try {
      const call = await perform(service, creation, step, signal);
      result = { ...result, calls: [...result.calls, call] };
    } catch (error) {
      result = { ...result, missing: [...result.missing, { step, failure: toFailure(error) }] };
    }
  }
  return result;
}

async function perform(service: KeyService, { draft, keyId, arn }: Creation, step: CreationStep, signal: AbortSignal): Promise<CliCall> {
  const { region, aliasName, rotationPeriodInDays: days } = draft;
  const key: KeyReference = { region, keyId: arn };
  if (step === 'alias') {
    await service.createAlias(key, aliasName, signal);
    return { command: 'create-alias', region, options: [['alias-name', aliasName], ['target-key-id', keyId]] };
  }
  const period = days ?? 365;
  await service.enableKeyRotation(key, period, signal);
  return { command: 'enable-key-rotation', region, options: [['key-id', keyId], ['rotation-period-in-days', String(period)]] };
}

/** The key as commands name it: with its alias once it has it. */
export function targetOf({ draft, keyId, arn, missing }: Creation): KeyTarget {
  const named = draft.aliasName !== '' && missing.every(({ step }) => step !== 'alias');
  return { region: draft.region, keyId, arn, aliasName: named ? draft.aliasName : undefined };
}

export function reportOf({ draft, keyId, keyState, missing }: Creation): CreationReport {
  return {
    region: draft.region,
    keyId,
    keyState,
    aliasName: draft.aliasName,
    failures: missing.map(({ step, failure }) => ({ step, failure: failure ?? { code: 'CANCELLED', message: 'This was not done yet.' } })),
  };
}
