import type { DecidingStatement, Decision } from '../evaluate/decision.ts';
import type { PolicyTree } from '../parse/policyTree.ts';
import { explainStatement } from './explainStatement.ts';

export interface DecisionWords {
  /** Why, in one sentence. */
  readonly sentence: string;
  /** The statements of the key policy that decided, or would have allowed under other conditions, each in words. */
  readonly statements: readonly { readonly index: number; readonly title: string; readonly words: string }[];
}

/** A decision in words, with the statements of the key policy that had a part in it. */
export function explainDecision({ sentence, statements, failedConditions }: Decision, { statements: nodes }: PolicyTree): DecisionWords {
  const involved = [...statements, ...failedConditions.map(({ statement }) => statement)].filter(({ policy }) => policy === 'keyPolicy');
  const byIndex = new Map(involved.map((statement) => [statement.index, statement]));
  return {
    sentence,
    statements: [...byIndex.values()].flatMap((statement) => {
      const node = nodes[statement.index];
      return node === undefined ? [] : [{ index: statement.index, title: titleOf(statement), words: explainStatement(node) }];
    }),
  };
}

function titleOf({ index, sid }: DecidingStatement): string {
  return sid === undefined || sid === '' ? `Statement ${index + 1}` : `Statement ${index + 1}, ${sid}`;
}
