import type { CliCall } from '../../../core/kms/cliCommand.ts';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import type { WrappedMaterial } from '../../../core/kms/service/keyMaterialImport.ts';
import type { KeyReference } from '../../../core/kms/service/keyReference.ts';
import type { KeyService } from '../../../core/kms/service/keyService.ts';
import type { ImportKind } from '../../../protocol/keyPanel.ts';
import { canGenerate, generateMaterial } from './generateMaterial.ts';
import type { MaterialQuestions, MaterialSource } from './materialQuestions.ts';
import { materialFromFile, materialFromText } from './readMaterial.ts';
import { type Wrapping, wrappingsOf } from './wrappings.ts';
import { wrapMaterial } from './wrapMaterial.ts';

export interface ImportParts {
  readonly service: KeyService;
  readonly key: KeyReference;
  readonly keySpec: string;
  readonly kind: ImportKind;
  readonly ask: MaterialQuestions;
}

type Details = Pick<WrappedMaterial, 'validTo' | 'importType' | 'description'>;

/**
 * Asks for key material and what goes with it, wraps it here, and imports it. Rejects with CANCELLED when the user
 * leaves, INVALID_REQUEST for material of another key, and as KMS refuses. Gives the calls as the AWS CLI writes them.
 */
export async function importMaterial(parts: ImportParts): Promise<readonly CliCall[]> {
  const { ask, keySpec, kind } = parts;
  const sources: readonly MaterialSource[] = canGenerate(keySpec) && kind !== 'again' ? ['generate', 'file', 'text'] : ['file', 'text'];
  const source = answered(await ask.source(sources));
  const wrapping = answered(await ask.wrapping(wrappingsOf(keySpec, parts.key.region)));
  const validTo = answered(await ask.expiry());
  const description = keySpec === 'SYMMETRIC_DEFAULT' ? answered(await ask.description()) : '';
  const details: Details = {
    ...(validTo === null ? {} : { validTo }),
    ...(description === '' ? {} : { description }),
    ...(kind === 'first' ? {} : { importType: kind === 'new' ? 'NEW_KEY_MATERIAL' : 'EXISTING_KEY_MATERIAL' }),
  };
  const material = await obtain(parts, source);
  try {
    if (source === 'generate') await offerCopy(ask, material);
    await ask.whileWaiting((signal) => send(parts, wrapping, material, details, signal));
  } finally {
    material.fill(0);
  }
  return callsOf(parts.key, wrapping, details);
}

async function obtain({ ask, keySpec }: ImportParts, source: MaterialSource): Promise<Buffer> {
  switch (source) {
    case 'generate':
      return generateMaterial(keySpec);
    case 'file':
      return materialFromFile(keySpec, answered(await ask.file()));
    case 'text':
      return materialFromText(keySpec, answered(await ask.text((typed) => problemOf(keySpec, typed))));
  }
}

function problemOf(keySpec: string, typed: string): string | undefined {
  try {
    materialFromText(keySpec, typed).fill(0);
    return undefined;
  } catch (error) {
    return error instanceof KmsExplorerError ? error.message : 'This cannot be read.';
  }
}

/** KMS never gives material back: who wants to import it again has to keep it. */
async function offerCopy(ask: MaterialQuestions, material: Buffer): Promise<void> {
  if (!answered(await ask.wantsCopy())) return;
  if (!(await ask.showOnce(material.toString('base64')))) throw cancelled();
}

async function send({ service, key }: ImportParts, wrapping: Wrapping, material: Buffer, details: Details, signal: AbortSignal): Promise<void> {
  const { algorithm, wrappingKeySpec } = wrapping;
  const { importToken, publicKey } = await service.getParametersForImport(key, algorithm, wrappingKeySpec, signal);
  const encryptedKeyMaterial = await wrapMaterial(algorithm, publicKey, material);
  await service.importKeyMaterial(key, { ...details, importToken, encryptedKeyMaterial }, signal);
}

/** The files stand for what is wrapped: no call holds the material. */
function callsOf({ region, keyId }: KeyReference, { algorithm, wrappingKeySpec }: Wrapping, { validTo, description, importType }: Details): readonly CliCall[] {
  const optional = (name: string, value: string | undefined): CliCall['options'] => (value === undefined ? [] : [[name, value]]);
  return [
    { command: 'get-parameters-for-import', region, options: [['key-id', keyId], ['wrapping-algorithm', algorithm], ['wrapping-key-spec', wrappingKeySpec]] },
    {
      command: 'import-key-material',
      region,
      options: [
        ['key-id', keyId],
        ['encrypted-key-material', 'fileb://EncryptedKeyMaterial.bin'],
        ['import-token', 'fileb://ImportToken.bin'],
        ['expiration-model', validTo === undefined ? 'KEY_MATERIAL_DOES_NOT_EXPIRE' : 'KEY_MATERIAL_EXPIRES'],
        ...optional('valid-to', validTo === undefined ? undefined : new Date(validTo).toISOString()),
        ...optional('import-type', importType),
        ...optional('key-material-description', description),
      ],
    },
  ];
}

function answered<Answer>(answer: Answer | undefined): Answer {
  if (answer === undefined) throw cancelled();
  return answer;
}

function cancelled(): KmsExplorerError {
  return new KmsExplorerError('CANCELLED', 'Nothing was imported.');
}
