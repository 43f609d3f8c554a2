import { isNode, LineCounter, parseDocument } from 'yaml';
import { KmsExplorerError } from '../../../kms/errorCode.ts';
import { parseError } from '../../textPosition.ts';
import type { EncryptionPlan } from '../encryptFile.ts';
import { compileGoRegex } from '../selection/goRegex.ts';
import { ruleFrom, ruleNames, type SelectionRule } from '../selection/selectionRule.ts';
import type { SopsIndent } from '../sopsFormat.ts';
import { groupsOfRule, type ConfiguredGroup } from './configKeys.ts';
import { booleanMember, configError, integerMember, isConfigMap, listMember, textMember, type ConfigMap } from './configReader.ts';

/** `.sops.yaml`, as far as new files are concerned. A rule is read in full only when a file needs it, as SOPS does. */
export interface SopsConfig {
  /** Undefined when the file has no rules, which SOPS takes as if there were no file. */
  readonly rules: readonly ConfigRule[] | undefined;
  readonly indent: SopsIndent;
}

export interface ConfigRule {
  /** From 1. */
  readonly line: number;
  /** Where `path_regex` stands, from 1; that of the rule when it has none. */
  readonly pathRegexLine: number;
  readonly source: ConfigMap;
}

/** A rule that a file is to be encrypted by. */
export interface CreationRule {
  readonly groups: readonly ConfiguredGroup[];
  readonly threshold: number | undefined;
  /** Undefined when the rule names none; SOPS then encrypts all but what ends in `_unencrypted`. */
  readonly rule: SelectionRule | undefined;
  readonly macOnlyEncrypted: boolean;
}

/** Reads `.sops.yaml`. Throws PARSE_ERROR with the position, and SOPS_INVALID with the line for what has no meaning. */
export function readSopsConfig(text: string): SopsConfig {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', merge: true, prettyErrors: false, lineCounter, logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) throw parseError(text, error.pos[0], error.code);
  const root: unknown = document.toJS();
  if (root !== null && root !== '' && !isConfigMap(root)) throw configError('Line 1', 'the file must be a mapping');
  const map = isConfigMap(root) ? root : {};
  const lineOf = (path: readonly (string | number)[]): number | undefined => {
    const node = document.getIn(path, true);
    return isNode(node) && node.range ? lineCounter.linePos(node.range[0]).line : undefined;
  };
  const isAbsent = map['creation_rules'] === undefined || map['creation_rules'] === null || map['creation_rules'] === '';
  const rules = listMember(map, 'creation_rules', `Line ${lineOf(['creation_rules']) ?? 1}`).map((source, index): ConfigRule => {
    const line = lineOf(['creation_rules', index]) ?? 1;
    if (!isConfigMap(source)) throw configError(`Line ${line}`, 'a creation rule must be a mapping');
    return { line, pathRegexLine: lineOf(['creation_rules', index, 'path_regex']) ?? line, source };
  });
  return { rules: isAbsent ? undefined : rules, indent: readIndent(map) };
}

function readIndent(map: ConfigMap): SopsIndent {
  const stores = isConfigMap(map['stores']) ? map['stores'] : {};
  const widthOf = (store: string) => {
    const options = stores[store];
    return isConfigMap(options) ? integerMember(options, 'indent', `The store ${store}`) : undefined;
  };
  const [yaml, json] = [widthOf('yaml'), widthOf('json')];
  return { ...(yaml === undefined || yaml <= 0 ? {} : { yaml }), ...(json === undefined ? {} : { json }) };
}

/**
 * The rule for a new file: the first whose `path_regex` matches anywhere in its path, or that has none. `path` is
 * relative to the folder of `.sops.yaml` if the file is within it, else absolute, with the separators of the system.
 * Undefined when there are no rules at all. Rejects with SOPS_INVALID when no rule matches, and with the line for an
 * expression that Go does not compile or a rule that SOPS does not accept.
 */
export async function creationRuleFor({ rules }: SopsConfig, path: string): Promise<CreationRule | undefined> {
  if (rules === undefined) return undefined;
  for (const { source, line, pathRegexLine } of rules) {
    const pathRegex = textMember(source, 'path_regex', `Line ${pathRegexLine}`);
    const matches = pathRegex === '' ? () => true : await compileGoRegex(pathRegex);
    if (matches === undefined) throw configError(`Line ${pathRegexLine}`, 'path_regex is no regular expression in the syntax of Go (RE2)');
    if (matches(path)) return readRule(source, `Line ${line}`);
  }
  throw new KmsExplorerError('SOPS_INVALID', `No creation rule of .sops.yaml matches ${path}. Add one.`);
}

async function readRule(source: ConfigMap, place: string): Promise<CreationRule> {
  const rule = ruleFrom(Object.fromEntries(ruleNames.map((name) => [name, textMember(source, name, place)])), `${place} of .sops.yaml`);
  if (rule?.name.endsWith('_regex') === true && (await compileGoRegex(rule.pattern)) === undefined) {
    throw configError(place, `${rule.name} is no regular expression in the syntax of Go (RE2)`);
  }
  return {
    groups: groupsOfRule(source, place),
    threshold: integerMember(source, 'shamir_threshold', place),
    rule,
    macOnlyEncrypted: booleanMember(source, 'mac_only_encrypted', place),
  };
}

/**
 * How a rule wants a file to be encrypted. Throws SOPS_UNSUPPORTED when the rule names keys that are not in AWS KMS,
 * since leaving one out would keep its owner from the file, and SOPS_INVALID when it names no key.
 */
export function planOf({ groups, threshold, rule, macOnlyEncrypted }: CreationRule, indent: SopsIndent): EncryptionPlan {
  const kinds = [...new Set(groups.flatMap(({ others }) => others.map(({ kind }) => kind)))];
  if (kinds.length > 0) {
    throw new KmsExplorerError('SOPS_UNSUPPORTED', `The rule of .sops.yaml also names keys that are not in AWS KMS (${kinds.join(', ')}). Use sops itself.`);
  }
  if (groups.some(({ kms }) => kms.length === 0)) throw new KmsExplorerError('SOPS_INVALID', 'The rule of .sops.yaml names no key, or a group of it does not.');
  return { groups, threshold: threshold === 0 ? undefined : threshold, rule, macOnlyEncrypted, indent };
}
