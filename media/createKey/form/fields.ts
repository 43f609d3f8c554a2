import { html, type TemplateResult } from 'lit';

/** A field of one line. */
export function textField(label: string, value: string, placeholder: string, change: (value: string) => void): TemplateResult {
  const input = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) change(event.target.value);
  };
  return html`<label>${label} <input .value=${value} placeholder=${placeholder} @input=${input} /></label>`;
}

/** A field of several lines. */
export function areaField(label: string, value: string, placeholder: string, change: (value: string) => void): TemplateResult {
  const input = (event: Event): void => {
    if (event.target instanceof HTMLTextAreaElement) change(event.target.value);
  };
  return html`<label>${label} <textarea rows="2" .value=${value} placeholder=${placeholder} @input=${input}></textarea></label>`;
}

type Option<Value extends string> = Value | { readonly value: Value; readonly label: string };

/** A choice of one among several. */
export function chooseField<Value extends string>(label: string, value: Value, options: readonly Option<Value>[], change: (value: Value) => void): TemplateResult {
  const rows = options.map((option) => (typeof option === 'string' ? { value: option, label: option } : option));
  const select = (event: Event): void => {
    const chosen = event.target instanceof HTMLSelectElement ? rows[event.target.selectedIndex] : undefined;
    if (chosen !== undefined) change(chosen.value);
  };
  return html`<label>${label} <select @change=${select}>${rows.map((row) => html`<option .selected=${row.value === value}>${row.label}</option>`)}</select></label>`;
}
