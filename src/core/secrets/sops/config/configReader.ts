import { KmsExplorerError } from '../../../kms/errorCode.ts';

/** A mapping of `.sops.yaml` in which every scalar is text, as the failsafe schema gives it. */
export type ConfigMap = Readonly<Record<string, unknown>>;

export function isConfigMap(value: unknown): value is ConfigMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function configError(place: string, problem: string): KmsExplorerError {
  return new KmsExplorerError('SOPS_INVALID', `${place} of .sops.yaml: ${problem}.`);
}

/** A text; empty when it is missing. Throws SOPS_INVALID for anything else. */
export function textMember(map: ConfigMap, name: string, place: string): string {
  const value = map[name];
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  throw configError(place, `${name} must be a text`);
}

/** `true` or `false`; false when it is missing. */
export function booleanMember(map: ConfigMap, name: string, place: string): boolean {
  const text = textMember(map, name, place);
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE|)$/.test(text)) return false;
  throw configError(place, `${name} must be true or false`);
}

/** A whole number; undefined when it is missing. */
export function integerMember(map: ConfigMap, name: string, place: string): number | undefined {
  const text = textMember(map, name, place);
  if (text === '') return undefined;
  if (/^-?\d+$/.test(text)) return Number(text);
  throw configError(place, `${name} must be a whole number`);
}

/** A list; empty when it is missing. */
export function listMember(map: ConfigMap, name: string, place: string): readonly unknown[] {
  const value = map[name];
  if (value === undefined || value === null || value === '') return [];
  if (Array.isArray(value)) return value;
  throw configError(place, `${name} must be a list`);
}

/** Keys as a list of texts, or as one text with commas between them (getsops/sops, config/config.go, parseKeyField). */
export function keyListMember(map: ConfigMap, name: string, place: string): readonly string[] {
  const value = map[name];
  if (typeof value === 'string') return splitKeys(value);
  return listMember(map, name, place).flatMap((item) => {
    if (typeof item === 'string') return splitKeys(item);
    throw configError(place, `${name} must be a text or a list of texts`);
  });
}

function splitKeys(text: string): readonly string[] {
  return text.split(',').map((key) => key.trim()).filter((key) => key !== '');
}
