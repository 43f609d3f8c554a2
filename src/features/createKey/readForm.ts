import { needChoices, purposeChoices, type Answers } from '../../core/kms/create/answers.ts';
import type { KeyDraft } from '../../core/kms/create/keyDraft.ts';
import { policyKinds, type PolicyChoice } from '../../core/kms/create/policyChoice.ts';
import { textForms, type TextForm } from '../../core/kms/create/text/keyText.ts';
import type { KeyOrigin, KeyUsage, Tag } from '../../core/kms/keyMetadata.ts';
import type { CreateKeyForm } from '../../protocol/createKey.ts';
import { isRecord } from '../../protocol/rpc.ts';

/** No member of a form is longer, in characters; a description has as many. */
const longestText = 8192;
const mostItems = 1000;

const usages: readonly KeyUsage[] = ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT', 'ENCAPSULATE_DECAPSULATE'];
const origins: readonly KeyOrigin[] = ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'];

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestText;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= mostItems && value.every(isText);
}

function isTag(value: unknown): value is Tag {
  return isRecord(value) && isText(value['tagKey']) && isText(value['tagValue']);
}

function readPolicy(value: unknown): PolicyChoice | undefined {
  if (!isRecord(value)) return undefined;
  const { administrators, users, accounts } = value;
  const kind = policyKinds.find((each) => each.kind === value['kind'])?.kind;
  return kind !== undefined && isTexts(administrators) && isTexts(users) && isTexts(accounts) ? { kind, administrators, users, accounts } : undefined;
}

/** A draft that came over the wire; undefined for what is none. What KMS would refuse in it is not looked at. */
export function readDraft(value: unknown): KeyDraft | undefined {
  if (!isRecord(value)) return undefined;
  const { region, aliasName, description, tags, keySpec, multiRegion, rotationPeriodInDays, customKeyStoreId, xksKeyId } = value;
  const keyUsage = usages.find((each) => each === value['keyUsage']);
  const origin = origins.find((each) => each === value['origin']);
  const policy = readPolicy(value['policy']);
  if (keyUsage === undefined || origin === undefined || policy === undefined || typeof multiRegion !== 'boolean') return undefined;
  if (!isText(region) || !isText(aliasName) || !isText(description) || !isText(keySpec) || !isText(customKeyStoreId) || !isText(xksKeyId)) return undefined;
  if (!Array.isArray(tags) || tags.length > mostItems || !tags.every(isTag)) return undefined;
  if (rotationPeriodInDays !== null && typeof rotationPeriodInDays !== 'number') return undefined;
  return { region, aliasName, description, tags, keySpec, keyUsage, origin, multiRegion, rotationPeriodInDays, policy, customKeyStoreId, xksKeyId };
}

function readAnswers(value: unknown): Answers | undefined {
  if (!isRecord(value)) return undefined;
  const { needs } = value;
  const purpose = purposeChoices.find((choice) => choice.value === value['purpose'])?.value;
  if (purpose === undefined || !isTexts(needs)) return undefined;
  return { purpose, needs: needChoices.map((choice) => choice.value).filter((need) => needs.includes(need)) };
}

export function readForm(value: unknown): CreateKeyForm | undefined {
  if (!isRecord(value)) return undefined;
  const { tagsText } = value;
  const [answers, draft] = [readAnswers(value['answers']), readDraft(value['draft'])];
  return answers !== undefined && draft !== undefined && isText(tagsText) ? { answers, draft, tagsText } : undefined;
}

export function readCopy(value: unknown): { form: TextForm; draft: KeyDraft } | undefined {
  if (!isRecord(value)) return undefined;
  const form = textForms.find((each) => each.form === value['form'])?.form;
  const draft = readDraft(value['draft']);
  return form !== undefined && draft !== undefined ? { form, draft } : undefined;
}
