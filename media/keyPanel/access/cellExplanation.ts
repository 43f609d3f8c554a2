import { html, type TemplateResult } from 'lit';
import type { AccessCell } from '../../../src/core/policy/explain/accessMatrix.ts';
import { callerWords } from '../../../src/core/policy/explain/callerWords.ts';
import { explainDecision, type DecisionWords } from '../../../src/core/policy/explain/explainDecision.ts';
import type { KeyPanelModel } from '../model.ts';
import type { AccessOverview } from './accessOverview.ts';

/** Why the chosen cell says what it says, by the statements that decided. */
export function cellExplanation(model: KeyPanelModel, { rows, tree }: AccessOverview): TemplateResult | null {
  const { cell: chosen } = model.state.access;
  const row = rows.find(({ caller }) => caller.arn === chosen?.arn);
  const cell = row?.cells.find(({ operation }) => operation === chosen?.operation);
  if (row === undefined || cell === undefined) return null;
  return html`<div class="explanation">
    <h3>${cell.operation} by ${callerWords(row.caller)}</h3>
    ${reasons(cell, (decision) => explainDecision(decision, tree))}
    ${cell.escalation === undefined ? null : html`<p>It could give itself this by ${cell.escalation}.</p>`}
  </div>`;
}

function reasons({ access, decision, best }: AccessCell, explain: (decision: AccessCell['decision']) => DecisionWords): TemplateResult {
  if (access !== 'conditional') return wordsView(explain(decision));
  return html`<p>It depends on the request or on IAM policies. At best:</p>
    ${wordsView(explain(best))}
    <p>Otherwise:</p>
    ${wordsView(explain(decision))}`;
}

/** A decision in words, with what the statements that decided say. */
export function wordsView({ sentence, statements }: DecisionWords): TemplateResult {
  return html`<p>${sentence}</p>
    ${statements.length === 0 ? null : html`<ul>${statements.map(({ title, words }) => html`<li><b>${title}:</b> ${words}</li>`)}</ul>`}`;
}
