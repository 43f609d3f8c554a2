import { html, type TemplateResult } from 'lit';
import type { Access } from '../../../src/core/policy/explain/access.ts';
import type { AccessCell, AccessRow } from '../../../src/core/policy/explain/accessMatrix.ts';
import { callerLabel } from '../../../src/core/policy/explain/callerWords.ts';
import { list } from '../../../src/core/policy/explain/list.ts';
import type { KeyPanelModel } from '../model.ts';
import type { AccessOverview } from './accessOverview.ts';
import { moveInTable } from './moveInTable.ts';

interface AccessSign {
  readonly word: string;
  readonly icon: string;
  /** For those who hear the table. */
  readonly spoken: string;
}

const signs: Readonly<Record<Access, AccessSign>> = {
  allowed: { word: 'yes', icon: 'check', spoken: 'allowed' },
  conditional: { word: 'if', icon: 'question', spoken: 'allowed under conditions' },
  denied: { word: 'no', icon: 'dash', spoken: 'denied' },
};

/** Operations in rows, callers in columns. The arrow keys go from cell to cell, and Tab leaves the table. */
export function accessTable(model: KeyPanelModel, { groups, rows, asking }: AccessOverview): TemplateResult {
  const chosen = model.state.access.cell;
  const [firstRow] = rows;
  const first = { arn: firstRow?.caller.arn, operation: firstRow?.cells[0]?.operation };
  const entry = chosen ?? first;
  const cellView = (row: AccessRow, operation: string): TemplateResult => {
    const cell = row.cells.find((each) => each.operation === operation);
    const isEntry = entry.arn === row.caller.arn && entry.operation === operation;
    return html`<td>${cell === undefined ? null : cellButton(model, row, cell, isEntry)}</td>`;
  };
  return html`<div class="scroll" role="region" aria-label="Access table" tabindex="-1">
    <table @keydown=${moveInTable}>
      <thead>
        <tr>
          <th scope="col">Operation</th>
          ${rows.map((row) => html`<th scope="col" title=${row.caller.arn}>${callerHead(row, row.caller.arn === asking?.arn)}</th>`)}
        </tr>
      </thead>
      ${groups.map(
        ({ title, operations }) => html`<tbody>
          <tr class="group"><th scope="rowgroup" colspan=${rows.length + 1}>${title}</th></tr>
          ${operations.map((operation) => html`<tr><th scope="row">${operation}</th>${rows.map((row) => cellView(row, operation))}</tr>`)}
        </tbody>`,
      )}
    </table>
  </div>`;
}

function callerHead({ caller, escalations }: AccessRow, isAsking: boolean): TemplateResult {
  return html`<span class="caller">${callerLabel(caller)}</span>
    ${isAsking ? html`<div class="hint">you</div>` : null}
    ${escalations.length === 0
      ? null
      : html`<div class="hint escalation">
          <span class="codicon codicon-arrow-circle-up" aria-hidden="true"></span>could give themselves access by ${list(escalations, 'or')}
        </div>`}`;
}

function cellButton(model: KeyPanelModel, { caller }: AccessRow, cell: AccessCell, isEntry: boolean): TemplateResult {
  const { access, operation, escalation } = cell;
  const { word, icon, spoken } = signs[access];
  const isChosen = model.state.access.cell?.arn === caller.arn && model.state.access.cell.operation === operation;
  const more = escalation === undefined ? '' : `, could be had by ${escalation}`;
  return html`<button
    type="button"
    class="cell ${access}"
    tabindex=${isEntry ? 0 : -1}
    aria-pressed=${isChosen ? 'true' : 'false'}
    aria-label="${operation} by ${callerLabel(caller)}: ${spoken}${more}"
    @click=${() => { model.chooseCell({ arn: caller.arn, operation }); }}
  >
    <span class="codicon codicon-${icon}" aria-hidden="true"></span>${word}
    ${escalation === undefined ? null : html`<span class="codicon codicon-arrow-circle-up" aria-hidden="true"></span>`}
  </button>`;
}
