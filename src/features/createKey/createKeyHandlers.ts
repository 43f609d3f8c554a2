import type { CliCall } from '../../core/kms/cliCommand.ts';
import { draftProblems } from '../../core/kms/create/draftProblems.ts';
import type { KeyDraft } from '../../core/kms/create/keyDraft.ts';
import { keyText } from '../../core/kms/create/text/keyText.ts';
import type { KeyTarget } from '../../core/kms/keyTarget.ts';
import type { KeyService } from '../../core/kms/service/keyService.ts';
import type { CreateKeyForm, CreateKeyMethods, CreateKeyOpening, CreationReport, KeyStoreChoice } from '../../protocol/createKey.ts';
import { isRecord, RpcError, type RpcFailure, type RpcHandlers } from '../../protocol/rpc.ts';
import { type Creation, finishCreation, reportOf, startCreation, targetOf } from './creation.ts';
import { isText, readCopy, readDraft, readForm } from './readForm.ts';

/** What the handlers need of the panel they serve. */
export interface CreateKeySide {
  readonly backend: { keyService(): Promise<KeyService>; renew(): void };
  readonly signal: AbortSignal;
  copyText(text: string): Promise<void>;
  /** A key was made or finished: what others show is old, and the calls can be copied. */
  changed(key: KeyTarget, calls: readonly CliCall[]): Promise<void>;
  /** Everything that was asked for is there. */
  finished(key: KeyTarget): Promise<void>;
  openKey(key: KeyTarget): Promise<void>;
  /** Asks the user, and schedules the deletion if they confirm it. */
  scheduleDeletion(key: KeyTarget): Promise<void>;
  toFailure(error: unknown): RpcFailure;
}

/** What the view entered and made so far: the view itself forgets when it is hidden. */
interface Memory {
  form: CreateKeyForm | null;
  creation: Creation | null;
  busy: boolean;
}

const readNothing = (params: unknown): { params: null } | undefined => (params === null ? { params } : undefined);
const given = <Value>(value: Value | undefined): { params: Value } | undefined => (value === undefined ? undefined : { params: value });

/** The table of what the advisor's view can ask for, with the check of each question. */
export function createKeyHandlers(side: CreateKeySide): RpcHandlers<CreateKeyMethods> {
  const memory: Memory = { form: null, creation: null, busy: false };
  return {
    open: { read: readNothing, run: () => opening(side, memory) },
    reconnect: {
      read: readNothing,
      run: () => {
        side.backend.renew();
        // An unfinished key belongs to the backend it was made with.
        memory.creation = null;
        return opening(side, memory);
      },
    },
    keepForm: {
      read: (params) => given(readForm(params)),
      run: (form) => {
        memory.form = form;
        return null;
      },
    },
    listKeyStores: { read: (params) => (isText(params) ? { params } : undefined), run: (region) => keyStoresIn(side, region) },
    copyAs: { read: (params) => given(readCopy(params)), run: (params) => copyAs(side, params) },
    ...creationHandlers(side, memory),
  };
}

async function keyStoresIn({ backend, signal }: CreateKeySide, region: string): Promise<readonly KeyStoreChoice[]> {
  const stores = await (await backend.keyService()).listCustomKeyStores(region, signal);
  return stores.map(({ customKeyStoreId, name, type, connectionState }) => ({ customKeyStoreId, name, type, connectionState }));
}

type CreationNames = 'create' | 'finish' | 'scheduleDeletion' | 'openKey' | 'startOver';

function creationHandlers(side: CreateKeySide, memory: Memory): Pick<RpcHandlers<CreateKeyMethods>, CreationNames> {
  return {
    create: { read: (params) => given(readDraft(params)), run: (draft) => alone(memory, () => create(side, memory, draft)) },
    finish: {
      read: (params) => (isRecord(params) && isText(params['aliasName']) ? { params: { aliasName: params['aliasName'] } } : undefined),
      run: ({ aliasName }) => alone(memory, () => finish(side, memory, withAlias(unfinished(memory), aliasName))),
    },
    scheduleDeletion: { read: readNothing, run: () => scheduleDeletion(side, memory) },
    openKey: {
      read: readNothing,
      run: async () => {
        await side.openKey(targetOf(unfinished(memory)));
        return null;
      },
    },
    startOver: {
      read: readNothing,
      run: () => {
        memory.creation = null;
        return null;
      },
    },
  };
}

async function opening({ backend, signal }: CreateKeySide, { form, creation }: Memory): Promise<CreateKeyOpening> {
  const service = await backend.keyService();
  const { accountId } = await service.identity(signal);
  return { region: service.region, regions: service.regions(), accountId, form, unfinished: creation && reportOf(creation) };
}

/** A second click while the first is under way must not make a second key. */
async function alone(memory: Memory, task: () => Promise<CreationReport>): Promise<CreationReport> {
  if (memory.busy) throw new RpcError({ code: 'INVALID_REQUEST', message: 'The key is being created already.' });
  memory.busy = true;
  try {
    return await task();
  } finally {
    memory.busy = false;
  }
}

async function create(side: CreateKeySide, memory: Memory, draft: KeyDraft): Promise<CreationReport> {
  refuse(draft);
  if (memory.creation !== null) throw new RpcError({ code: 'INVALID_REQUEST', message: 'A key was created already that is not finished. Finish it or start over.' });
  const service = await side.backend.keyService();
  const { accountId } = await service.identity(side.signal);
  return finish(side, memory, await startCreation(service, draft, accountId, side.signal));
}

/** From here on there is a key, so whatever fails is told as something that is missing of it. */
async function finish(side: CreateKeySide, memory: Memory, creation: Creation): Promise<CreationReport> {
  memory.creation = creation;
  const service = await side.backend.keyService();
  const result = await finishCreation(service, creation, (error) => side.toFailure(error), side.signal);
  memory.creation = result.missing.length === 0 ? null : result;
  await side.changed(targetOf(result), result.calls);
  if (result.missing.length === 0) await side.finished(targetOf(result));
  return reportOf(result);
}

async function scheduleDeletion(side: CreateKeySide, memory: Memory): Promise<CreationReport> {
  const creation = unfinished(memory);
  await side.scheduleDeletion(targetOf(creation));
  const { keyState } = await (await side.backend.keyService()).describeKey({ region: creation.draft.region, keyId: creation.arn }, side.signal);
  memory.creation = { ...creation, keyState };
  return reportOf(memory.creation);
}

function unfinished({ creation }: Memory): Creation {
  if (creation !== null) return creation;
  throw new RpcError({ code: 'INVALID_REQUEST', message: 'No key was created here yet.' });
}

/** An empty alias means that the key is to go without one. */
function withAlias(creation: Creation, aliasName: string): Creation {
  const draft = { ...creation.draft, aliasName };
  refuse(draft);
  return { ...creation, draft, missing: creation.missing.filter(({ step }) => step !== 'alias' || aliasName !== '') };
}

async function copyAs(side: CreateKeySide, { form, draft }: CreateKeyMethods['copyAs']['params']): Promise<null> {
  const { accountId } = await (await side.backend.keyService()).identity(side.signal);
  const answer = keyText(form, draft, accountId);
  if ('obstacle' in answer) throw new RpcError({ code: 'UNSUPPORTED_OPERATION', message: answer.obstacle });
  await side.copyText(answer.text);
  return null;
}

function refuse(draft: KeyDraft): void {
  const problems = draftProblems(draft);
  if (problems.length > 0) throw new RpcError({ code: 'INVALID_REQUEST', message: problems.map(({ message }) => message).join(' ') });
}
