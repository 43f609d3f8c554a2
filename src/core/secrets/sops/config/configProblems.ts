import { KmsExplorerError } from '../../../kms/errorCode.ts';
import { compileGoRegex } from '../selection/goRegex.ts';
import { ruleNames } from '../selection/selectionRule.ts';
import { groupsOfRule } from './configKeys.ts';
import { textMember } from './configReader.ts';
import { readSopsConfig, type ConfigRule } from './sopsConfig.ts';

/** Something in `.sops.yaml` that SOPS refuses. */
export interface ConfigProblem {
  /** From 1. */
  readonly line: number;
  /** A whole sentence. */
  readonly message: string;
}

const expressions = ['path_regex', ...ruleNames.filter((name) => name.endsWith('_regex'))];

/**
 * Every rule of `.sops.yaml` that SOPS would refuse when a file needs it: an expression that Go does not compile, a key
 * that it cannot use. A text that is no YAML, which other extensions tell of, has no problems here.
 */
export async function configProblems(text: string): Promise<readonly ConfigProblem[]> {
  try {
    const { rules = [] } = readSopsConfig(text);
    return (await Promise.all(rules.map((rule) => problemsOf(rule, text)))).flat();
  } catch (error) {
    return problemOf(error, 1);
  }
}

async function problemsOf({ line, pathRegexLine, source }: ConfigRule, text: string): Promise<readonly ConfigProblem[]> {
  try {
    const found: ConfigProblem[] = [];
    for (const name of expressions) {
      const pattern = textMember(source, name, `Line ${line}`);
      if (pattern === '' || (await compileGoRegex(pattern)) !== undefined) continue;
      const at = name === 'path_regex' ? pathRegexLine : lineOfMember(text, line, name);
      found.push({ line: at, message: `${name} is no regular expression in the syntax of Go (RE2), so SOPS refuses the rule.` });
    }
    groupsOfRule(source, `Line ${line}`);
    return found;
  } catch (error) {
    return problemOf(error, line);
  }
}

/** The first line from that of the rule on that begins with the name. */
function lineOfMember(text: string, line: number, name: string): number {
  const index = text.split('\n').findIndex((each, at) => at >= line - 1 && /^[\s\-"']*/.exec(each)?.[0].length === each.indexOf(name));
  return index === -1 ? line : index + 1;
}

function problemOf(error: unknown, line: number): readonly ConfigProblem[] {
  if (!(error instanceof KmsExplorerError)) throw error;
  const named = /^Line (\d+) /.exec(error.message)?.[1];
  return error.code === 'SOPS_INVALID' ? [{ line: named === undefined ? line : Number(named), message: error.message }] : [];
}
