import * as vscode from 'vscode';
import { policyDocumentScheme, policyScheme } from '../../contributions.ts';
import { parseKmsArn } from '../../core/kms/arn.ts';
import { keyLabel } from '../../core/kms/keyLabels.ts';
import type { KeyTarget } from '../../core/kms/keyTarget.ts';

/** The ending by which key policies are known, of keys as of files. */
export const policyFileEnding = '.kms-policy.json';

/** The address of a key's policy as a document: the ARN of the key, and a name that people know it by. */
export function policyUri(key: KeyTarget): vscode.Uri {
  return vscode.Uri.from({ scheme: policyDocumentScheme, path: policyPath(key) });
}

/** The address of the policy that a key has at present, for reading. */
export function livePolicyUri(key: KeyTarget): vscode.Uri {
  return vscode.Uri.from({ scheme: policyScheme, path: policyPath(key) });
}

function policyPath(key: KeyTarget): string {
  return `/${key.arn}/${keyLabel(key).replaceAll('/', '-')}${policyFileEnding}`;
}

/** The key of a policy document; undefined for an address that names none. */
export function keyOfPolicyUri({ path }: vscode.Uri): KeyTarget | undefined {
  const arn = path.slice(1, path.lastIndexOf('/'));
  const parsed = parseKmsArn(arn);
  if (parsed?.kind !== 'key' || !path.endsWith(policyFileEnding)) return undefined;
  return { region: parsed.region, keyId: parsed.resource, arn, aliasName: undefined };
}

/** The name that a policy document goes by. */
export function policyName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1).slice(0, -policyFileEnding.length);
}
